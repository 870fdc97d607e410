/** One line per call, on stderr. ID numbers, secrets and pictures never get here: a call is logged by its operation alone. */
import type { Lang, Text } from './language.js';
import { maskIdNumbers, maskKeyIds, oneLine } from './redact.js';

export interface LogEntry {
  readonly status: number;
  readonly operation: string;
  readonly account: string;
  /** What the call is about, such as `TicketId=order-1`. */
  readonly subject?: string;
  readonly requestId: string;
  /** The id of its entry in the account's journal. */
  readonly journal?: number;
  readonly ms: number;
  readonly code?: string;
  readonly hints: readonly Text[];
  /** Of the caller's trace, 32 characters. Absent where it sent none. */
  readonly traceId?: string;
  /** Lines for people, indented below the call's own. */
  readonly explanation?: string;
}

/** Who reads it. */
export interface Reader {
  readonly lang: Lang;
  /** A terminal that shows colours. */
  readonly colour: boolean;
}

export interface Log {
  /** Nobody reads it: its entries need not be made. */
  readonly silent?: true;
  call(entry: LogEntry): void;
  /** Something happened that is neither a call nor a worry. */
  info(message: string): void;
  warn(message: string): void;
  /** A failure of the emulator's own; the one place a stack is printed. */
  crash(error: unknown): void;
}

export const silentLog: Log = { silent: true, call() {}, info() {}, warn() {}, crash() {} };

/** Version and Action are the caller's: what is no name of an operation carries nothing here. */
const nameOnly = (operation: string): string =>
  /^[\w.-]{1,60}\/[\w./-]{1,60}$/.test(operation) ? maskIdNumbers(operation) : '?/?';
/** As both formats print it. Whoever logs may hand over more, such as an answer with its body: nothing of that gets here. */
const shown = (entry: LogEntry) => ({
  status: entry.status,
  operation: nameOnly(entry.operation),
  account: maskKeyIds(maskIdNumbers(entry.account)),
  subject: entry.subject && maskIdNumbers(entry.subject),
  requestId: entry.requestId,
  journal: entry.journal,
  ms: entry.ms,
  code: entry.code,
  traceId: entry.traceId,
  hints: entry.hints,
  explanation: entry.explanation && maskKeyIds(entry.explanation),
});

/** As much of a trace id as a person needs to find it. */
const SHORT_TRACE = 8;

const COLOURS = { green: 32, yellow: 33, red: 31, grey: 90 } as const;
const colourOf = (status: number) => (status < 400 ? 'green' : status < 500 ? 'yellow' : 'red');

/**
 * @param write takes whole lines; they are gathered for one turn of the event loop, a write per call would show in the bench
 * @param now wall clock in ms
 */
export function createLog(
  format: 'pretty' | 'json' | 'silent',
  write: (text: string) => void,
  now: () => number,
  { lang, colour }: Reader = { lang: 'en', colour: false },
): Log {
  if (format === 'silent') return silentLog;
  let pending = '';
  const line = (text: string) => {
    if (pending === '') setImmediate(flush);
    pending += `${text}\n`;
  };
  const flush = () => {
    write(pending);
    pending = '';
  };
  const json = (level: string, fields: object) =>
    line(JSON.stringify({ time: new Date(now()).toISOString(), level, ...fields }));
  const stack = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (format === 'json') {
    return {
      call: (entry) =>
        json('info', { ...shown(entry), ms: Number(entry.ms.toFixed(2)), hints: entry.hints.map(({ en }) => en) }),
      info: (message) => json('info', { message }),
      warn: (message) => json('warn', { message }),
      crash: (error) => json('error', { message: stack(error) }),
    };
  }
  const paint = (name: keyof typeof COLOURS, text: string) =>
    colour ? `\u001b[${COLOURS[name]}m${text}\u001b[39m` : text;
  const clock = timeOfDay();
  const time = () => paint('grey', clock(now()));
  return {
    call(entry) {
      const { status, operation, account, subject, ms, code, hints, requestId, journal, traceId, explanation } =
        shown(entry);
      const about = `${operation}  ${account}${subject === undefined ? '' : `  ${subject}`}  ${ms.toFixed(1)} ms`;
      const trace = traceId === undefined ? '' : ` trace:${traceId.slice(0, SHORT_TRACE)}`;
      const ids = `${journal === undefined ? '' : `#${journal} `}${requestId}${trace}`;
      let why = code === undefined ? '' : `  ${code}`;
      for (const hint of hints) why += `  ${hint[lang]}`;
      line(
        `${time()} ${paint(colourOf(status), `${status}`)} ${oneLine(about)} ${paint('grey', ids)}${why && oneLine(why)}`,
      );
      if (explanation) for (const part of explanation.split('\n')) line(`    ${oneLine(part)}`);
    },
    info: (message) => line(`${time()} ${message}`),
    warn: (message) => line(`${time()} ${paint('yellow', 'warning:')} ${message}`),
    crash: (error) => line(`${time()} ${paint('red', 'error:')} ${stack(error)}`),
  };
}

/** Of this machine's day, `10:31:02.412`: who reads it looks at the clock on the wall. The second is made once a second. */
export function timeOfDay(): (ms: number) => string {
  let second = Number.NaN;
  let text = '';
  return (ms) => {
    const fraction = ms % 1000;
    if (ms - fraction !== second) {
      second = ms - fraction;
      const zone = new Date(second).getTimezoneOffset() * 60_000;
      text = new Date(second - zone).toISOString().slice(11, 19);
    }
    return `${text}.${String(fraction).padStart(3, '0')}`;
  };
}
