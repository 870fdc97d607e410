/** `--help`: of all, and of each command. Its options come from the table of options. */
import { envName, settings } from '../config/options.js';
import { VERSION } from '../platform/version.js';

interface Command {
  /** What follows its name. */
  readonly words: string;
  readonly does: string;
  readonly options: readonly (readonly [flag: string, meaning: string])[];
  readonly examples: readonly (readonly [words: string, meaning: string])[];
  readonly exits: string;
}

const PLACE = [
  ['--url URL', 'where the emulator is; default: --host and --port, as for start'],
  ['--admin-token TOKEN', 'what an emulator started with one asks for'],
  ['--account ID', 'an account, or one of its AccessKeyIds; default: default'],
] as const;
const JSON_FLAG = ['--json', 'JSON, for a program'] as const;

const COMMANDS: Readonly<Record<string, Command>> = {
  healthcheck: {
    words: '',
    does: 'exit 0 when the emulator on --host and --port is ready',
    options: [['--host ADDRESS, --port N', 'where it listens']],
    examples: [['--port 4600', 'for a container, or a script that waits']],
    exits: '0 ready   1 not ready',
  },
  explain: {
    words: 'FILE|URL|-',
    does: "why a captured request's signature does not match; see docs/signature-detective.md",
    options: [['--access-key ID:SECRET', 'the key it was signed with; repeatable'], JSON_FLAG],
    examples: [
      ['request.txt', 'a raw HTTP request, a curl command or JSON in a file'],
      ["'https://…/?Action=…&Signature=…'", 'a signed address'],
    ],
    exits: '0 the signature matches   1 it does not',
  },
  identities: {
    words: '',
    does: 'test identity numbers and names, and what each does',
    options: [JSON_FLAG],
    examples: [['--json', 'the catalogue for a program']],
    exits: '0',
  },
  errors: {
    words: '[TEXT]',
    does: 'documented errors whose code, message or explanation holds TEXT',
    options: [JSON_FLAG],
    examples: [['Z1146', 'when it happens, who answers it, a scenario that orders it']],
    exits: '0',
  },
  coverage: {
    words: '[--min N]',
    does: 'documented outcomes a running emulator has answered; exit 1 below N percent',
    options: [['--min N', 'percent, 0 to 100'], ...PLACE, JSON_FLAG],
    examples: [['--min 60', 'fails a build whose tests saw less']],
    exits: '0 enough seen   1 below --min, or nobody answered',
  },
  device: {
    words: '[ID] [--pass | --fail [REASON] | --quit | --expire]',
    does: 'the phone: open verifications, or the end of one and what the client SDK reports',
    options: [
      ['--pass', 'the person is who they say'],
      ['--fail [REASON]', 'REASON: a code of the query table (SAF), the text of AuditConclusions (Cloudauth)'],
      ['--quit', 'the person leaves'],
      ['--expire', 'the time is over'],
      ...PLACE,
      JSON_FLAG,
    ],
    examples: [
      ['', 'what is under way'],
      ['order-1 --pass', 'ID: a VerifyToken or TicketId, a queryId, zimId or bizId'],
      ['731be7f2… --fail Z1146', "that face is not the person's"],
    ],
    exits: '0 done   1 refused, or nobody answered',
  },
};

const indented = (rows: readonly (readonly [left: string, right: string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join('\n');
};
const called = (name: string, words: string): string => `cloudauth-mock ${name} ${words}`.trimEnd();

/** @param name a command; without one, or with one there is not, of all */
export const help = (name = ''): string => (Object.hasOwn(COMMANDS, name) ? ofCommand(name, COMMANDS[name]!) : ofAll());

const ofCommand = (name: string, { words, does, options, examples, exits }: Command): string => `${called(name, words)}
  ${does}

Options
${indented(options)}

Examples
${indented(examples.map(([given, meaning]) => [called(name, given), meaning] as const))}

Exit codes
  ${exits}   2 wrong usage
`;

const ofAll =
  (): string => `cloudauth-mock ${VERSION}: a local emulator of Alibaba Cloud identity verification (实人认证)

Usage
  cloudauth-mock [start] [options]
      listen until stopped with Ctrl-C
${Object.entries(COMMANDS)
  .map(([name, { words, does }]) => `  ${called(name, words)}\n      ${does}`)
  .join('\n')}
  cloudauth-mock COMMAND --help
      its options and examples

Examples
  cloudauth-mock                              http://127.0.0.1:4520, everybody passes at once
  cloudauth-mock --device polls:2             “not finished” twice, then passed
  cloudauth-mock --db state.db --port 0       state survives a restart; any free port
  cloudauth-mock --signature warn             wrong signatures are logged and let through
  cloudauth-mock --fetch loopback             pictures and app packages of this machine are downloaded
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
  0 stopped   1 crash; of a command: no, or nobody answered   2 wrong usage or scenario   3 port in use   5 storage

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
