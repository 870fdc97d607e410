/** What the CLI prints for people when it has started: a banner with snippets to copy. */
import type { Options } from '../config/options.js';
import { isClosed } from '../control/guard.js';
import { DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET, OPEN_PREFIX } from '../gateway/accounts.js';
import { isLoopback } from '../platform/hosts.js';
import { networkHosts } from '../platform/network.js';
import type { Translate } from '../platform/translate.js';
import { VERSION } from '../platform/version.js';
import { versions } from '../products/index.js';
import { shownDatabase } from '../store/postgres/address.js';
import type { Progression } from '../verification/progression.js';

/** Where it listens. */
export interface Addresses {
  readonly url: string;
  readonly https: string | undefined;
  readonly proxy: string | undefined;
}

/** @param driver what runs the database, with its version @param config the config file that was read @param t into the reader's language */
export function banner(
  { url, https, proxy }: Addresses,
  options: Options,
  driver: string,
  config: string | undefined,
  t: Translate,
): string {
  const host = url.replace(/^https?:\/\//, '');
  const row = (name: string, text: string) => `  ${padded(t(name))}${t(text)}`;
  const rows = [
    ...(isClosed(options) ? [] : [row('console', consoleAt(url, options))]),
    row('base URL', url),
    ...(https ? [row('https', `${https}; “cloudauth-mock ca” says how to trust it`)] : []),
    ...(proxy ? [row('proxy', `${proxy}; “cloudauth-mock ca” says how to trust it`)] : []),
    ...[url, ...(https ? [https] : [])]
      .flatMap((each) => network(each, options))
      .map((address) => row('network', address)),
    row('key pair', `${DEFAULT_ACCESS_KEY_ID} / ${DEFAULT_SECRET}`),
    row('', `any id beginning ${OPEN_PREFIX} is an account of its own, with the same secret`),
    ...versions.map(({ product, version, names: [first, ...more] }, index) =>
      row(index === 0 ? 'versions' : '', `${product} ${version} (${first}${more.length > 0 ? ' …' : ''})`),
    ),
    ...(options.keys === 'any'
      ? [row('keys', 'any: where the secret of an id is not known, no signature is checked')]
      : []),
    row('device', progressionText(options.device)),
    row('signature', `${options.signature}${options.signature === 'off' ? ' (nothing is checked)' : ''}`),
    row('phone', pages(url, options)),
    row('state', options.db === ':memory:' ? 'in memory; --db FILE keeps it' : shownDatabase(options.db)),
    row('driver', driver),
    ...(options.workers > 1 ? [row('workers', `${options.workers} processes share the ports`)] : []),
    ...(config === undefined ? [] : [row('config', config)]),
    ...(isLoopback(options.host) ? [] : [row('warning', warning(options))]),
  ];
  return `
cloudauth-mock ${VERSION}
${rows.join('\n')}

  Node    new Core({ endpoint: '${url}', apiVersion: '2019-03-07',
            accessKeyId: '${DEFAULT_ACCESS_KEY_ID}', accessKeySecret: '${DEFAULT_SECRET}' })
  Java    request.setSysDomain("${host}"); request.setSysProtocol(ProtocolType.HTTP);
  Python  request.set_domain('${host}'); request.set_protocol_type(protocol_type.HTTP)

`;
}

/** A Chinese character is as wide as two letters. */
const padded = (name: string): string =>
  name + ' '.repeat(12 - name.length - (name.match(/\p{Script=Han}/gu)?.length ?? 0));

const passwordOf = ({ adminToken, accountTokens }: Options): string => {
  if (accountTokens.length > 0) return ' (a browser asks for a token as a password)';
  return adminToken === undefined ? '' : ' (a browser asks for the admin token as a password)';
};

const consoleAt = (url: string, options: Options): string =>
  `${url}/_mock/console: what is called and why it fails, in a browser${passwordOf(options)}`;

/** No link that would be refused. */
function pages(url: string, options: Options): string {
  if (isClosed(options))
    return `/_mock and /demo are closed while bound to ${options.host}; --admin-token TOKEN opens them`;
  return `${url}/_mock/phone: act as the user; a web flow to try: ${url}/demo/saf.html${passwordOf(options)}`;
}

/** Where others find it, when it is bound to every address. */
const network = (url: string, { host }: Options): string[] => {
  const { protocol, port } = new URL(url);
  return networkHosts(host).map((name) => `${protocol}//${name}:${port}`);
};

const warning = ({ host }: Options): string =>
  `bound to ${host}: anyone who reaches this port can use it. The default 127.0.0.1 is private.`;

function progressionText(progression: Progression): string {
  switch (progression.kind) {
    case 'immediate':
      return 'auto: a simulated person passes as soon as the result is asked for';
    case 'after':
      return `a simulated person passes ${progression.ms / 1000} s after the start`;
    case 'polls':
      return `a simulated person passes after ${progression.count} question(s)`;
    default:
      return `${progression.kind}: nobody finishes until told to`;
  }
}
