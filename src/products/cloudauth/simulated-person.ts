/**
 * Where a real user would act on a phone, a simulated person finishes when the result is asked for and the device
 * mode's condition is met: only while the token lives, nobody submitted anything, and nobody real is on the page. It is
 * stored once.
 */
import type { Context } from '../../gateway/context.js';
import { StoreFullError } from '../../oss/store-full.js';
import type { Task } from '../../store/tasks.js';
import { SYNTHETIC_PERSON } from '../../verification/person.js';
import { isDue } from '../../verification/progression.js';
import { needsPerson } from '../../verification/solutions.js';
import { concludedBy, isAlive } from '../../verification/verification.js';
import { PASS, pictureOutcome, taskOutcome, ticketOutcome } from '../magic.js';
import { bindingMaterials, kept } from './materials.js';

/** The task as it stands now; undefined when there is none. A scenario comes before a magic value, that before a pass. */
export async function askTask(biz: string, ticketId: string, context: Context): Promise<Task | undefined> {
  const { store, clock, behaviour, outcome, note } = context;
  const task = await store.tasks.ask(biz, ticketId);
  if (!task || task.status !== -1 || !needsPerson(task.solution)) return task;
  const now = clock.now();
  const token = await store.tokens.latest(biz, ticketId);
  if (!token || !isAlive(token.expires_at, now)) return task;
  if (!outcome && !isDue(behaviour.device, token.issued_at, now, task.asked)) return task;
  if (!outcome && (await store.visits.isOpen(token.token))) return task;
  const materials = { ...SYNTHETIC_PERSON, ...bindingMaterials(token.binding) };
  const end =
    outcome ??
    ticketOutcome(ticketId) ??
    pictureOutcome(Object.values(materials)) ??
    taskOutcome(materials.Name, materials.IdentificationNumber) ??
    PASS;
  if (end.kind === 'expire') await store.tokens.expire(token.token, now);
  const stored = await kept(materials, context.photos).catch((error: Error) => {
    if (!(error instanceof StoreFullError)) throw error;
    note('object-store-full');
    return undefined;
  });
  const conclusion = stored && concludedBy(end, stored, now);
  if (!conclusion) return task;
  const finished = await store.tasks.simulate(biz, ticketId, conclusion);
  if (!finished) return store.tasks.find(biz, ticketId);
  if (!outcome) note('simulated-device');
  return finished;
}
