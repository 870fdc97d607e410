/** Explicit conclusions: a tester decides how a verification ends, whatever the device mode. */
import type { Clock } from './clock.js';
import { bindingMaterials } from './products/cloudauth/materials.js';
import { queryErrors } from './products/saf/2017-03-31/codes.js';
import type { Store } from './store/store.js';
import type { Task } from './store/tasks.js';
import { SYNTHETIC_PERSON } from './verification/person.js';
import { type Conclusion, failed, type Materials, passed } from './verification/verification.js';

/**
 * @param id a VerifyToken or TicketId (Cloudauth), a queryId, zimId or bizId (SAF)
 * @throws RangeError when there is no such verification, or it has ended already
 */
export interface Verifications {
  pass(id: string, options?: AccountOption): Promise<void>;
  /** @param reason SAF: a code of the query table, default `Z1146`; Cloudauth: the AuditConclusions text */
  fail(id: string, reason?: string, options?: AccountOption): Promise<void>;
  /** Ends the token or session now, on the business clock. */
  expire(id: string, options?: AccountOption): Promise<void>;
}

export interface AccountOption {
  /** Default: `default`. */
  readonly account?: string;
}

/** What a failed session can answer; 300 would say it has not ended. */
const FAILURES = Object.keys(queryErrors).filter((code) => code !== '300');

/** An expired verification can still be concluded: a tester's word goes before every clock. */
export async function conclude(
  store: Store,
  clock: Clock,
  id: string,
  end: 'pass' | 'fail',
  reason?: string,
): Promise<void> {
  const session = await store.sessions.find(id);
  if (session) {
    if (end === 'fail' && reason !== undefined && !FAILURES.includes(reason)) {
      throw new RangeError(`a query documents no error '${reason}'; it documents: ${FAILURES.join(', ')}`);
    }
    const done = await store.sessions.conclude(
      session.id,
      end === 'pass' ? 'passed' : 'failed',
      end === 'pass' ? null : (reason ?? 'Z1146'),
      clock.now(),
    );
    if (!done) throw new RangeError(`verification '${id}' has ended already`);
    return;
  }
  const { task, materials } = await findTask(store, id);
  const conclusion: Conclusion =
    end === 'pass' ? passed(materials, clock.now()) : failed(materials, clock.now(), reason);
  if (!(await store.tasks.conclude(task.biz, task.ticket_id, conclusion)))
    throw new RangeError(`verification '${id}' has passed already`);
}

export async function expire(store: Store, clock: Clock, id: string): Promise<void> {
  const session = await store.sessions.find(id);
  if (session) return store.sessions.expire(session.id, clock.now());
  if (await store.tokens.expire(id, clock.now())) return;
  const { task } = await findTask(store, id);
  const token = await store.tokens.latest(task.biz, task.ticket_id);
  if (token) await store.tokens.expire(token.token, clock.now());
}

async function findTask(store: Store, id: string): Promise<{ task: Task; materials: Materials }> {
  const token = await store.tokens.find(id);
  const task = token ? await store.tasks.find(token.biz, token.ticket_id) : await store.tasks.byTicket(id);
  if (!task)
    throw new RangeError(
      `no verification '${id}'; use a VerifyToken, TicketId, queryId, zimId or bizId of this account`,
    );
  const binding = token ?? (await store.tokens.latest(task.biz, task.ticket_id));
  return { task, materials: { ...SYNTHETIC_PERSON, ...bindingMaterials(binding?.binding ?? '{}') } };
}
