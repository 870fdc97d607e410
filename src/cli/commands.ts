/** Every command once: what it is called, takes, does, and ends with. Parsing, help and messages derive from this table. */
import type { Command, Flag } from './command.js';
import { start } from './start.js';

const JSON_FLAG: Flag = { flag: 'json', does: 'JSON, for a program' };
const KEY: Flag = { flag: 'access-key', value: 'ID:SECRET', does: 'the key it was signed with; repeatable' };
const ADDRESS: readonly Flag[] = [
  { flag: 'host', value: 'ADDRESS', does: 'the address it is bound to; default 127.0.0.1' },
  { flag: 'port', value: 'N', does: 'the port it listens on; default 4520' },
];
const PLACE: readonly Flag[] = [
  { flag: 'url', value: 'URL', does: 'where the emulator is, instead of --host and --port' },
  ...ADDRESS,
  { flag: 'admin-token', value: 'TOKEN', does: 'what an emulator started with one asks for' },
  { flag: 'account', value: 'ID', does: 'an account, or one of its AccessKeyIds; default: default' },
];

/** Without a command, the first. */
export const commands: readonly [Command, ...Command[]] = [
  {
    name: 'start',
    synopsis: '[options]',
    does: 'listen until stopped with Ctrl-C',
    takesOptions: true,
    flags: [],
    examples: [
      ['', 'http://127.0.0.1:4520, everybody passes at once'],
      ['--device polls:2', '“not finished” twice, then passed'],
      ['--db state.db --port 0', 'state survives a restart; any free port'],
      ['--signature warn', 'wrong signatures are logged and let through'],
      ['--https', 'an https port too, with a local CA'],
      ['--fetch loopback', 'pictures and app packages of this machine are downloaded'],
    ],
    exits: '0 stopped   1 crash   3 port in use   5 storage',
    // what nearly every call is for: no further file to be found and read
    run: start,
  },
  {
    name: 'healthcheck',
    synopsis: '',
    does: 'exit 0 when the emulator on --host and --port is ready',
    takesOptions: true,
    flags: ADDRESS,
    examples: [['--port 4600', 'for a container, or a script that waits']],
    exits: '0 ready   1 not ready',
    run: async (call) => (await import('./healthcheck.js')).healthcheck(call),
  },
  {
    name: 'explain',
    synopsis: 'FILE|URL|-',
    does: "why a captured request's signature does not match; see docs/signature-detective.md",
    takesWords: true,
    takesOptions: true,
    flags: [KEY, JSON_FLAG],
    examples: [
      ['request.txt', 'a raw HTTP request, a curl command or JSON in a file'],
      ["'https://…/?Action=…&Signature=…'", 'a signed address'],
    ],
    exits: '0 the signature matches   1 it does not',
    run: async (call) => (await import('./explain.js')).explain(call),
  },
  {
    name: 'identities',
    synopsis: '',
    does: 'test identity numbers and names, and what each does',
    flags: [JSON_FLAG],
    examples: [['--json', 'the catalogue for a program']],
    exits: '0',
    run: async (call) => (await import('./catalogue.js')).listIdentities(call),
  },
  {
    name: 'errors',
    synopsis: '[TEXT]',
    does: 'documented errors whose code, message or explanation holds TEXT, or of the operation called TEXT',
    takesWords: true,
    flags: [JSON_FLAG],
    examples: [['Z1146', 'when it happens, who answers it, a scenario that orders it']],
    exits: '0',
    run: async (call) => (await import('./catalogue.js')).listErrors(call),
  },
  {
    name: 'operations',
    synopsis: '',
    does: 'operations and their parameters, as rules name them',
    flags: [JSON_FLAG],
    examples: [['--json', 'with methods, error codes and sources']],
    exits: '0',
    run: async (call) => (await import('./catalogue.js')).listOperations(call),
  },
  {
    name: 'scenarios',
    synopsis: '',
    does: 'scenarios that come with the package, for --scenario',
    flags: [JSON_FLAG],
    examples: [['--json', 'the list for a program']],
    exits: '0',
    run: async (call) => (await import('./catalogue.js')).listScenarios(call),
  },
  {
    name: 'coverage',
    synopsis: '[--min N]',
    does: 'documented outcomes a running emulator has answered; exit 1 below N percent',
    flags: [{ flag: 'min', value: 'N', does: 'percent, 0 to 100' }, ...PLACE, JSON_FLAG],
    examples: [['--min 60', 'fails a build whose tests saw less']],
    exits: '0 enough seen   1 below --min, or nobody answered',
    run: async (call) => (await import('./coverage.js')).coverage(call),
  },
  {
    name: 'device',
    synopsis: '[ID] [--pass | --fail [REASON] | --quit | --expire]',
    does: 'the phone: open verifications, or the end of one and what the client SDK reports',
    takesWords: true,
    flags: [
      { flag: 'pass', does: 'the person is who they say' },
      {
        flag: 'fail',
        word: '[REASON]',
        does: 'REASON: a code of the query table (SAF), the text of AuditConclusions (Cloudauth)',
      },
      { flag: 'quit', does: 'the person leaves' },
      { flag: 'expire', does: 'the time is over' },
      ...PLACE,
      JSON_FLAG,
    ],
    examples: [
      ['731be7f2… --fail Z1146', "that face is not the person's"],
      ['order-1 --pass', 'ID: a VerifyToken or TicketId, a queryId, zimId or bizId, a CertifyId'],
      ['', 'what is under way'],
    ],
    exits: '0 done   1 refused, or nobody answered',
    run: async (call) => (await import('./device.js')).device(call),
  },
  {
    name: 'ca',
    synopsis: '[--renew] [--name NAME] [--install]',
    does: 'the CA of --https, made at the first need: where it is, and how clients are told to trust it',
    flags: [
      { flag: 'data-dir', value: 'FOLDER', does: 'folder the CA is kept in' },
      { flag: 'name', value: 'NAME', does: 'a further name or address a new CA vouches for, or several with commas' },
      { flag: 'renew', does: 'a new CA in place of the old one, which keeps its names; clients have to trust it anew' },
      { flag: 'install', does: 'tells this system to trust it; may need root' },
      JSON_FLAG,
    ],
    examples: [
      ['', 'its path, its fingerprint, a line for each client'],
      ['--renew --name mock.example.com', 'for a --public-url of that name'],
    ],
    exits: '0 done',
    run: async (call) => (await import('./ca.js')).ca(call),
  },
  {
    name: 'hosts',
    synopsis: '[--compose | --write | --remove]',
    does: "lines of a hosts file by which the vendor's host names lead here, and what ports 443 and 80 need",
    flags: [
      { flag: 'compose', does: 'network aliases for a compose file instead' },
      { flag: 'write', does: 'puts them into the hosts file of this system, in a marked block' },
      { flag: 'remove', does: 'takes that block out' },
      { flag: 'address', value: 'ADDRESS', does: 'where the names lead; default 127.0.0.1' },
      { flag: 'file', value: 'FILE', does: 'the hosts file, where it is another' },
      JSON_FLAG,
    ],
    examples: [
      ['', 'the lines; see docs/vendor-hosts.md'],
      ['--write', 'with the rights of an administrator'],
    ],
    exits: '0 done   1 the file cannot be changed',
    run: async (call) => (await import('./hosts.js')).hosts(call),
  },
];
