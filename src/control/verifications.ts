/** Explicit conclusions: a tester decides how a verification ends, whatever the device mode. */

import type { Photos } from '../gateway/context.js';
import type { Clock } from '../platform/clock.js';
import { bindingMaterials, kept } from '../products/cloudauth/materials.js';
import { queryErrors } from '../products/saf/2017-03-31/codes.js';
import type { Store } from '../store/store.js';
import type { Task } from '../store/tasks.js';
import { SYNTHETIC_PERSON } from '../verification/person.js';
import { concludedBy, type Materials } from '../verification/verification.js';

/** What a tester asked of a verification cannot be done; the status is the one HTTP has for it. */
export class VerificationError extends RangeError {
  override readonly name = 'VerificationError';
  constructor(
    message: string,
    readonly status: 400 | 404 | 409,
  ) {
    super(message);
  }
}

/**
 * @param id a VerifyToken or TicketId (Cloudauth), a queryId, zimId or bizId (SAF)
 * @throws ControlError, a RangeError, when there is no such verification, its task has passed, or its session has ended.
 * A failed task can be ended anew; a token can be made to expire at any time
 */
export interface Verifications {
  pass(id: string, options?: AccountOption): Promise<void>;
  /** @param reason SAF: a code of the query table, default `Z1146`; Cloudauth: the AuditConclusions text */
  fail(id: string, reason?: string, options?: AccountOption): Promise<void>;
  /** The person leaves without finishing. */
  quit(id: string, options?: AccountOption): Promise<void>;
  /** Ends the token or session now, on the business clock. */
  expire(id: string, options?: AccountOption): Promise<void>;
}

export interface AccountOption {
  /** Default: `default`. */
  readonly account?: string;
}

const ENDED = { pass: 'passed', fail: 'failed', quit: 'quit' } as const;

/** What a failed session can answer; 300 would say it has not ended. */
const FAILURES = Object.keys(queryErrors).filter((code) => code !== '300');

export type Product = 'cloudauth' | 'saf';

/**
 * An expired verification can still be concluded: a tester's word goes before every clock.
 * @param handedIn Cloudauth: what the person gave on the page; it goes before what Binding holds
 * @returns whose verification it was
 */
export async function conclude(
  store: Store,
  clock: Clock,
  photos: Photos,
  id: string,
  end: 'pass' | 'fail' | 'quit',
  said?: string,
  handedIn: Materials = {},
): Promise<Product> {
  const reason = said === '' ? undefined : said;
  const session = await store.sessions.find(id);
  if (session) {
    if (end === 'fail' && reason !== undefined && !FAILURES.includes(reason)) {
      throw new VerificationError(`a query documents no error '${reason}'; it documents: ${FAILURES.join(', ')}`, 400);
    }
    const code = end === 'fail' ? (reason ?? 'Z1146') : null;
    const done = await store.sessions.conclude(session.id, ENDED[end], code, clock.now());
    if (!done) throw new VerificationError(`verification '${id}' has ended already`, 409);
    return 'saf';
  }
  const { task, materials } = await findTask(store, id);
  const all = { ...materials, ...handedIn };
  // a code of SAF's query is no text of AuditConclusions: the usual one stands in
  const text = reason !== undefined && Object.hasOwn(queryErrors, reason) ? undefined : reason;
  const conclusion = concludedBy(
    { kind: end, reason: text },
    end === 'quit' ? all : await kept(all, photos),
    clock.now(),
  );
  const { biz, ticket_id } = task;
  const done = conclusion
    ? await store.tasks.conclude(biz, ticket_id, conclusion)
    : await store.tasks.quit(biz, ticket_id);
  if (!done) throw new VerificationError(`verification '${id}' has passed already`, 409);
  return 'cloudauth';
}

/**
 * Ends a token, whatever its task has come to, or a session that is open.
 * @returns whose verification it was. @throws VerificationError
 */
export async function expire(store: Store, clock: Clock, id: string): Promise<Product> {
  const session = await store.sessions.find(id);
  if (session) {
    if (session.status !== 'created') throw new VerificationError(`verification '${id}' has ended already`, 409);
    await store.sessions.expire(session.id, clock.now());
    return 'saf';
  }
  if (await store.tokens.expire(id, clock.now())) return 'cloudauth';
  const { task } = await findTask(store, id);
  const token = await store.tokens.latest(task.biz, task.ticket_id);
  if (token) await store.tokens.expire(token.token, clock.now());
  return 'cloudauth';
}

async function findTask(store: Store, id: string): Promise<{ task: Task; materials: Materials }> {
  const token = await store.tokens.find(id);
  const task = token ? await store.tasks.find(token.biz, token.ticket_id) : await store.tasks.byTicket(id);
  if (!task)
    throw new VerificationError(
      `no verification '${id}'; use a VerifyToken, TicketId, queryId, zimId or bizId of this account`,
      404,
    );
  const binding = token ?? (await store.tokens.latest(task.biz, task.ticket_id));
  return { task, materials: { ...SYNTHETIC_PERSON, ...bindingMaterials(binding?.binding ?? '{}') } };
}
