/**
 * Who may use the control side. Bound to loopback, the danger is a web page in the tester's own browser: Host and Origin
 * must be loopback names (DNS rebinding). Bound wider, it is everybody: a token is needed, or names that are let in.
 * Where there is a token, the admin's or one of an account, everybody needs one, on loopback too. What the holder of an
 * account's may do stands in `account-side.ts`.
 * What people open in a browser takes a token as a password too: a browser cannot be told to send a Bearer.
 */
import type { AccountToken } from '../config/option-types.js';
import { originName } from '../gateway/origin.js';
import { hostName, isLoopback } from '../platform/hosts.js';
import { sameText } from '../platform/same-text.js';

export interface GuardOptions {
  /** The address the server is bound to. */
  readonly host: string;
  readonly adminToken: string | undefined;
  readonly accountTokens: readonly AccountToken[];
  readonly allowedHosts: readonly string[];
}

/**
 * What keeps a caller out: a token that is missing or wrong, that nobody can be let in, the name in Host, the page that
 * calls, that the token is one of an account and this is not that account's.
 */
export type Cause = 'token' | 'closed' | 'host' | 'origin' | 'account';

interface Refused {
  readonly cause: Cause;
  readonly why: string;
}

export interface Refusal extends Refused {
  readonly status: 401 | 403;
  readonly headers: Record<string, string>;
}

type Tokens = Pick<GuardOptions, 'adminToken' | 'accountTokens'>;

/** Whether whoever comes needs one. */
export const hasTokens = ({ adminToken, accountTokens }: Tokens): boolean =>
  adminToken !== undefined || accountTokens.length > 0;

/** Bound wider, and nobody is let in. */
export const isClosed = ({ host, allowedHosts, ...tokens }: GuardOptions): boolean =>
  !isLoopback(host) && !hasTokens(tokens) && allowedHosts.length === 0;

const NO_TOKEN = {
  admin: 'send the admin token as “Authorization: Bearer <token>”',
  any: 'send the admin token, or that of your account, as “Authorization: Bearer <token>”',
};
const NO_PASSWORD = {
  admin: 'give the admin token as the password of any user name, or send it as “Authorization: Bearer <token>”',
  any: 'give the admin token, or that of your account, as the password of any user name, or send it as “Authorization: Bearer <token>”',
};

const OTHER_ORIGIN: Refused = { cause: 'origin', why: 'a web page of another origin may not use this' };

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** @returns why the call is refused; undefined when it is let in */
export const refusal = (...caller: Parameters<typeof refused>): string | undefined => refused(...caller)?.why;

function refused(headers: Headers, rawHost: string, options: GuardOptions): Refused | undefined {
  if (hasTokens(options))
    return opens(bearerOf(headers), options)
      ? undefined
      : { cause: 'token', why: options.accountTokens.length === 0 ? NO_TOKEN.admin : NO_TOKEN.any };
  if (isClosed(options))
    return {
      cause: 'closed',
      why: `the emulator is bound to ${options.host}, where others reach it too: start it with --admin-token TOKEN to use /_mock and /demo; --allowed-host NAME, which whoever knows the name can send, is no protection`,
    };
  return callerRefusal(headers, rawHost, options, true);
}

/** As {@link refusal}, for what is no secret: no token is asked for, and bound wider any Host will do. */
export const publicRefusal = (...[headers, rawHost, options]: Parameters<typeof refusal>): string | undefined =>
  callerRefusal(headers, rawHost, options, isLoopback(options.host))?.why;

/** @param byHost whether only some Hosts are let in */
function callerRefusal(headers: Headers, rawHost: string, options: GuardOptions, byHost: boolean): Refused | undefined {
  const { allowedHosts } = options;
  const allowed = (name: string) => isLoopback(name) || allowedHosts.includes(name);
  if (byHost && !allowed(hostName(rawHost))) {
    const way = isLoopback(options.host) ? 'use 127.0.0.1' : `use ${allowedHosts.join(', ')} or 127.0.0.1`;
    return {
      cause: 'host',
      why: `Host ${JSON.stringify(rawHost.slice(0, 100))} is not allowed here; ${way}, or start the emulator with --allowed-host or --admin-token`,
    };
  }
  const origin = String(headers.origin ?? '');
  if ((origin !== '' && !allowed(originName(origin))) || isEmbedded(headers)) return OTHER_ORIGIN;
  return undefined;
}

/**
 * A picture, frame or script of another site's page: it comes without an Origin. Somebody who follows a link from there
 * comes as well, but sees where they are.
 */
const isEmbedded = (headers: Headers): boolean =>
  headers['sec-fetch-site'] === 'cross-site' &&
  !(headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document');

/** As {@link refusal}, for what people open in a browser. */
export function pageRefusal(headers: Headers, rawHost: string, options: GuardOptions): Refusal | undefined {
  const { authorization = '', origin } = headers;
  const basic = BASIC.exec(String(authorization));
  if (!hasTokens(options) || !basic) {
    const found = refused(headers, rawHost, options);
    return found && { status: 403, ...found, headers: {} };
  }
  if (!opens(passwordIn(basic[1]), options)) {
    const why = options.accountTokens.length === 0 ? NO_PASSWORD.admin : NO_PASSWORD.any;
    return { status: 401, cause: 'token', why, headers: { 'www-authenticate': 'Basic realm="cloudauth-mock"' } };
  }
  // a browser sends the password again by itself, whoever's page made it call
  const same = origin === undefined ? !isEmbedded(headers) : hostOf(String(origin)) === rawHost.toLowerCase();
  return same ? undefined : { status: 403, ...OTHER_ORIGIN, headers: {} };
}

/** What the holder of an account's token may not do. */
export const notTheirs = (why: string): Refusal => ({ status: 403, cause: 'account', why, headers: {} });

/** With its port, where it has one. */
const hostOf = (origin: string): string | undefined => /^https?:\/\/(.+)$/i.exec(origin)?.[1]?.toLowerCase();

/** Nothing at all as well: who has not been asked yet. */
const BASIC = /^(?:Basic +(.*))?$/i;

const bearerOf = ({ authorization = '' }: Headers): string => String(authorization).replace(/^Bearer\s+/i, '');
const passwordIn = (encoded = ''): string => /:(.*)/s.exec(Buffer.from(encoded, 'base64').toString())?.[1] ?? '';

/** Each token is compared, whichever it is. @returns what it opens: everything, or one account */
function opens(token: string, { adminToken, accountTokens }: Tokens): 'all' | AccountToken | undefined {
  const [found] = accountTokens.filter((each) => sameText(token, each.token));
  return adminToken !== undefined && sameText(token, adminToken) ? 'all' : found;
}

/** @returns whose token it is that lets this caller in, of those of accounts: the account as the option names it */
export function heldAccount(headers: Headers, options: GuardOptions): string | undefined {
  const basic = BASIC.exec(String(headers.authorization ?? ''));
  const held = opens(basic ? passwordIn(basic[1]) : bearerOf(headers), options);
  return held === 'all' ? undefined : held?.account;
}
