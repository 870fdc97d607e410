/** What every call to gateway and OSS goes through, whichever way it came: it is answered, timed, logged and kept. */
import { Readable } from 'node:stream';
import type { Journal } from '../control/journal.js';
import type { Refusals } from '../control/refusals.js';
import { explained, withJournalId } from '../detective/mismatch.js';
import { DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import { claimedAccessKeyId } from '../gateway/common-params.js';
import { answer, type GatewayDeps, unexpected } from '../gateway/gateway.js';
import type { Intervention } from '../gateway/intervention.js';
import type { OriginRule } from '../gateway/origin.js';
import type { RpcRequest } from '../gateway/request.js';
import { isPolicyForm } from '../oss/classify.js';
import type { OssReply, OssRequest } from '../oss/message.js';
import { stopwatch } from '../platform/clock.js';
import { HINT_HEADER, hintText, sentences } from '../platform/hint.js';
import type { Text } from '../platform/language.js';
import type { Log } from '../platform/log.js';
import { traceIdOf } from '../platform/trace.js';
import { deliver, type Recipient } from './faults.js';
import { entryOf } from './log-entry.js';
import { createReport, OURS } from './told.js';

export interface DoorDeps {
  /** Resolves when storage is open; a request that comes earlier waits for it. */
  deps(): Promise<GatewayDeps>;
  /** Rejects only when the client has gone. */
  oss(request: OssRequest): Promise<OssReply>;
  /** Which web pages may call the gateway over a socket. */
  readonly refusedOrigin: OriginRule;
  readonly journal: Journal;
  readonly refusals: Refusals;
  readonly log: Log;
}

export interface GatewayReply {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  /** What a tester wants done to it on its way. */
  readonly intervention?: Intervention;
  /** Its number in the journal, of a call that is kept there. */
  readonly entry?: number;
}

export interface Door {
  gateway(received: Promise<RpcRequest>): Promise<GatewayReply>;
  oss(request: OssRequest): Promise<OssReply>;
  /** Answers in the place of what could not: 503 while code cannot be loaded, else 500. */
  failed(error: unknown, host: string | undefined): Promise<GatewayReply>;
}

export function createDoor({ deps, oss, refusedOrigin, journal, refusals, log }: DoorDeps): Door {
  const report = createReport(log);
  const refusedPage = ([why]: readonly Text[]): GatewayReply => {
    refusals.tell(why!);
    const headers = { 'content-type': 'application/json', [HINT_HEADER]: hintText([why!]), ...OURS };
    return { status: 403, headers, body: JSON.stringify({ error: why!.en }) };
  };
  const stored = async (request: OssRequest): Promise<OssReply> => {
    const startedAt = stopwatch();
    const { crash, ...done } = await oss(request);
    if (crash) report(crash);
    const ms = stopwatch() - startedAt;
    const traceId = traceIdOf(request.headers);
    log.call({ ...done, operation: `oss/${done.operation}`, account: done.account ?? '-', ms, traceId });
    const { operation, requestId, status, code, account = DEFAULT_ACCOUNT } = done;
    const upload = { operation, requestId, status, code, ms: Math.round(ms * 100) / 100, traceId };
    journal.note(account, (await deps()).wallClock.now(), () => ({ kind: 'upload', upload }));
    return { ...done, headers: { ...done.headers, ...OURS } };
  };
  const posted = async (request: RpcRequest): Promise<GatewayReply> => {
    const { status, headers, body } = await stored({ ...request, body: Readable.from([request.body]) });
    return { status, headers, body: body instanceof Uint8Array ? Buffer.from(body).toString() : '' };
  };
  return {
    async gateway(received) {
      const startedAt = stopwatch();
      const request = await received;
      if (isPolicyForm(request)) return posted(request);
      const why = request.overSocket ? refusedOrigin(request.headers, request.host) : undefined;
      if (why !== undefined) return refusedPage(await sentences([why]));
      const house = await deps();
      const answered = await answer(request, house);
      const done = answered.mismatch ? await explained(request, answered, house) : answered;
      const ms = stopwatch() - startedAt;
      if (done.crash) report(done.crash);
      const account = done.account ?? (await house.callers(claimedAccessKeyId(request)))?.account ?? DEFAULT_ACCOUNT;
      const id = await journal.record(account, request, done, house.wallClock.now(), ms);
      if (!log.silent) log.call(entryOf(request, done, ms, id));
      const { status, body, intervention } = done;
      const headers = done.mismatch && id !== undefined ? withJournalId(done, id) : done.headers;
      Object.assign(headers, OURS);
      return intervention.delayMs === undefined && intervention.fault === undefined
        ? { status, headers, body, entry: id }
        : { status, headers, body, intervention, entry: id };
    },
    oss: stored,
    async failed(error, host) {
      report(error);
      const { status, headers, body } = await unexpected(error, await deps(), host ?? '');
      return { status, headers: { ...headers, ...OURS }, body };
    },
  };
}

/** As a Response; a form that is stored is answered 204, which has no body, not even an empty one. */
export async function responseOf(reply: GatewayReply, recipient: Recipient): Promise<Response> {
  const { status, headers, body, intervention } = reply;
  const response = new Response(body === '' ? null : body, { status, headers });
  return intervention ? deliver(response, intervention, recipient) : response;
}
