/**
 * What was called, for assertions and for people who are stuck: a bounded ring per account. A call costs one push; what
 * is shown is made when it is asked for, with ID numbers, secrets and pictures masked.
 */
import type { Answer } from '../gateway/gateway.js';
import { actionOf, versionOf } from '../gateway/identify.js';
import type { RawParams } from '../gateway/operation.js';
import { assemble, type RpcRequest } from '../gateway/request.js';
import { flat } from '../platform/flat.js';
import type { Lang } from '../platform/language.js';
import { maskParams, maskText } from '../platform/redact.js';
import { inTurns } from '../platform/turn.js';
import type { Rule } from '../scenarios/rule.js';
import { mayBeReal } from '../verification/id-number.js';

const KEPT = 1000;
/** Any id beginning LTAImock is an account of its own: of so many the journal is kept, the longest silent goes first. */
const ACCOUNTS = 1000;
/** All of them together. */
const ALL_BYTES = 256 * 1024 * 1024;
/** Requests with pictures are large: of those fewer are kept. */
const KEPT_BYTES = 32 * 1024 * 1024;
/** What is shown of a Version and an Action that name no operation. */
const ASKED = 120;

const REAL_NUMBER =
  'an identity number with an issued area code was received: it may be a real person’s. It is masked in journal and log; better use test identities, see “cloudauth-mock identities”';

export interface JournalEntry {
  /** Counts the account's calls from 1. */
  readonly id: number;
  /** Wall clock, ISO 8601. */
  readonly at: string;
  readonly requestId: string;
  /** Operation path; what was asked for where no operation was found. */
  readonly operation: string;
  readonly method: string;
  readonly scheme: 'RPC' | 'ACS3';
  readonly status: number;
  /** Present when it failed: `SignatureDoesNotMatch`, `Z1146` … */
  readonly code?: string;
  readonly ms: number;
  readonly params: Readonly<Record<string, string>>;
  readonly hints: readonly string[];
  readonly rules: readonly string[];
  /** Why the signature did not match, some lines. */
  readonly explanation?: string;
}

/** A thousand of these outlive their calls, and the collector follows each reference: few, flat fields. */
interface Kept extends Pick<Answer, 'status' | 'requestId' | 'operation' | 'code' | 'hints' | 'explanation'> {
  readonly id: number;
  readonly at: number;
  readonly ms: number;
  /** What was sent, to be read again when somebody looks. */
  readonly sent: Pick<RpcRequest, 'method' | 'path' | 'query' | 'host' | 'headers' | 'tooLarge' | 'overSocket'>;
  /** A byte is a character: one flat piece, where a Buffer would hold on to what else came in the same read. */
  readonly body: string;
  /** Where they are not the request's own: the members of ServiceParameters. */
  readonly params?: RawParams;
  readonly rules: readonly string[];
  /** Characters, about. */
  readonly size: number;
}

export interface Journal {
  /** @returns the entry's id */
  record(account: string, request: RpcRequest, answer: Answer, at: number, ms: number): number;
  /** Oldest first. @param lang of the hints; default English */
  list(account: string, lang?: Lang): Promise<JournalEntry[]>;
  request(account: string, id: number): RpcRequest | undefined;
  /** Entries a rule is about; `call` counts among them. */
  matching(account: string, rule: Rule): Promise<JournalEntry[]>;
  /** `<operation path> <code>` of every call ever recorded, `ok` for a success; the ring does not bound it. */
  outcomes(account: string): ReadonlySet<string>;
  /** Accounts that have called. */
  accounts(): string[];
  reset(account: string): void;
}

interface Ring {
  next: number;
  bytes: number;
  /** By id, oldest first. */
  readonly entries: Map<number, Kept>;
  readonly outcomes: Set<string>;
}

/** @param warn is told once when somebody uses what may be a real person's number */
export function createJournal(warn: (message: string) => void = () => {}): Journal {
  const rings = new Map<string, Ring>();
  let warned = false;
  let newest: string | undefined;
  let total = 0;
  const forget = (account: string): void => {
    total -= rings.get(account)?.bytes ?? 0;
    rings.delete(account);
  };
  const ringOf = (account: string): Ring => {
    let ring = rings.get(account);
    if (!ring) {
      ring = { next: 1, bytes: 0, entries: new Map(), outcomes: new Set() };
      if (rings.size >= ACCOUNTS) forget(rings.keys().next().value!);
    } else if (account === newest) return ring;
    // a Map keeps the order of insertion: the one that called last is last
    rings.delete(account);
    rings.set(account, ring);
    newest = account;
    return ring;
  };
  const kept = (account: string): Kept[] => [...(rings.get(account)?.entries.values() ?? [])];
  const dropOldest = (ring: Ring): void => {
    const [id, oldest] = ring.entries.entries().next().value as [number, Kept];
    ring.entries.delete(id);
    ring.bytes -= oldest.size;
    total -= oldest.size;
  };
  return {
    record(account, request, answer, at, ms) {
      const ring = ringOf(account);
      const id = ring.next++;
      const { method, path, query, host, headers, tooLarge, overSocket } = request;
      const { status, requestId, operation, code, hints, explanation, params, intervention } = answer;
      // of what is refused for its size only the URL is kept
      const body = tooLarge ? '' : request.body.toString('latin1');
      const own = params === request.params ? undefined : params;
      const sentHeaders = request.scheme === 'ACS3' ? headers : typeOf(headers);
      const kept: Kept = {
        id,
        at,
        ms,
        status,
        requestId,
        operation,
        code,
        // what they quote of the request is a slice of all of it
        hints: hints.length === 0 ? hints : hints.map(({ en, zh }) => ({ en: flat(en), zh: flat(zh) })),
        explanation,
        sent: {
          method,
          path,
          query,
          host,
          headers: sentHeaders,
          tooLarge,
          overSocket,
        },
        body,
        params: own,
        rules: intervention.rules,
        size:
          body.length +
          path.length +
          query.length +
          lengthOf(Object.values(sentHeaders)) +
          lengthOf(own?.values() ?? []),
      };
      ring.entries.set(id, kept);
      ring.bytes += kept.size;
      total += kept.size;
      while (ring.entries.size > KEPT || (ring.bytes > KEPT_BYTES && ring.entries.size > 1)) dropOldest(ring);
      // the longest silent account first; the newest entry of all stays
      for (const other of rings.values())
        while (total > ALL_BYTES && other.entries.size > (other === ring ? 1 : 0)) dropOldest(other);
      if (answer.operation) ring.outcomes.add(`${answer.operation} ${answer.code ?? 'ok'}`);
      if (!warned && answer.params && holdsRealNumber(answer.params)) {
        warned = true;
        warn(REAL_NUMBER);
      }
      return id;
    },
    list: (account, lang = 'en') => inTurns(kept(account), (entry) => shown(entry, lang)),
    request(account, id) {
      const kept = rings.get(account)?.entries.get(id);
      return kept && requestOf(kept);
    },
    async matching(account, rule) {
      const onPath = kept(account).filter(({ operation }) => operation !== undefined && rule.onPath(operation));
      const isAbout = (entry: Kept) => {
        const { sent, operation, params = requestOf(entry).params } = entry;
        return rule.matches({ account, host: sent.host, path: operation!, params });
      };
      const matches = await inTurns(onPath, isAbout);
      const about = onPath.filter((_entry, index) => matches[index]);
      return inTurns(
        about.filter((_entry, index) => rule.fires(index + 1, 0, () => 0)),
        (entry) => shown(entry, 'en'),
      );
    },
    outcomes: (account) => rings.get(account)?.outcomes ?? new Set(),
    accounts: () => [...rings.keys()],
    reset(account) {
      forget(account);
      newest = undefined;
    },
  };
}

function lengthOf(texts: Iterable<string>): number {
  let length = 0;
  for (const text of texts) length += text.length;
  return length;
}

/** All that reading an RPC call again takes. */
const typeOf = (headers: RpcRequest['headers']): RpcRequest['headers'] =>
  headers['content-type'] === undefined ? {} : { 'content-type': headers['content-type'] };

const requestOf = ({ sent, body }: Kept): RpcRequest =>
  assemble(
    sent.method,
    `${sent.path}?${sent.query}`,
    sent.host,
    sent.headers,
    Buffer.from(body, 'latin1'),
    sent.tooLarge,
    sent.overSocket,
  );

const NUMBER_LENGTH = 18;

/** A SAF certNumber, a Material.n.Value, or a member of Binding; cheap, for it is asked of every call. */
function holdsRealNumber(params: ReadonlyMap<string, string>): boolean {
  for (const [name, value] of params) {
    if (value.length === NUMBER_LENGTH && mayBeReal(value)) return true;
    const bound = name === 'Binding' && /"IdentificationNumber"\s*:\s*"(\w{18})"/.exec(value)?.[1];
    if (bound && mayBeReal(bound)) return true;
  }
  return false;
}

function shown(kept: Kept, lang: Lang): JournalEntry {
  const { id, at, ms, requestId, operation, status, code, hints, rules, explanation } = kept;
  const request = requestOf(kept);
  return {
    id,
    at: new Date(at).toISOString(),
    requestId,
    operation: operation ?? maskText(`${versionOf(request) || '-'}/${actionOf(request) || '-'}`).slice(0, ASKED),
    method: request.method,
    scheme: request.scheme,
    status,
    code,
    ms: Math.round(ms * 100) / 100,
    params: Object.fromEntries(maskParams(request.params)),
    hints: hints.map((hint) => hint[lang]),
    rules,
    explanation: explanation && maskText(explanation),
  };
}
