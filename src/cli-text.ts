/** What the CLI prints for people: the banner with snippets to copy, and --help. */
import { DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET, OPEN_PREFIX } from './gateway/accounts.js';
import { envName, type Options, settings } from './options.js';
import type { Progression } from './verification/progression.js';
import { VERSION } from './version.js';

const LOOPBACK = /^(127\.|localhost$|::1$)/;

export function banner(url: string, options: Options): string {
  const host = url.replace(/^https?:\/\//, '');
  return `
cloudauth-mock ${VERSION}
  base URL    ${url}
  key pair    ${DEFAULT_ACCESS_KEY_ID} / ${DEFAULT_SECRET}
              any id beginning ${OPEN_PREFIX} is an account of its own, with the same secret
  device      ${progressionText(options.device)}
  signature   ${options.signature}${options.signature === 'off' ? ' (nothing is checked)' : ''}
  phone       ${url}/_mock/phone: act as the user; a web flow to try: ${url}/demo/saf.html
  state       ${options.db === ':memory:' ? 'in memory; --db FILE keeps it' : options.db}
${warning(options)}
  Node    new Core({ endpoint: '${url}', apiVersion: '2019-03-07',
            accessKeyId: '${DEFAULT_ACCESS_KEY_ID}', accessKeySecret: '${DEFAULT_SECRET}' })
  Java    request.setSysDomain("${host}"); request.setSysProtocol(ProtocolType.HTTP);
  Python  request.set_domain('${host}'); request.set_protocol_type(protocol_type.HTTP)

`;
}

const warning = ({ host }: Options): string =>
  LOOPBACK.test(host)
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

export const help =
  (): string => `cloudauth-mock ${VERSION}: a local emulator of Alibaba Cloud identity verification (实人认证)

Usage
  cloudauth-mock [start] [options]     listen until stopped with Ctrl-C
  cloudauth-mock healthcheck           exit 0 when the emulator on --host and --port is ready
  cloudauth-mock explain FILE|URL|-    why a captured request's signature does not match; see docs/signature-detective.md
  cloudauth-mock identities            test identity numbers and names, and what each does
  cloudauth-mock errors [TEXT]         documented errors whose code, message or explanation holds TEXT
  cloudauth-mock coverage [--min N] [--url URL] [--account ID]
                                       documented outcomes a running emulator has answered; exit 1 below N percent
  cloudauth-mock device [ID] [--pass | --fail [REASON] | --quit | --expire] [--url URL] [--account ID]
                                       the phone: open verifications, or the end of one and what the client SDK reports

Examples
  cloudauth-mock                              http://127.0.0.1:4520, everybody passes at once
  cloudauth-mock --device polls:2             “not finished” twice, then passed
  cloudauth-mock --db state.db --port 0       state survives a restart; any free port
  cloudauth-mock --signature warn             wrong signatures are logged and let through
  cloudauth-mock identities --json            the catalogue of test identities for a program
  cloudauth-mock errors Z1146                 when it happens, who answers it, a scenario that orders it
  cloudauth-mock coverage --min 60            fails a build whose tests saw less
  cloudauth-mock device 731be7f2… --fail Z1146    that face is not the person's

Options (flag, else environment variable, else default)
${Object.values(settings).map(optionHelp).join('\n')}
  --json
      one JSON object instead of the ready line on stdout  [${envName('json')}]
  --watch
      read the files of --scenario again when they change; state and unchanged rules are kept  [${envName('watch')}]
  --help, --version

Exit codes
  0 stopped   1 crash, below --min, not ready   2 wrong usage or scenario   3 port in use   5 storage

stdout carries one line, \`cloudauth-mock ready http=<url> pid=<n>\`; the log goes to stderr.
`;

function optionHelp({
  flag,
  value,
  default: byDefault,
  en,
  repeatable,
}: (typeof settings)[keyof typeof settings]): string {
  const notes = [byDefault && `default ${byDefault}`, repeatable && 'repeatable', envName(flag)].filter(Boolean);
  return `  --${flag} ${value}\n      ${en}  [${notes.join('; ')}]`;
}
