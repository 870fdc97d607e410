/** What the client may have meant by the bytes it sent, when our reading of them is not what it signed. */
import type { RpcRequest } from '../gateway/request.js';
import { parseJson } from '../platform/json.js';
import { percentDecode } from '../platform/url-text.js';
import { gbkDecode } from './gbk.js';

export type Pair = readonly [name: string, value: string];
/** Sources larger than this are not checked for names that occur twice. */
const SMALL = 65_536;

/** One of the parameters every operation has. */
export const isPublic = (name: string): boolean =>
  /^(?:Action|Version|Format|RegionId|AccessKeyId|SecurityToken|Timestamp|Signature\w*)$/.test(name);

/** Made when it is first wanted: some readings are costly on large bodies. */
export type Reading = () => readonly Pair[];

export interface Readings {
  readonly plain: Reading;
  /** `+` stands for itself. */
  readonly plus?: Reading;
  readonly gbk?: Reading;
  /** Values hold escapes still: they are decoded once more. */
  readonly twice?: Reading;
  /** The last of equal names counts. */
  readonly last?: Reading;
  /** A body that was not sent as a form is read as one. */
  readonly body?: Reading;
}

/** @param plain the gateway's own reading @param sources query, and form body where it counts */
export function readings(
  plain: readonly Pair[],
  sources: readonly (string | Buffer)[],
  request?: RpcRequest,
): Readings {
  const texts = once(() => sources.map((source) => source.toString()));
  const all = once(() => texts().flatMap((text) => [...new URLSearchParams(text)] as Pair[]));
  const hasRepeats = () => sources.every(({ length }) => length < SMALL) && all().filter(signed).length > plain.length;
  return {
    plain: () => plain,
    ...(sources.some((source) => source.includes('+')) && {
      plus: once(() => first(texts().flatMap((text) => [...new URLSearchParams(text.replaceAll('+', '%2B'))]))),
    }),
    ...(plain.some(([name, value]) => value.includes('\ufffd') || name.includes('\ufffd')) && {
      gbk: once(() => first(sources.flatMap(gbkPairs))),
    }),
    ...(plain.some(([, value]) => /%[0-9a-f]{2}/i.test(value)) && {
      twice: once(() => plain.map(([name, value]): Pair => [name, percentDecode(value) ?? value])),
    }),
    ...(hasRepeats() && { last: once(() => [...new Map(all())].filter(signed)) }),
    ...(request && isUnreadBody(request) && { body: once(() => first([...plain, ...unreadPairs(request.body)])) }),
  };
}

/** Names and values of every reading: a mistake about a character needs that character. */
export const sampleOf = ({ plain, plus, ...others }: Readings): string =>
  [plain, ...Object.values(others as Record<string, Reading>)].flatMap((reading) => reading().flat()).join('');

export const isForm = ({ headers, body, tooLarge }: RpcRequest): boolean =>
  body.length > 0 &&
  !tooLarge &&
  (headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded');

const isUnreadBody = (request: RpcRequest): boolean => request.body.length > 0 && !isForm(request);

/** A form under another name, or the members of a JSON object. */
function unreadPairs(body: Buffer): Pair[] {
  const text = body.toString();
  const read = parseJson(text);
  if (typeof read !== 'object' || read === null) return [...new URLSearchParams(text)];
  return Object.entries(read).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);
}

/** The first of two equal names counts, and `Signature` is not signed. */
const first = (pairs: readonly Pair[]): Pair[] => [...new Map([...pairs].reverse())].reverse().filter(signed);
const signed = ([name]: Pair): boolean => name !== 'Signature';

function gbkPairs(source: string | Buffer): Pair[] {
  // one character per byte, so that escapes and raw bytes are undone alike
  const text = (typeof source === 'string' ? Buffer.from(source) : source).toString('latin1');
  const read = (part: string): string => {
    const bytes = part
      .replaceAll('+', ' ')
      .replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return gbkDecode(Buffer.from(bytes, 'latin1'));
  };
  return text
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [read(pair), ''] : [read(pair.slice(0, at)), read(pair.slice(at + 1))];
    });
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
