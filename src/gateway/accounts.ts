/**
 * Who an AccessKeyId belongs to. An account owns its state, so parallel test workers isolate themselves by using
 * ids of their own: through any SDK, without a header.
 */
import { flat } from '../platform/flat.js';
import { InputError } from '../platform/input-error.js';
import { maskedKeyId } from '../platform/redact.js';

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  /** STS credentials only. */
  readonly securityToken?: string;
  /** Default: `default`. */
  readonly account?: string;
}

export interface Caller {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly securityToken?: string;
  readonly account: string;
  /** Of temporary credentials of AssumeRole: `acs:ram::<uid>:role/<role>/<session>`. */
  readonly role?: string;
  /** By the account's business clock. */
  readonly expired?: boolean;
  /** Nobody here knows the secret, so neither signature nor token is checked. */
  readonly unchecked?: true;
}

export const DEFAULT_ACCOUNT = 'default';
export const DEFAULT_ACCESS_KEY_ID = 'LTAImockDefault';
export const DEFAULT_SECRET = 'cloudauth-mock-secret';
/** Any id that begins so is an account of its own, with the shared secret. */
export const OPEN_PREFIX = 'LTAImock';

/** RAM's ids have 16 to 128 characters. */
const LONGEST_ID = 128;
/** What cannot be printed is no id. */
const KEY_ID = /^[\x21-\x7e]{1,128}$/;
const DEFAULT_CALLER: Caller = {
  accessKeyId: DEFAULT_ACCESS_KEY_ID,
  secret: DEFAULT_SECRET,
  account: DEFAULT_ACCOUNT,
};

export interface Accounts {
  (accessKeyId: string): Caller | undefined;
  /** Every pair there is: those of the options, and the default one. */
  readonly keys: readonly AccessKey[];
  /** What the account of an id nobody declared is called; none where it would be one whose signatures are checked. */
  stranger(accessKeyId: string): string | undefined;
  /** The account a tester means, by its own name or by one of its AccessKeyIds. */
  named(name: string): string;
}

/** @param others whether ids nobody declared have accounts as well */
export function createAccounts(keys: readonly AccessKey[], others: 'known' | 'any' = 'known'): Accounts {
  const owners = new Set([DEFAULT_ACCOUNT, ...keys.map(({ account }) => account)]);
  const stranger = (accessKeyId: string): string | undefined => {
    const account = maskedKeyId(flat(accessKeyId));
    return others === 'known' || !KEY_ID.test(accessKeyId) || owners.has(account) ? undefined : account;
  };
  const configured = new Map(keys.map((key) => [key.id, key]));
  const find = (accessKeyId: string): Caller | undefined => {
    const key = configured.get(accessKeyId);
    if (key)
      return {
        accessKeyId: key.id,
        secret: key.secret,
        securityToken: key.securityToken,
        account: key.account ?? DEFAULT_ACCOUNT,
      };
    if (accessKeyId === DEFAULT_ACCESS_KEY_ID) return DEFAULT_CALLER;
    if (!accessKeyId.startsWith(OPEN_PREFIX) || accessKeyId.length > LONGEST_ID) return undefined;
    // an account outlives the call that named it
    const id = flat(accessKeyId);
    return { accessKeyId: id, secret: DEFAULT_SECRET, account: id };
  };
  return Object.assign(find, {
    keys: [...keys, { id: DEFAULT_ACCESS_KEY_ID, secret: DEFAULT_SECRET }],
    stranger,
    named: (name: string) => find(name)?.account ?? stranger(name) ?? flat(name),
  });
}

/**
 * Reads `ID:SECRET[:TOKEN][@ACCOUNT]`.
 * @throws InputError with the form; the value itself is not repeated, it holds a secret
 */
export function parseAccessKey(value: string): AccessKey {
  const at = value.lastIndexOf('@');
  const [credentials, account] = at < 0 ? [value, undefined] : [value.slice(0, at), value.slice(at + 1)];
  const [id, secret, ...token] = credentials.split(':');
  const key = { id, secret, securityToken: token.length > 0 ? token.join(':') : undefined, account };
  if (!isAccessKey(key)) throw new InputError('an access key is written ID:SECRET[:TOKEN][@ACCOUNT]');
  return key;
}

/** Of a value that may be none. @throws InputError with the members; the value is not repeated here either */
export function checkAccessKey(value: unknown): AccessKey {
  if (isAccessKey(value)) return value;
  throw new InputError('an access key is { id, secret, securityToken?, account? }, and none of these is empty');
}

const MEMBERS = ['id', 'secret', 'securityToken', 'account'];

function isAccessKey(value: unknown): value is AccessKey {
  const given = Object.entries(value ?? {}).filter(([, member]) => member !== undefined);
  const names = given.map(([name]) => name);
  return (
    ['id', 'secret'].every((name) => names.includes(name)) &&
    given.every(([name, member]) => MEMBERS.includes(name) && typeof member === 'string' && member !== '')
  );
}
