/** A verification as a tester sees it. */
import { kindOf } from '../products/kinds.js';
import { outcomeOf } from '../products/outcome-of.js';
import { outcomeText } from '../verification/outcome.js';
import type { People } from '../verification/people.js';
import { isAlive, type Verification } from '../verification/verification.js';
import { personShown } from './subject.js';
import { handleOf } from './verifications.js';

export interface VerificationView {
  /** Give it to pass, fail, quit or expire. */
  readonly id: string;
  /** Likewise, and no other verification's: two Biz may share a TicketId. */
  readonly handle: string;
  /** Its kind: `cloudauth`, `saf`, `financial-grade` or `classic`. */
  readonly product: string;
  readonly status: 'open' | 'review' | 'passed' | 'failed' | 'quit';
  /** ISO 8601, business clock. */
  readonly startedAt: string;
  /** When the time of its token or session is over, or was; the same clock. */
  readonly expiresAt: string;
  /** When it ended. Absent where it has not. */
  readonly endedAt?: string;
  readonly detail: string;
  /** Name and number, masked. Absent where neither was sent with it. */
  readonly person?: string;
  /** Why it failed, such as `Z1146`. Absent where it did not. */
  readonly reason?: string;
  /** How a magic value of it has it end unless somebody decides, such as `fail:Z1146`. Absent where none does. */
  readonly asksFor?: string;
  /** A person left it before anything was submitted. Absent otherwise. */
  readonly left?: true;
  /** Its time is over; a Cloudauth task goes on with a fresh token. Absent otherwise. */
  readonly expired?: true;
  /** A person has its page open: the simulated one waits. Absent otherwise. */
  readonly pageOpen?: true;
}

export const iso = (ms: number): string => new Date(ms).toISOString();

/** @param visited ids of those whose page is open. @param now business clock, ms */
export function viewOf(one: Verification, visited: ReadonlySet<string>, now: number, people: People): VerificationView {
  const kind = kindOf(one.kind);
  const { id, detail } = kind.shown(one);
  const open = one.status === 'open';
  const asksFor = open ? askedOf(one, people) : undefined;
  const { name, number } = kind.values(one);
  const person = personShown(name, number);
  return {
    ...{ id, handle: handleOf(one), product: kind.name, status: one.status },
    ...{ startedAt: iso(one.created_at), expiresAt: iso(one.expires_at) },
    ...(one.concluded_at !== null && { endedAt: iso(one.concluded_at) }),
    detail,
    ...(person !== undefined && { person }),
    ...(one.status === 'failed' && one.reason && { reason: one.reason }),
    ...(asksFor !== undefined && { asksFor }),
    ...(open && one.endings > 0 && { left: true as const }),
    ...(open && !isAlive(one.expires_at, now) && { expired: true as const }),
    ...(open && visited.has(one.id) && { pageOpen: true as const }),
  };
}

/** A plain pass is what everybody gets. */
function askedOf(one: Verification, people: People): string | undefined {
  const { endings, values } = kindOf(one.kind);
  const outcome = outcomeOf(endings, values(one), people);
  return outcome.kind === 'pass' ? undefined : outcomeText(outcome);
}
