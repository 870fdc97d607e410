/** The file by which a browser or a system sends the vendor's hosts through the proxy, and all else past it. */
import { VENDOR_HOSTS } from '../platform/vendor-hosts.js';

export const PAC_PATHS: readonly string[] = ['/proxy.pac', '/wpad.dat'];

const AUTHORITY = /^([\w.-]{1,253}|\[[\da-f:.]{2,45}\])(:\d{1,5})?$/i;

/** @param host as the file was asked for, where the proxy is found @param bound where it listens */
export function pacFile(host: string | undefined, bound: string): string {
  const at = host !== undefined && AUTHORITY.test(host) ? host : bound;
  const names = VENDOR_HOSTS.filter(({ buckets }) => !buckets).map(({ name }) => [name, 1]);
  const above = VENDOR_HOSTS.filter(({ buckets }) => buckets).map(({ name }) => [name, 1]);
  return `var names = ${JSON.stringify(Object.fromEntries(names))};
var buckets = ${JSON.stringify(Object.fromEntries(above))};
function FindProxyForURL(url, host) {
  host = host.toLowerCase().replace(/\\.$/, '');
  var parent = host.slice(host.indexOf('.') + 1);
  var led = names[host] === 1 || buckets[host] === 1 || buckets[parent] === 1;
  return led ? 'PROXY ${at}' : 'DIRECT';
}
`;
}
