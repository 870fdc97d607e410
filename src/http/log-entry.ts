/** What the log says of a gateway call. */
import { traceOf } from '../control/journal-entry.js';
import { subjectOf } from '../control/subject.js';
import type { Answer } from '../gateway/gateway.js';
import { actionOf, versionOf } from '../gateway/identify.js';
import type { RpcRequest } from '../gateway/request.js';
import type { LogEntry } from '../platform/log.js';

/** `TicketId=order-1`, or the person, masked. */
function saidOf(params: Answer['params']): string | undefined {
  const subject = params && subjectOf(params);
  return subject?.name === undefined ? subject?.text : `${subject.name}=${subject.text}`;
}

export const entryOf = (request: RpcRequest, done: Answer, ms: number, journal: number | undefined): LogEntry => ({
  status: done.status,
  operation: done.operation ?? `${versionOf(request) || '-'}/${actionOf(request) || '-'}`.slice(0, 120),
  account: done.account ?? '-',
  subject: saidOf(done.params),
  requestId: done.requestId,
  journal,
  ms,
  code: done.code,
  hints: done.hints,
  traceId: traceOf(request),
  explanation: done.explanation,
});
