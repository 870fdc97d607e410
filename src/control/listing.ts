/** Pages of verifications, as a tester asks for them. */
import type { Clock } from '../platform/clock.js';
import { COUNTED } from '../store/listing.js';
import type { Store } from '../store/store.js';
import type { People } from '../verification/people.js';
import { ControlError, type ListOptions, type VerificationPage } from './verbs.js';
import { viewOf } from './view.js';

const LISTED = 200;
const MOST_LISTED = 1000;
const LONGEST_Q = 200;

/** @throws ControlError saying what an option may be */
export async function pageOf(
  store: Store,
  clock: Clock,
  people: People,
  { status, q, limit = LISTED, after }: ListOptions & { readonly after?: number },
): Promise<VerificationPage> {
  if (status !== undefined && status !== 'open' && status !== 'ended')
    throw new ControlError(`status can only be 'open' or 'ended'`);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_LISTED)
    throw new ControlError(`limit must be a whole number from 1 to ${MOST_LISTED}`);
  if (after !== undefined && !(Number.isSafeInteger(after) && after >= 0))
    throw new ControlError('after must be what the Link header of the page before says');
  if (q !== undefined && (typeof q !== 'string' || q.length > LONGEST_Q))
    throw new ControlError(`q must be text of at most ${LONGEST_Q} characters`);
  const page = await store.verifications.page({ status, q, after, limit });
  if (!page) throw new ControlError('what after names was removed meanwhile; begin with the first page');
  const visited = new Set(await store.visits.subjects());
  const now = clock.now();
  return {
    listed: page.rows.map((one) => ({ exact: one.id, view: viewOf(one, visited, now, people) })),
    next: page.next,
  };
}

/** Of a million it takes ten milliseconds: asked for by who shows it. */
export async function totalOf(store: Store, { status, q }: ListOptions): Promise<Pick<VerificationPage, 'total'>> {
  if (q) return {};
  const n = await store.verifications.count(status);
  return { total: { n, orMore: n >= COUNTED } };
}
