/**
 * Where the page may send a person: this machine, the host the page was reached by, hosts the tester named. A path of a
 * mini program (`/pages/index/index`) is only shown: outside WeChat nothing could open it.
 */
import { hostName, isLoopback } from '../../platform/hosts.js';
import type { Text } from '../ui/language.js';

/** `source`: what a content security policy calls it. It has no word for an IPv6 host, so there it is the scheme. */
export type Target =
  | { readonly kind: 'web'; readonly url: string; readonly source: string }
  | { readonly kind: 'mini-program'; readonly path: string }
  | { readonly kind: 'refused'; readonly why: Text };

/** Browsers drop or turn these while reading an address: what was checked would not be where it leads. */
const TREACHEROUS = /[\0-\x20\x7f\\]/;

/** What fits into a Location header, which would else be cut: an address that comes by a call may be as long as a body. */
const MAX_ADDRESS = 8000;

const refused = (zh: string, en: string): Target => ({ kind: 'refused', why: { zh, en } });
const FORM = refused(
  '只接受 http(s) 地址或小程序页面路径',
  'only http(s) addresses and paths of mini-program pages are taken',
);
const LONG = refused('地址过长', 'the address is too long');

/**
 * @param value as it was given, decoded once
 * @param reachedBy the Host header of the page's own request
 * @param hosts further host names, lower-case
 */
export function readTarget(value: string, reachedBy: string, hosts: readonly string[]): Target {
  if (value.length > MAX_ADDRESS) return LONG;
  if (TREACHEROUS.test(value)) return FORM;
  if (/^\/(?!\/)/.test(value)) return { kind: 'mini-program', path: value };
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return FORM;
  const { username, password, hostname, href, protocol, origin } = new URL(value);
  if (href.length > MAX_ADDRESS) return LONG;
  if (username || password) return refused('地址中不能带用户名', 'an address may not carry a user name');
  if (
    !isLoopback(hostname) &&
    !hostname.endsWith('.localhost') &&
    hostname !== hostName(reachedBy) &&
    !hosts.includes(hostname)
  )
    return refused(
      `主机 ${hostname} 不在允许之列，可用 --redirect-host ${hostname} 放行`,
      `host ${hostname} is not allowed; start the emulator with --redirect-host ${hostname}`,
    );
  return { kind: 'web', url: href, source: hostname.startsWith('[') ? protocol : origin };
}
