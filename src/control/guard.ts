/**
 * Who may use the control side. Bound to loopback, the danger is a web page in the tester's own browser: Host and Origin
 * must be loopback names (DNS rebinding). Bound wider, it is everybody: a token is needed, or names that are let in.
 * What people open in a browser takes the token as a password too: a browser cannot be told to send a Bearer.
 */
import { originName } from '../gateway/origin.js';
import { hostName, isLoopback } from '../platform/hosts.js';
import { sameText } from '../platform/same-text.js';

export interface GuardOptions {
  /** The address the server is bound to. */
  readonly host: string;
  readonly adminToken: string | undefined;
  readonly allowedHosts: readonly string[];
}

/** What keeps a caller out: a token that is missing or wrong, that nobody can be let in, the name in Host, the page that calls. */
export type Cause = 'token' | 'closed' | 'host' | 'origin';

interface Refused {
  readonly cause: Cause;
  readonly why: string;
}

export interface Refusal extends Refused {
  readonly status: 401 | 403;
  readonly headers: Record<string, string>;
}

/** Bound wider, and nobody is let in. */
export const isClosed = ({ host, adminToken, allowedHosts }: GuardOptions): boolean =>
  !isLoopback(host) && adminToken === undefined && allowedHosts.length === 0;

const OTHER_ORIGIN: Refused = { cause: 'origin', why: 'a web page of another origin may not use this' };

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** @returns why the call is refused; undefined when it is let in */
export const refusal = (...caller: Parameters<typeof refused>): string | undefined => refused(...caller)?.why;

function refused(headers: Headers, rawHost: string, options: GuardOptions): Refused | undefined {
  const { adminToken } = options;
  if (adminToken !== undefined)
    return holdsToken(headers, adminToken)
      ? undefined
      : { cause: 'token', why: 'send the admin token as “Authorization: Bearer <token>”' };
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
  const basic = /^(?:Basic +(.*))?$/i.exec(String(authorization));
  if (options.adminToken === undefined || !basic) {
    const found = refused(headers, rawHost, options);
    return found && { status: 403, ...found, headers: {} };
  }
  const [, password = ''] = /:(.*)/s.exec(Buffer.from(basic[1] ?? '', 'base64').toString()) ?? [];
  if (!sameText(password, options.adminToken)) {
    const why = 'give the admin token as the password of any user name, or send it as “Authorization: Bearer <token>”';
    return { status: 401, cause: 'token', why, headers: { 'www-authenticate': 'Basic realm="cloudauth-mock"' } };
  }
  // a browser sends the password again by itself, whoever's page made it call
  const same = origin === undefined ? !isEmbedded(headers) : hostOf(String(origin)) === rawHost.toLowerCase();
  return same ? undefined : { status: 403, ...OTHER_ORIGIN, headers: {} };
}

/** With its port, where it has one. */
const hostOf = (origin: string): string | undefined => /^https?:\/\/(.+)$/i.exec(origin)?.[1]?.toLowerCase();

function holdsToken(headers: Headers, token: string): boolean {
  return sameText(String(headers.authorization ?? '').replace(/^Bearer\s+/i, ''), token);
}
