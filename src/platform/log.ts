/** One line per call, on stderr. ID numbers, secrets and pictures never get here: a call is logged by its operation alone. */
import { maskIdNumbers, oneLine } from './redact.js';

export interface LogEntry {
  readonly status: number;
  readonly operation: string;
  readonly account: string;
  readonly requestId: string;
  readonly ms: number;
  readonly code?: string;
  readonly hints: readonly string[];
  /** Lines for people, indented below the call's own. */
  readonly explanation?: string;
}

export interface Log {
  call(entry: LogEntry): void;
  /** Something happened that is neither a call nor a worry. */
  info(message: string): void;
  warn(message: string): void;
  /** A failure of the emulator's own; the one place a stack is printed. */
  crash(error: unknown): void;
}

export const silentLog: Log = { call() {}, info() {}, warn() {}, crash() {} };

/** Version and Action are the caller's: what is no name of an operation carries nothing here. */
const nameOnly = (operation: string): string =>
  /^[\w.-]{1,60}\/[\w./-]{1,60}$/.test(operation) ? maskIdNumbers(operation) : '?/?';
/** As both formats print it. */
const shown = ({ operation, account, ...entry }: LogEntry): LogEntry => ({
  ...entry,
  operation: nameOnly(operation),
  account: maskIdNumbers(account),
});

/**
 * @param write takes whole lines; they are gathered for one turn of the event loop, a write per call would show in the bench
 * @param now wall clock in ms, for the JSON lines
 */
export function createLog(format: 'pretty' | 'json' | 'silent', write: (text: string) => void, now: () => number): Log {
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
      call: (entry) => json('info', { ...shown(entry), ms: Number(entry.ms.toFixed(2)) }),
      info: (message) => json('info', { message }),
      warn: (message) => json('warn', { message }),
      crash: (error) => json('error', { message: stack(error) }),
    };
  }
  return {
    call(entry) {
      const { status, operation, account, ms, code, hints, explanation } = shown(entry);
      const tail = [code, ...hints].filter(Boolean).join('  ');
      line(oneLine(`${status} ${operation}  ${account}  ${ms.toFixed(1)} ms${tail && `  ${tail}`}`));
      if (explanation) for (const part of explanation.split('\n')) line(`    ${oneLine(part)}`);
    },
    info: (message) => line(message),
    warn: (message) => line(`warning: ${message}`),
    crash: (error) => line(`error: ${stack(error)}`),
  };
}
