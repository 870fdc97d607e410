/** Commands that ask a running emulator's control side, as {@link commands} lists them. */
import type { Command, Flag } from './command.js';

export const JSON_FLAG: Flag = { flag: 'json', does: 'JSON, for a program' };
export const ADDRESS: readonly Flag[] = [
  { flag: 'host', value: 'ADDRESS', does: 'the address it is bound to; default 127.0.0.1' },
  { flag: 'port', value: 'N', does: 'the port it listens on; default 4520' },
];
const ELSEWHERE: readonly Flag[] = [
  { flag: 'url', value: 'URL', does: 'where the emulator is, instead of --host and --port' },
  ...ADDRESS,
  {
    flag: 'admin-token',
    value: 'TOKEN',
    does: 'that of the emulator, or of the account, where it was started with one',
  },
];
const PLACE: readonly Flag[] = [
  ...ELSEWHERE,
  {
    flag: 'account',
    value: 'ID',
    does: 'an account, or one of its AccessKeyIds; default: that of the token, or default',
  },
];
const DONE = '0 done   1 refused, or nobody answered';

export const testerCommands: readonly Command[] = [
  {
    name: 'coverage',
    synopsis: '[--min N] [--html FILE]',
    does: 'documented outcomes a running emulator has answered; exit 1 below N percent',
    flags: [
      { flag: 'min', value: 'N', does: 'percent, 0 to 100' },
      { flag: 'html', value: 'FILE', does: 'writes the picture too: one page for a build to keep' },
      ...PLACE,
      JSON_FLAG,
    ],
    examples: [
      ['--min 60', 'fails a build whose tests saw less'],
      ['--html coverage.html', 'a page that opens anywhere'],
    ],
    exits: '0 enough seen   1 below --min, or nobody answered',
    run: async (call) => (await import('./coverage.js')).coverage(call),
  },
  {
    name: 'billing',
    synopsis: '',
    does: 'what the vendor would have billed an account, by operation, and by which rule',
    flags: [...PLACE, JSON_FLAG],
    examples: [['', 'calls and billed are two counts: a failure costs nothing']],
    exits: DONE,
    run: async (call) => (await import('./billing.js')).billing(call),
  },
  {
    name: 'logs',
    synopsis: '[-f]',
    does: 'what has happened to an account: calls, uploads, callbacks, ends of verifications',
    flags: [
      { flag: 'follow', short: 'f', does: 'goes on with what happens, until Ctrl-C; -f for short' },
      ...PLACE,
      JSON_FLAG,
    ],
    examples: [
      ['-f', 'a line an event, as it happens'],
      ['--json', 'the same for a program, an object a line'],
    ],
    exits: '0 no more   1 refused, or nobody answered',
    run: async (call) => (await import('./logs.js')).logs(call),
  },
  {
    name: 'replay',
    synopsis: 'ID',
    does: 'makes a call of the journal again, signed anew with the secret of its key',
    takesWords: true,
    flags: [...PLACE, JSON_FLAG],
    examples: [['7', 'ID: the number that logs prints, such as #7']],
    exits: '0 made again, whatever it was answered   1 no such call, or nobody answered',
    run: async (call) => (await import('./replay.js')).replay(call),
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
    name: 'fail',
    synopsis: 'OPERATION [CODE]',
    does: 'the next call of OPERATION answers CODE, a documented error, and changes nothing; without CODE, those it can answer',
    takesWords: true,
    flags: [
      { flag: 'times', value: 'N', does: 'so many calls, one after the other; default 1' },
      { flag: 'delay', value: 'TIME', does: 'each is held back so long: 500ms, 2s' },
      ...PLACE,
      JSON_FLAG,
    ],
    examples: [
      ['GetStatus Throttling.User', 'the next one; calls of fail queue up'],
      ['face_verify.query Z1146 --times 3 --delay 2s', 'three, each two seconds late'],
      ['GetStatus', 'what it can answer, and when'],
    ],
    exits: DONE,
    run: async (call) => (await import('./fail.js')).fail(call),
  },
  {
    name: 'rules',
    synopsis: '[--clear]',
    does: 'the rules an account is subject to, and how often each has matched and fired',
    flags: [{ flag: 'clear', does: "drops the account's own rules" }, ...PLACE, JSON_FLAG],
    examples: [
      ['', 'a rule that never matched shows 0'],
      ['--clear', 'also those that fail has ordered'],
    ],
    exits: DONE,
    run: async (call) => (await import('./rules.js')).rules(call),
  },
  {
    name: 'clock',
    synopsis: '[+TIME | freeze | run | set INSTANT]',
    does: 'the business clock of an account: shown, moved, stopped, set; signatures keep to the wall clock',
    takesWords: true,
    flags: [...PLACE, JSON_FLAG],
    examples: [
      ['', 'what time it is there'],
      ['+31m', 'a token of half an hour is over; back again: clock -- -31m'],
      ['set 2030-01-02T03:04:05Z', 'an instant, with its zone'],
      ['freeze', 'it stands until clock run'],
    ],
    exits: DONE,
    run: async (call) => (await import('./clock.js')).clock(call),
  },
  {
    name: 'snapshots',
    synopsis: '[save | restore | delete | diff [LATER] | open ACCOUNT] [NAME]',
    does: "an account's state: listed, kept under a name, brought back, compared, opened beside the old one",
    takesWords: true,
    flags: [...PLACE, JSON_FLAG],
    examples: [
      ['save paid', 'keeps the state under the name paid'],
      ['restore paid', 'brings it back'],
      ['diff paid', 'what differs now; a second name compares with that'],
      ['open paid LTAImockOther', 'another account begins with it; ids stay the same'],
    ],
    exits: DONE,
    run: async (call) => (await import('./snapshots.js')).snapshots(call),
  },
  {
    name: 'reset',
    synopsis: '[--undo HANDLE]',
    does: 'an account forgets its state, clock, rules and journal; snapshots stay',
    flags: [
      { flag: 'undo', value: 'HANDLE', does: 'takes a reset back, for ten seconds, by what it printed' },
      ...PLACE,
      JSON_FLAG,
    ],
    examples: [
      ['', 'prints how it is taken back'],
      ['--account LTAImockWorker1', 'another account stays as it is'],
    ],
    exits: DONE,
    run: async (call) => (await import('./reset.js')).reset(call),
  },
  {
    name: 'accounts',
    synopsis: '',
    does: 'the accounts of a running emulator: their keys, calls, open verifications and clocks',
    flags: [...ELSEWHERE, JSON_FLAG],
    examples: [['', 'default, those of --access-key, and those that have called']],
    exits: DONE,
    run: async (call) => (await import('./accounts.js')).accounts(call),
  },
  {
    name: 'connect',
    synopsis: '[SDK]',
    does: 'code that calls a running emulator through SDK, with its address and key; without SDK, those there are',
    takesWords: true,
    flags: [...PLACE, JSON_FLAG],
    examples: [
      ['', 'address, key, and the SDKs there is code for'],
      ['java', 'SDK: java, python, go, php, node, dotnet, curl'],
      ['curl > call.sh', 'a script that signs by itself'],
    ],
    exits: '0 done   1 no code for SDK, or nobody answered',
    run: async (call) => (await import('./connect.js')).connect(call),
  },
  {
    name: 'open',
    synopsis: '[--print]',
    does: 'the console of a running emulator, in a browser',
    flags: [{ flag: 'print', does: 'prints its address instead' }, ...PLACE],
    examples: [
      ['', 'events, verifications, failures, clock'],
      ['--print', 'where no browser can be opened'],
    ],
    exits: DONE,
    run: async (call) => (await import('./open.js')).open(call),
  },
];
