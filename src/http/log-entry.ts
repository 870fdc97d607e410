/** What the log says of a gateway call. */
import type { Answer } from '../gateway/gateway.js';
import { actionOf, versionOf } from '../gateway/identify.js';
import type { RpcRequest } from '../gateway/request.js';
import type { LogEntry } from '../platform/log.js';

/** The first of them that a call has says what it is about. */
const SUBJECTS = ['TicketId', 'TaskId', 'BizType', 'queryId', 'zimId', 'bizId'];

function subjectOf(params: Answer['params']): string | undefined {
  if (!params) return undefined;
  for (const name of SUBJECTS) {
    const value = params.get(name);
    if (value) return `${name}=${value.slice(0, 64)}`;
  }
  return undefined;
}

export const entryOf = (request: RpcRequest, done: Answer, ms: number, journal: number): LogEntry => ({
  status: done.status,
  operation: done.operation ?? `${versionOf(request) || '-'}/${actionOf(request) || '-'}`.slice(0, 120),
  account: done.account ?? '-',
  subject: subjectOf(done.params),
  requestId: done.requestId,
  journal,
  ms,
  code: done.code,
  hints: done.hints,
  explanation: done.explanation,
});
