/** What the CLI prints for people when it has started: a banner with snippets to copy. */

import { networkInterfaces } from 'node:os';
import type { Options } from '../config/options.js';
import { isClosed } from '../control/guard.js';
import { DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET, OPEN_PREFIX } from '../gateway/accounts.js';
import { calledAs, inUrl, isLoopback } from '../platform/hosts.js';
import { VERSION } from '../platform/version.js';
import { versions } from '../products/index.js';
import type { Progression } from '../verification/progression.js';

/** @param driver what runs SQLite, with its version */
export function banner(url: string, options: Options, driver: string): string {
  const host = url.replace(/^https?:\/\//, '');
  return `
cloudauth-mock ${VERSION}
${[row('base URL', url), ...network(url, options)].join('\n')}
  key pair    ${DEFAULT_ACCESS_KEY_ID} / ${DEFAULT_SECRET}
              any id beginning ${OPEN_PREFIX} is an account of its own, with the same secret
  versions    ${versions.map(({ product, version, operations }) => `${product} ${version} (${operations[0]!.name}${operations.length > 1 ? ' …' : ''})`).join('\n              ')}
  device      ${progressionText(options.device)}
  signature   ${options.signature}${options.signature === 'off' ? ' (nothing is checked)' : ''}
${pages(url, options)}
  state       ${options.db === ':memory:' ? 'in memory; --db FILE keeps it' : options.db}
  driver      ${driver}
${warning(options)}
  Node    new Core({ endpoint: '${url}', apiVersion: '2019-03-07',
            accessKeyId: '${DEFAULT_ACCESS_KEY_ID}', accessKeySecret: '${DEFAULT_SECRET}' })
  Java    request.setSysDomain("${host}"); request.setSysProtocol(ProtocolType.HTTP);
  Python  request.set_domain('${host}'); request.set_protocol_type(protocol_type.HTTP)

`;
}

const row = (name: string, text: string): string => `  ${name.padEnd(12)}${text}`;

/** No link that would be refused. */
function pages(url: string, options: Options): string {
  if (isClosed(options))
    return row('phone', `/_mock and /demo are closed while bound to ${options.host}; --admin-token TOKEN opens them`);
  const asks = options.adminToken === undefined ? '' : ' (a browser asks for the admin token as a password)';
  return row('phone', `${url}/_mock/phone: act as the user; a web flow to try: ${url}/demo/saf.html${asks}`);
}

/** Where others find it, when it is bound to every address. */
function network(url: string, { host }: Options): string[] {
  if (calledAs(host) === host) return [];
  const here = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return here
    .filter(({ internal, family, scopeid }) => !internal && !scopeid && (host === '::' || family === 'IPv4'))
    .map(({ address }) => row('network', `http://${inUrl(address)}:${new URL(url).port}`));
}

const warning = ({ host }: Options): string =>
  isLoopback(host)
    ? ''
    : `${row('warning', `bound to ${host}: anyone who reaches this port can use it. The default 127.0.0.1 is private.`)}\n`;

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
