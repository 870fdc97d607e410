/**
 * Who calls: a key of the options, or, with `--keys any`, a stranger, whose secret nobody here knows. A stranger has an
 * account of its own; that its signature is not checked is said in the log, once for each.
 */
import { flat } from '../platform/flat.js';
import type { HintName } from '../platform/hint.js';
import type { Directory } from '../store/directory.js';
import type { Accounts, Caller } from './accounts.js';

export interface Callers {
  (accessKeyId: string): Promise<Caller | undefined>;
  /** What to say of a key there is not. */
  readonly unknown: HintName;
}

export interface CallersDeps {
  readonly accounts: Accounts;
  readonly directory: Directory;
  readonly keys: 'known' | 'any';
  warn(message: string): void;
}

/** Each is remembered: whoever invents more ids than any test has workers is refused. */
const MAX_STRANGERS = 1000;

export function createCallers({ accounts, directory, keys, warn }: CallersDeps): Callers {
  const strangers = new Set<string>();
  const stranger = (accessKeyId: string): Caller | undefined => {
    const account = accounts.stranger(accessKeyId);
    if (account === undefined) return undefined;
    if (!strangers.has(accessKeyId)) {
      if (strangers.size >= MAX_STRANGERS) return undefined;
      strangers.add(flat(accessKeyId));
      warn(
        `no secret is known for ${account}: its signatures are not checked; --access-key ID:SECRET has them checked`,
      );
    }
    return { accessKeyId, secret: '', account, unchecked: true };
  };
  const find = async (accessKeyId: string): Promise<Caller | undefined> => {
    const known = accounts(accessKeyId);
    if (known || keys === 'known') return known;
    // what this emulator has issued is no stranger's
    return (await directory.ofCredential(accessKeyId)) === undefined ? stranger(accessKeyId) : undefined;
  };
  return Object.assign(find, { unknown: keys === 'any' ? 'no-stranger' : 'unknown-access-key' } as const);
}
