/** What every answer and every line of the log says, whoever answers. */
import type { Answer } from '../gateway/gateway.js';
import { actionOf, versionOf } from '../gateway/identify.js';
import type { RpcRequest } from '../gateway/request.js';
import { LoadError } from '../platform/lazy.js';
import type { Log, LogEntry } from '../platform/log.js';
import { VERSION } from '../platform/version.js';
import { StorageError } from '../store/database.js';

/** On every answer. The gateway adds it to its own: a middleware around each of its calls shows in the bench. */
export const OURS = { 'x-cloudauth-mock': VERSION };

type Told = Pick<Answer, 'status' | 'operation' | 'account' | 'requestId' | 'code' | 'hints' | 'explanation'>;

export const entryOf = (request: RpcRequest, done: Told, ms: number): LogEntry => ({
  status: done.status,
  operation: done.operation ?? `${versionOf(request) || '-'}/${actionOf(request) || '-'}`.slice(0, 120),
  account: done.account ?? '-',
  requestId: done.requestId,
  ms,
  code: done.code,
  hints: done.hints,
  explanation: done.explanation,
});

/** Into the log goes what is no caller's fault; what cannot be loaded once, without its stack. */
export function createReport(log: Log): (error: unknown) => void {
  const logged = new WeakSet<LoadError>();
  return (error) => {
    // the store has said so itself
    if (error instanceof StorageError) return;
    if (!(error instanceof LoadError)) return log.crash(error);
    if (logged.has(error)) return;
    logged.add(error);
    log.warn(error.message);
  };
}
