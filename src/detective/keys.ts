/** Mistakes clients make with the secret, in both signature schemes. */
import type { Mistake } from './procedure.js';

export interface KnownKey {
  readonly id: string;
  readonly secret: string;
}

export const keyMistakes = (
  secret: string,
  accessKeyId: string,
  others: readonly KnownKey[],
): Mistake<{ readonly key: string }>[] => [
  ...others.map((other) => ({ cause: 'secret-of-another-key', name: other.id, set: { key: other.secret } }) as const),
  ...['\n', ' ', '\r', '\r\n', '\t'].map(
    (blank) => ({ cause: 'whitespace-in-secret', set: { key: secret + blank } }) as const,
  ),
  { cause: 'whitespace-in-secret', set: { key: ` ${secret}` } },
  { cause: 'quotes-around-secret', set: { key: `"${secret}"` } },
  { cause: 'quotes-around-secret', set: { key: `'${secret}'` } },
  { cause: 'access-key-id-as-secret', set: { key: accessKeyId } },
];
