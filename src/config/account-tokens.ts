/** Tokens of a shared emulator: each opens the control side for one account. */
import { createAccounts, DEFAULT_ACCOUNT, OPEN_PREFIX } from '../gateway/accounts.js';
import { InputError } from '../platform/input-error.js';
import { type AccountToken, OptionError, type Options } from './option-types.js';

/** Each call of the control side is compared with all of them. */
const MOST = 200;
const ACCOUNT = /^[^\s\p{Cc}\p{Cs}]{1,128}$/u;
/** As a header can carry it, and a comma would end it in the environment variable. */
const TOKEN = /^[\x21-\x2b\x2d-\x7e]{1,256}$/;
const FORM =
  'an account token is written ACCOUNT=TOKEN, without spaces and commas, the token of at most 256 characters';

/** @throws InputError with the form; the value itself is not repeated, it is a secret */
export const readAccountTokens = (values: readonly string[]): readonly AccountToken[] =>
  different(
    values.map((value) => {
      const at = value.indexOf('=');
      return tokenOf({ account: value.slice(0, Math.max(at, 0)), token: value.slice(at + 1) });
    }),
  );

/** @throws InputError likewise */
export function checkAccountTokens(value: unknown): readonly AccountToken[] {
  if (!Array.isArray(value)) throw new InputError('it is no list');
  return different(value.map((each) => (typeof each === 'string' ? readAccountTokens([each])[0]! : tokenOf(each))));
}

function tokenOf(given: unknown): AccountToken {
  const { account, token, ...more } = (given ?? {}) as Record<string, unknown>;
  const isWritten = typeof account === 'string' && ACCOUNT.test(account) && typeof token === 'string';
  if (!isWritten || !TOKEN.test(token) || Object.keys(more).length > 0) throw new InputError(FORM);
  return { account, token };
}

/** An account may have several, so that one can be changed while the other still opens. */
function different(tokens: readonly AccountToken[]): readonly AccountToken[] {
  if (tokens.length > MOST) throw new InputError(`there are ${tokens.length}, and at most ${MOST} are taken`);
  const seen = new Map<string, string>();
  for (const { account, token } of tokens) {
    const other = seen.get(token);
    if (other !== undefined) throw new InputError(`${other} and ${account} have the same token; give each its own`);
    seen.set(token, account);
  }
  return tokens;
}

type Given = Pick<Options, 'accountTokens' | 'adminToken' | 'accessKeys' | 'keys'>;

/** @throws OptionError where one makes no sense beside the other options */
export function checkWhoseTokens({ accountTokens, adminToken, accessKeys, keys }: Given): void {
  if (accountTokens.length === 0) return;
  const accounts = createAccounts(accessKeys, keys);
  const owners = new Set(accounts.keys.map((key) => key.account));
  const wrong = (why: string) => new OptionError(`--account-token: ${why}`);
  for (const { account, token } of accountTokens) {
    const own = accounts.named(account);
    if (token === adminToken) throw wrong(`that of ${account} is the admin token; give it one of its own`);
    if (own === DEFAULT_ACCOUNT)
      throw wrong(`${account} cannot have one: account ${DEFAULT_ACCOUNT} is told what happens to nobody's account`);
    if (keys !== 'any' && !owners.has(own) && !own.startsWith(OPEN_PREFIX))
      throw wrong(`nobody can call as ${account}; give it a key with --access-key ID:SECRET@${account}`);
  }
}
