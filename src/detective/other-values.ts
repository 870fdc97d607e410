/** What a client may have signed in place of a value it sent: something between the two changed the value. */
import type { CauseId } from './causes.js';
import type { Mistake } from './procedure.js';
import { isPublic, type Pair, type Reading } from './wire.js';

type ValueMistake = Mistake<{ readonly reading: Reading }>;

interface Change {
  readonly cause: CauseId;
  readonly name?: string;
  /** Values without this stay as they are. */
  readonly needs: RegExp;
  signed(sent: string): string;
}

/** Longer values are pictures: nothing rewrites them, and trying would take the search's time. */
const LONGEST = 20_000;
/** Parameters whose white space is tried; that of public ones would be refused before any signature is looked at. */
const MOST_PADDED = 12;

const MARKS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
const ENTITY = /&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]{2,4}));/gi;

const decoded = (text: string): string =>
  text.replace(ENTITY, (whole, decimal?: string, hex?: string, name = '') => {
    if (name) return MARKS[name.toLowerCase()] ?? whole;
    return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex!, 16));
  });

const encoded =
  (others: Readonly<Record<string, string>>) =>
  (text: string): string => {
    const all: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', ...others };
    return text.replace(/[&<>"']/g, (mark) => all[mark] ?? mark);
  };

const NO_QUOTES: Readonly<Record<string, string>> = {};

const CHANGES: readonly Change[] = [
  { cause: 'sent-with-entities', needs: ENTITY, signed: decoded },
  // how far quotes are escaped differs by library: PHP, Go and lodash, Python
  ...[
    NO_QUOTES,
    { '"': '&quot;' },
    ...['&#39;', '&#039;', '&#x27;'].map((quote) => ({ '"': '&quot;', "'": quote })),
  ].map((others): Change => ({ cause: 'signed-with-entities', needs: /[&<>"']/, signed: encoded(others) })),
  { cause: 'signed-trimmed', needs: /^\s|\s$/, signed: (sent) => sent.trim() },
  { cause: 'line-ends-differ', name: 'LF', needs: /\r/, signed: (sent) => sent.replace(/\r\n?/g, '\n') },
  { cause: 'line-ends-differ', name: 'CRLF', needs: /[\r\n]/, signed: (sent) => sent.replace(/\r\n?|\n/g, '\r\n') },
  ...(['NFC', 'NFD', 'NFKC'] as const).map(
    (form): Change => ({
      cause: 'unicode-form-differs',
      name: form,
      needs: /[^\0-\x7f]/,
      signed: (sent) => sent.normalize(form),
    }),
  ),
];

const PADDED: readonly ((value: string) => string)[] = [
  (value) => `${value} `,
  (value) => ` ${value}`,
  (value) => `${value}\n`,
];

/** @param plain the gateway's own reading */
export function valueMistakes(plain: readonly Pair[]): ValueMistake[] {
  const found = new Map<string, ValueMistake>();
  for (const { cause, name, needs, signed } of CHANGES) {
    const changed = plain.map(([key, value]): Pair => {
      needs.lastIndex = 0;
      return value.length <= LONGEST && needs.test(value) ? [key, signed(value)] : [key, value];
    });
    if (changed.every(([, value], at) => value === plain[at]![1])) continue;
    // two libraries that escape alike are one mistake
    const text = JSON.stringify(changed.map(([, value]) => (value.length <= LONGEST ? value : '')));
    if (!found.has(text)) found.set(text, { cause, name, set: { reading: () => changed } });
  }
  return [...found.values(), ...paddingMistakes(plain)];
}

const paddingMistakes = (plain: readonly Pair[]): ValueMistake[] =>
  plain
    .filter(([name, value]) => value !== '' && value.length <= LONGEST && !isPublic(name))
    .slice(0, MOST_PADDED)
    .flatMap(([name]) =>
      PADDED.map((pad): ValueMistake => {
        const padded = plain.map((pair): Pair => (pair[0] === name ? [name, pad(pair[1])] : pair));
        return { cause: 'sent-trimmed', name, set: { reading: () => padded }, alone: true };
      }),
    );
