/**
 * Who may use the control side. Bound to loopback, the danger is a web page in the tester's own browser: Host and Origin
 * must be loopback names (DNS rebinding). Bound wider, it is everybody: a token is needed, or names that are let in.
 */
import { timingSafeEqual } from 'node:crypto';

export interface GuardOptions {
  /** The address the server is bound to. */
  readonly host: string;
  readonly adminToken: string | undefined;
  readonly allowedHosts: readonly string[];
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

const nameOf = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

/** @returns why the call is refused; undefined when it is let in */
export function refusal(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  rawHost: string,
  options: GuardOptions,
): string | undefined {
  const { adminToken, allowedHosts } = options;
  if (adminToken !== undefined)
    return holdsToken(headers, adminToken) ? undefined : 'send the admin token as “Authorization: Bearer <token>”';
  const allowed = (name: string) => LOOPBACK.test(name) || allowedHosts.includes(name);
  const boundWide = !LOOPBACK.test(options.host.includes(':') ? `[${options.host}]` : options.host);
  if (boundWide && allowedHosts.length === 0) {
    return `the emulator is bound to ${options.host}: start it with --admin-token TOKEN, or with --allowed-host NAME, to use /_mock from there`;
  }
  if (!allowed(nameOf(rawHost)))
    return `Host ${JSON.stringify(rawHost.slice(0, 100))} is not allowed here; use 127.0.0.1, or --allowed-host`;
  const origin = String(headers.origin ?? '');
  if (origin !== '' && !allowed(originName(origin))) return 'a web page of another origin may not use this';
  return undefined;
}

function originName(origin: string): string {
  try {
    return new URL(origin).hostname.toLowerCase();
  } catch {
    return origin;
  }
}

function holdsToken(headers: Readonly<Record<string, string | string[] | undefined>>, token: string): boolean {
  const given = Buffer.from(String(headers.authorization ?? '').replace(/^Bearer\s+/i, ''));
  const expected = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
