/**
 * Who calls: a key of the options, a role whose credentials AssumeRole has handed out, or, with `--keys any`, a stranger, whose
 * secret nobody here knows. A stranger has an account of its own; that its signature is not checked is said in the log, once
 * for each.
 */
import type { Clock } from '../platform/clock.js';
import { flat } from '../platform/flat.js';
import type { HintName } from '../platform/hint.js';
import type { Directory } from '../store/directory.js';
import type { Store } from '../store/store.js';
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
  storeOf(account: string): Store;
  clockOf(account: string): Clock;
  warn(message: string): void;
}

/** Each is remembered: whoever invents more ids than any test has workers is refused. */
const MAX_STRANGERS = 1000;

export function createCallers({ accounts, directory, keys, storeOf, clockOf, warn }: CallersDeps): Callers {
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
    if (known) return known;
    const account = await directory.ofCredential(accessKeyId);
    if (account === undefined) return stranger(accessKeyId);
    const issued = await storeOf(account).credentials.find(accessKeyId);
    // those for uploads open OSS alone
    if (!issued?.role) return undefined;
    const { secret, security_token: securityToken, role, expires_at } = issued;
    return { accessKeyId, secret, securityToken, account, role, expired: clockOf(account).now() >= expires_at };
  };
  return Object.assign(find, { unknown: keys === 'any' ? 'no-stranger' : 'unknown-access-key' } as const);
}
