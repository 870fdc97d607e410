/** Names the CA vouches for: the vendor's, this machine's, private addresses, and what its owner added. No other exists for it. */
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { inUrl, isThisNetwork } from '../platform/hosts.js';
import { InputError } from '../platform/input-error.js';
import { VENDOR_HOSTS, vendorHost } from '../platform/vendor-hosts.js';

/** Loopback, RFC 1918, link-local and RFC 4193, as `isThisNetwork` has them. */
const NETWORKS: readonly string[] = [
  ...['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'],
  ...['::1/128', 'fc00::/7', 'fe80::/10'],
];

/** Containers find the machine by the second and third, and an emulator by the name of its image. */
const EVERYWHERE = ['localhost', 'host.docker.internal', 'host.containers.internal', 'cloudauth-mock'];

const HOST_NAME = /^(?=.{1,253}$)[a-z\d_]([\w-]{0,61}[a-z\d])?(\.[a-z\d_]([\w-]{0,61}[a-z\d])?)*$/;

/** Of one that may be shown, and stand in a certificate. */
export const isHostName = (name: string): boolean => HOST_NAME.test(name.toLowerCase());

/** What is below these is half the internet. Countries' are the codes of their regions, and a few. */
const TOP_LEVEL =
  /^(com|net|org|edu|gov|mil|int|info|biz|dev|app|cloud|online|site|shop|top|xyz|club|vip|tech|eu|uk|su)$/;
const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const isTopLevel = (name: string): boolean =>
  TOP_LEVEL.test(name) || (/^[a-z]{2}$/.test(name) && regions.of(name.toUpperCase()) !== undefined);

/** What this machine calls itself; a name that no certificate can hold is left out. */
function namesOfThisMachine(): string[] {
  const name = hostname().toLowerCase();
  const [short = ''] = name.split('.');
  return [name, `${short}.local`].filter((one) => HOST_NAME.test(one) && !isTopLevel(one));
}

/** What a certificate of the CA may be for, as the CA's own says: names with all below them, and networks. */
export interface Permitted {
  readonly names: readonly string[];
  readonly networks: readonly string[];
}

const vendorNames = VENDOR_HOSTS.map(({ name }) => name);
const BELOW_ANOTHER = new Set(vendorNames.filter((name) => vendorNames.some((above) => name.endsWith(`.${above}`))));

/** @param added further names or addresses, as their owner wrote them. @throws InputError */
export function permittedFor(added: readonly string[]): Permitted {
  const own = [...EVERYWHERE, ...namesOfThisMachine(), ...added.map(readName)];
  return {
    names: [...new Set([...own.filter((name) => !isIP(name)), ...vendorNames])].filter(
      (name) => !BELOW_ANOTHER.has(name),
    ),
    networks: [...new Set([...NETWORKS, ...own.filter((name) => isIP(name)).map(networkOf)])],
  };
}

/** What any of them permits. */
export const together = (all: readonly Permitted[]): Permitted => ({
  names: [...new Set(all.flatMap(({ names }) => names))],
  networks: [...new Set(all.flatMap(({ networks }) => networks))],
});

const networkOf = (address: string): string => `${address}/${isIP(address) === 4 ? 32 : 128}`;

/** @throws InputError */
function readName(text: string): string {
  const name = text.trim().toLowerCase();
  if (isIP(name)) return name;
  if (isTopLevel(name)) throw new InputError(`'${name}' is a top-level domain, and a name stands for all below it`);
  if (HOST_NAME.test(name)) return name;
  throw new InputError(
    `'${text.slice(0, 100)}' is not a host name; give it without scheme, port, path and *: the names below it are meant as well`,
  );
}

/**
 * Whether a certificate is made for a name. Of the vendor's only those the emulator stands for, though the CA's own
 * certificate cannot leave out what is below them.
 * @param name in lower case, an address without brackets
 */
export function isVouchedFor(name: string, { names, networks }: Permitted): boolean {
  if (isIP(name)) return isThisNetwork(inUrl(name)) || networks.includes(networkOf(name));
  const above = names.filter((one) => name === one || name.endsWith(`.${one}`));
  return HOST_NAME.test(name) && above.some((one) => !vendorHost(one) || vendorHost(name));
}
