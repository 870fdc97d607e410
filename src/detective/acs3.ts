/** ACS3-HMAC-SHA256 with one setting (“knob”) for each mistake that clients are known to make. */
import { createHash } from 'node:crypto';
import type { RpcRequest } from '../gateway/request.js';
import type { Acs3Authorization } from '../gateway/signature-acs3.js';
import { createEncoders, type EncodingKnobs, encodingMistakes, rightEncoding } from './encoding.js';
import { type KnownKey, keyMistakes } from './keys.js';
import { createMac } from './mac.js';
import { createOrdering, type Order, otherRules } from './order.js';
import { valueMistakes } from './other-values.js';
import { type Mistake, MOST_PARAMS, type Procedure } from './procedure.js';
import { signatureForm } from './signature-form.js';
import { isForm, type Pair, type Reading, readings, sampleOf } from './wire.js';

export interface Acs3Knobs extends EncodingKnobs {
  readonly key: string;
  readonly suffix: '' | '&';
  readonly swapped: boolean;
  readonly method: string;
  readonly lowerCase: boolean;
  readonly path: string;
  readonly reading: Reading;
  readonly order: Order;
  readonly host: string;
  readonly leftOut: string | undefined;
  readonly headerOrder: 'sorted' | 'declared';
  readonly lineAfterHeaders: boolean;
  readonly declaredLine: boolean;
  readonly payloadHash: string;
  readonly hashed: 'with its algorithm' | 'bare' | 'no';
  readonly end: '' | '\n';
}

type Acs3Mistake = Mistake<Acs3Knobs>;

const VENDOR_HOSTS = ['cloudauth.aliyuncs.com', 'cloudauth.cn-hangzhou.aliyuncs.com', 'saf.cn-shanghai.aliyuncs.com'];
/** A body longer than this is not tried as the text of a canonical request. */
const SHORT_BODY = 65_536;

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const EMPTY_HASH = sha256('');

/** @param others further keys this emulator knows; their secrets are tried, never shown */
export function acs3Procedure(
  request: RpcRequest,
  { accessKeyId, signature, signedHeaders }: Acs3Authorization,
  secret: string,
  others: readonly KnownKey[],
): Procedure<Acs3Knobs> {
  const pairs = [...new Map([...new URLSearchParams(request.query)].reverse())].reverse();
  const read = readings(pairs, [request.query]);
  const declared = signedHeaders.map((name) => name.toLowerCase());
  const form = signatureForm(signature, 'ACS3');
  const encoderOf = createEncoders();
  const inOrder = createOrdering();
  const header = (name: string) => (Object.hasOwn(request.headers, name) ? request.headers[name]!.trim() : '');
  const mac = createMac(form?.algorithm ?? 'sha256');
  const digestOf = lastOnly(sha256);
  const right: Acs3Knobs = {
    ...rightEncoding,
    outer: 0,
    key: secret,
    suffix: '',
    swapped: false,
    method: request.method,
    lowerCase: false,
    path: request.path,
    reading: read.plain,
    order: 'sorted',
    host: request.host,
    leftOut: undefined,
    headerOrder: 'sorted',
    lineAfterHeaders: true,
    declaredLine: true,
    payloadHash: sha256(request.body),
    hashed: 'with its algorithm',
    end: '',
  };
  const aboutReading = readingMistakes(read, pairs, request);
  return {
    right,
    bases: [right, ...aboutReading.filter(({ set }) => set.reading).map(({ set }) => ({ ...right, ...set }))],
    certain: form?.wrong.map((cause) => ({ cause, set: {} })),
    aboutHmac: [
      { cause: 'key-with-ampersand', set: { suffix: '&' } },
      ...keyMistakes(secret, accessKeyId, others),
      { cause: 'key-and-text-swapped', set: { swapped: true } },
      { cause: 'not-hashed', set: { hashed: 'no' } },
      { cause: 'algorithm-line-missing', set: { hashed: 'bare' } },
    ],
    aboutText: [
      ...payloadMistakes(request),
      ...hostMistakes(request.host),
      ...shapeMistakes(request.method),
      ...declared
        .slice(0, 40)
        .map((name): Acs3Mistake => ({ cause: 'canonical-without', name, set: { leftOut: name } })),
      ...aboutReading,
      ...(pairs.length > 0 ? encodingMistakes(sampleOf(read)) : []),
      ...(pairs.length > 1 && pairs.length <= MOST_PARAMS ? otherRules : []),
      ...(pairs.length <= MOST_PARAMS ? valueMistakes(pairs) : []),
    ],
    stringToSign(knobs) {
      const encoder = encoderOf(knobs);
      const query = inOrder(knobs.reading, knobs.order).map(encoder.pair);
      const names = knobs.headerOrder === 'sorted' ? [...declared].sort() : declared;
      const canonicalHeaders = names
        .filter((name) => name !== knobs.leftOut)
        .map((name) => `${name}:${name === 'host' ? knobs.host.trim() : header(name)}`)
        .join('\n');
      return [
        knobs.lowerCase ? knobs.method.toLowerCase() : knobs.method,
        knobs.path,
        query.join('&'),
        knobs.lineAfterHeaders ? `${canonicalHeaders}\n` : canonicalHeaders,
        ...(knobs.declaredLine ? [names.join(';')] : []),
        knobs.payloadHash + knobs.end,
      ].join('\n');
    },
    fits({ key, suffix, swapped, hashed }, canonical) {
      if (!form) return false;
      const text = hashed === 'no' ? canonical : (hashed === 'bare' ? '' : 'ACS3-HMAC-SHA256\n') + digestOf(canonical);
      return (swapped ? mac(text, key + suffix) : mac(key + suffix, text)).equals(form.digest);
    },
  };
}

/** The same canonical request is tried with many keys, so its hash is made once. */
function lastOnly(compute: (text: string) => string): (text: string) => string {
  let last: { readonly text: string; readonly result: string } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, result: compute(text) };
    return last.result;
  };
}

const shapeMistakes = (method: string): Acs3Mistake[] => {
  const other = method === 'GET' ? 'POST' : 'GET';
  return [
    { cause: 'wrong-method', name: other, set: { method: other } },
    { cause: 'no-line-after-headers', set: { lineAfterHeaders: false } },
    { cause: 'signed-headers-missing', set: { declaredLine: false } },
    { cause: 'headers-unsorted', set: { headerOrder: 'declared' } },
    { cause: 'lower-case-method', set: { lowerCase: true } },
    { cause: 'empty-path', set: { path: '' } },
    { cause: 'newline-after-string', set: { end: '\n' } },
  ];
};

const hostMistakes = (host: string): Acs3Mistake[] => {
  const bare = host.replace(/:\d+$/, '');
  return [
    ...(bare === host ? [] : [{ cause: 'host-without-port', set: { host: bare } } as const]),
    ...VENDOR_HOSTS.filter((name) => name !== host).map(
      (name) => ({ cause: 'host-of-the-vendor', name, set: { host: name } }) as const,
    ),
  ];
};

const payloadMistakes = ({ body, headers }: RpcRequest): Acs3Mistake[] => {
  const declared = headers['x-acs-content-sha256'] ?? '';
  return [
    ...(declared === sha256(body) ? [] : [{ cause: 'wrong-payload-hash', set: { payloadHash: declared } } as const]),
    ...(body.length > 0 && declared !== EMPTY_HASH
      ? [{ cause: 'payload-hash-of-nothing', set: { payloadHash: EMPTY_HASH } } as const]
      : []),
    { cause: 'payload-hash-missing', set: { payloadHash: '' } },
    ...(body.length > 0 && body.length < SHORT_BODY
      ? [{ cause: 'payload-not-hashed', set: { payloadHash: body.toString() } } as const]
      : []),
  ];
};

function readingMistakes(
  { plus, gbk, twice }: ReturnType<typeof readings>,
  pairs: readonly Pair[],
  request: RpcRequest,
): Acs3Mistake[] {
  const form = (): Pair[] => [...pairs, ...new URLSearchParams(request.body.toString())];
  return [
    ...(pairs.length > 0 ? [{ cause: 'query-not-signed', set: { reading: () => [] } } as const] : []),
    ...(pairs.length > 1
      ? ([
          { cause: 'unsorted', set: { order: 'sent' } },
          { cause: 'sorted-ignoring-case', set: { order: 'ignoring case' } },
          { cause: 'sorted-as-pairs', set: { order: 'as pairs' } },
        ] as const)
      : []),
    ...(isForm(request) ? [{ cause: 'form-signed-as-query', set: { reading: form } } as const] : []),
    ...(plus ? [{ cause: 'sent-unencoded-plus', set: { reading: plus } } as const] : []),
    ...(twice ? [{ cause: 'sent-encoded-twice', set: { reading: twice } } as const] : []),
    ...(gbk
      ? ([
          { cause: 'gbk-on-the-wire', set: { reading: gbk, charset: 'gbk' } },
          { cause: 'sent-as-gbk', set: { reading: gbk } },
        ] as const)
      : []),
  ];
}
