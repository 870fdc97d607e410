/** How a page ends what it is for. */
import { ControlError } from '../../control/verbs.js';
import type { Ending } from '../../control/verifications.js';
import type { Outcome } from '../../verification/outcome.js';
import type { PagesDeps } from '../deps.js';

/** Of two windows the first one's ending holds. @param more beside the reason */
export async function concludeOnPage(
  { control }: Pick<PagesDeps, 'control'>,
  account: string,
  id: string,
  { kind, reason }: Outcome,
  more: Omit<Ending, 'reason' | 'counts'> = {},
): Promise<void> {
  try {
    // a tester or a magic value decides here: no failure of a person
    await control().conclude(account, id, kind, { ...more, reason, counts: false });
  } catch (error) {
    if (!(error instanceof ControlError && error.status === 409)) throw error;
  }
}
