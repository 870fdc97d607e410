/** What the CLI prints for people when it has started: a banner with snippets to copy. */

import type { Options } from '../config/options.js';
import { DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET, OPEN_PREFIX } from '../gateway/accounts.js';
import { isLoopback } from '../platform/hosts.js';
import { VERSION } from '../platform/version.js';
import { versions } from '../products/index.js';
import type { Progression } from '../verification/progression.js';

/** @param driver what runs SQLite, with its version */
export function banner(url: string, options: Options, driver: string): string {
  const host = url.replace(/^https?:\/\//, '');
  return `
cloudauth-mock ${VERSION}
  base URL    ${url}
  key pair    ${DEFAULT_ACCESS_KEY_ID} / ${DEFAULT_SECRET}
              any id beginning ${OPEN_PREFIX} is an account of its own, with the same secret
  versions    ${versions.map(({ product, version, operations }) => `${product} ${version} (${operations[0]!.name}${operations.length > 1 ? ' …' : ''})`).join('\n              ')}
  device      ${progressionText(options.device)}
  signature   ${options.signature}${options.signature === 'off' ? ' (nothing is checked)' : ''}
  phone       ${url}/_mock/phone: act as the user; a web flow to try: ${url}/demo/saf.html
  state       ${options.db === ':memory:' ? 'in memory; --db FILE keeps it' : options.db}
  driver      ${driver}
${warning(options)}
  Node    new Core({ endpoint: '${url}', apiVersion: '2019-03-07',
            accessKeyId: '${DEFAULT_ACCESS_KEY_ID}', accessKeySecret: '${DEFAULT_SECRET}' })
  Java    request.setSysDomain("${host}"); request.setSysProtocol(ProtocolType.HTTP);
  Python  request.set_domain('${host}'); request.set_protocol_type(protocol_type.HTTP)

`;
}

const warning = ({ host }: Options): string =>
  isLoopback(host)
    ? ''
    : `  warning     bound to ${host}: anyone who reaches this port can use it. The default 127.0.0.1 is private.\n`;

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
