/**
 * A gateway call in the journal: kept as it came, which costs next to nothing; read again, masked and put into words only
 * when somebody looks.
 */
import type { Answer } from '../gateway/gateway.js';
import { actionOf, versionOf } from '../gateway/identify.js';
import type { RawParams } from '../gateway/operation.js';
import { assemble, type RpcRequest } from '../gateway/request.js';
import { flat } from '../platform/flat.js';
import type { Decider } from '../platform/hint.js';
import type { Lang } from '../platform/language.js';
import { maskIdNumbers, maskParams, maskText } from '../platform/redact.js';
import { maskAnswer, maskHeaders } from '../platform/redact-answer.js';
import { traceIdOf } from '../platform/trace.js';
import { subjectOf } from './subject.js';

/** What is shown of a Version and an Action that name no operation. */
const ASKED = 120;
/** Characters of an answer that are kept. */
const ANSWER = 8 * 1024;

export interface JournalEntry {
  /** Counts the account's calls from 1. */
  readonly id: number;
  /** Wall clock, ISO 8601. */
  readonly at: string;
  readonly account: string;
  readonly requestId: string;
  /** Operation path; what was asked for where no operation was found. */
  readonly operation: string;
  readonly method: string;
  readonly scheme: 'RPC' | 'ACS3';
  /** What it is about: a TicketId, a CertifyId, or a person whose name and number are masked. Absent where nothing says it. */
  readonly subject?: string;
  readonly status: number;
  /** Present when it failed: `SignatureDoesNotMatch`, `Z1146` … */
  readonly code?: string;
  readonly ms: number;
  readonly params: Readonly<Record<string, string>>;
  /** Those that say who called; all of an ACS3 call. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body that was sent, its secrets masked; of a long one the beginning. */
  readonly answer: string;
  /** In words: the cause of a wrong signature, else the rule that fired, else the hint that says who decided, else the first one. */
  readonly why?: string;
  /** What kind of thing `why` is: `magic` a test identity, name or suffix, `page` that somebody has the page open. */
  readonly cause?: 'signature' | 'rule' | Decider | 'hint';
  readonly hints: readonly string[];
  readonly rules: readonly string[];
  /** A tester had that call made again. Absent otherwise. */
  readonly replayOf?: number;
  /** Of the caller's trace (`traceparent`), 32 characters. Absent where it sent none, and of what a tester had made again. */
  readonly traceId?: string;
  /** Present where nobody knew the secret of its key. */
  readonly signature?: 'not checked';
  /** Why the signature did not match, some lines. */
  readonly explanation?: string;
}

/** What a list needs of it: no more is made. */
export type JournalRow = Pick<
  JournalEntry,
  | 'id'
  | 'requestId'
  | 'operation'
  | 'method'
  | 'subject'
  | 'status'
  | 'code'
  | 'ms'
  | 'why'
  | 'cause'
  | 'rules'
  | 'replayOf'
  | 'traceId'
>;

/** A thousand of these outlive their calls, and the collector follows each reference: few, flat fields. */
export interface KeptCall
  extends Pick<
    Answer,
    'status' | 'requestId' | 'operation' | 'code' | 'hints' | 'decider' | 'explanation' | 'unchecked'
  > {
  readonly kind: 'call';
  readonly id: number;
  readonly at: number;
  readonly ms: number;
  /** What was sent, to be read again when somebody looks. */
  readonly sent: Pick<
    RpcRequest,
    'method' | 'path' | 'query' | 'host' | 'headers' | 'tooLarge' | 'overSocket' | 'replayOf'
  >;
  /** A byte is a character: one flat piece, where a Buffer would hold on to what else came in the same read. */
  readonly body: string;
  readonly answer: string;
  /** Characters of the whole answer. */
  readonly answerSize: number;
  /** Where they are not the request's own: the members of ServiceParameters. */
  readonly params?: RawParams;
  readonly rules: readonly string[];
  readonly traceId?: string;
  /** Characters, about. */
  readonly size: number;
}

export function keep(id: number, request: RpcRequest, done: Answer, at: number, ms: number): KeptCall {
  const { method, path, query, host, headers, tooLarge, overSocket, replayOf } = request;
  const { status, requestId, operation, code, hints, decider, explanation, unchecked, params, intervention } = done;
  // of what is refused for its size only the URL is kept
  const body = tooLarge ? '' : request.body.toString('latin1');
  const own = params === request.params ? undefined : params;
  const sentHeaders = request.scheme === 'ACS3' ? headers : told(headers);
  const answer = done.body.length > ANSWER ? flat(done.body.slice(0, ANSWER)) : done.body;
  return {
    kind: 'call',
    id,
    at,
    ms,
    status,
    requestId,
    operation,
    code,
    // what they quote of the request is a slice of all of it
    hints: hints.length === 0 ? hints : hints.map(({ en, zh }) => ({ en: flat(en), zh: flat(zh) })),
    decider,
    explanation,
    unchecked,
    sent: { method, path, query, host, headers: sentHeaders, tooLarge, overSocket, replayOf },
    body,
    answer,
    answerSize: done.body.length,
    params: own,
    rules: intervention.rules,
    traceId: traceOf(request),
    size:
      body.length +
      answer.length +
      path.length +
      query.length +
      lengthOf(Object.values(sentHeaders)) +
      lengthOf(own?.values() ?? []),
  };
}

/** What a tester had made again is no part of the trace. */
export const traceOf = ({ headers, replayOf }: RpcRequest): string | undefined =>
  replayOf === undefined ? traceIdOf(headers) : undefined;

function lengthOf(texts: Iterable<string>): number {
  let length = 0;
  for (const text of texts) length += text.length;
  return length;
}

/** All that reading an RPC call again takes, which client it was, and from which page it came. */
function told(headers: RpcRequest['headers']): RpcRequest['headers'] {
  const { 'content-type': type, 'user-agent': agent, origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined || site !== undefined)
    return Object.fromEntries(TOLD.filter((name) => headers[name] !== undefined).map((name) => [name, headers[name]!]));
  if (agent === undefined) return type === undefined ? {} : { 'content-type': type };
  return type === undefined ? { 'user-agent': agent } : { 'content-type': type, 'user-agent': agent };
}

const TOLD = ['content-type', 'user-agent', 'origin', 'sec-fetch-site'];

export const requestOf = ({ sent, body }: KeptCall): RpcRequest =>
  assemble(
    sent.method,
    `${sent.path}?${sent.query}`,
    sent.host,
    sent.headers,
    Buffer.from(body, 'latin1'),
    sent.tooLarge,
    sent.overSocket,
  );

/** In the detective's own words: a line `English | 中文`, or where it found no cause a line of each. */
function causeIn(explanation: string | undefined, lang: Lang): string | undefined {
  const [, first, second] = explanation?.split('\n') ?? [];
  const [en, zh = second] = first?.trim().split(' | ') ?? [];
  const said = lang === 'zh' ? zh : en;
  return said && maskText(said.trim());
}

function whyOf(kept: KeptCall, lang: Lang): Pick<JournalEntry, 'why' | 'cause'> {
  const { rules, explanation, hints, decider } = kept;
  const mismatch = causeIn(explanation, lang);
  if (mismatch !== undefined) return { why: mismatch, cause: 'signature' };
  if (rules.length > 0) {
    const names = rules.join(', ');
    return { why: lang === 'zh' ? `由规则 ${names} 指定` : `ordered by the rule ${names}`, cause: 'rule' };
  }
  if (hints.length === 0) return {};
  return { why: hints[decider?.at ?? 0]?.[lang], cause: decider?.by ?? 'hint' };
}

export function shownRow(kept: KeptCall, lang: Lang, request = requestOf(kept)): JournalRow {
  const { id, ms, requestId, operation, status, code, rules } = kept;
  return {
    id,
    requestId,
    operation: operation ?? maskText(`${versionOf(request) || '-'}/${actionOf(request) || '-'}`).slice(0, ASKED),
    method: request.method,
    subject: subjectOf(kept.params ?? request.params)?.text,
    status,
    code,
    ms: Math.round(ms * 100) / 100,
    ...whyOf(kept, lang),
    rules,
    replayOf: kept.sent.replayOf,
    traceId: kept.traceId,
  };
}

export function shown(account: string, kept: KeptCall, lang: Lang): JournalEntry {
  const { at, hints, explanation, unchecked, answer, answerSize } = kept;
  const request = requestOf(kept);
  return {
    ...shownRow(kept, lang, request),
    at: new Date(at).toISOString(),
    account: maskIdNumbers(account),
    scheme: request.scheme,
    params: Object.fromEntries(maskParams(request.params)),
    headers: maskHeaders(request.headers),
    answer: maskAnswer(answer) + (answerSize > answer.length ? `… (${answerSize} characters)` : ''),
    hints: hints.map((hint) => hint[lang]),
    signature: unchecked ? 'not checked' : undefined,
    explanation: explanation && maskText(explanation),
  };
}
