/**
 * `cloudauth-mock hosts`: what makes the vendor's host names lead to the emulator. Prints lines of a hosts file or aliases of a
 * compose file, keeps a marked block in the hosts file of this system, and says what ports 443 and 80 need.
 */
import { isIP } from 'node:net';
import { OptionError } from '../config/options.js';
import { isLoopback } from '../platform/hosts.js';
import { VENDOR_HOSTS } from '../platform/vendor-hosts.js';
import type { Call } from './command.js';
import { hostsFile, setBlock } from './hosts-file.js';
import { isTaken, needs, thisSystem } from './low-ports.js';

/** The vendor's SDKs speak to these; and what to open where they may not be opened. */
const PORTS = [
  { port: 443, instead: 4543 },
  { port: 80, instead: 4520 },
];

/** @returns 0. @throws OptionError; InputError and Unanswered of {@link setBlock} */
export async function hosts({ flags, options, out, err, translator }: Call): Promise<0> {
  const { json } = options('json');
  const { compose, write, remove } = flags;
  if ([compose, write, remove].filter(Boolean).length > 1)
    throw new OptionError('hosts takes one of --compose, --write and --remove');
  const address = String(flags.address ?? '127.0.0.1');
  if (isIP(address) === 0) throw new OptionError(`--address: '${address}' is no IP address`);
  const file = String(flags.file ?? hostsFile(process.platform, process.env));
  const names = VENDOR_HOSTS.map(({ name }) => name);
  const lines = names.map((name) => `${address} ${name}`);

  const changed = write || remove ? setBlock(file, write ? lines : []) : undefined;
  if (json) {
    out(`${JSON.stringify({ file, changed, address, names, ports: await ports(address) }, undefined, 2)}\n`);
    return 0;
  }
  const t = await translator();
  if (changed === undefined) out(compose ? aliases(names) : lines.map((line) => `${line}\n`).join(''));
  else out(`${t(said(file, names.length, changed, write === true))}\n`);
  if (remove) return 0;
  const notes = [
    'No wildcard can stand there: add <bucket>.oss-<region>.aliyuncs.com for each bucket of yours, or have OSS clients put the bucket into the path.',
    ...(await ports(address)).flatMap(({ needs: needed, taken, port }) => [
      needed,
      taken ? `somebody listens on port ${port}` : `nobody listens on port ${port} yet`,
    ]),
    'Then: cloudauth-mock --https-port 443 --port 80',
  ];
  err(notes.map((note) => `# ${t(note)}\n`).join(''));
  return 0;
}

const said = (file: string, count: number, changed: boolean, write: boolean): string =>
  write
    ? changed
      ? `${file}: ${count} names lead to the emulator; hosts --remove takes them out`
      : `${file}: ${count} names are there already`
    : changed
      ? `${file}: the names are taken out`
      : `${file}: there was nothing to take out`;

const aliases = (names: readonly string[]): string =>
  [
    'services:\n  cloudauth-mock:\n    networks:\n      default:\n        aliases:\n',
    ...names.map((name) => `          - ${name}\n`),
  ].join('');

async function ports(address: string) {
  const system = thisSystem();
  const host = isLoopback(address) ? address : '127.0.0.1';
  return Promise.all(
    PORTS.map(async ({ port, instead }) => ({
      ...{ port, needs: needs(port, instead, system), taken: await isTaken(host, port) },
    })),
  );
}
