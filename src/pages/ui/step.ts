/** What a person does on a page: for the journal a row each, beside the calls; stored for the verification's timeline. */
import type { PageEvent } from '../../control/events.js';
import { kindOf } from '../../products/kinds.js';
import type { Verification } from '../../verification/verification.js';
import type { PagesDeps } from '../deps.js';

export async function tellStep(
  deps: PagesDeps,
  account: string,
  one: Verification,
  step: PageEvent['step'],
): Promise<void> {
  const kind = kindOf(one.kind);
  const page: PageEvent = { step, id: kind.shown(one).id, product: kind.name };
  deps.note(account, deps.wallClock.now(), () => ({ kind: 'page', page }));
  // a picture is kept itself, with its instant
  if (step !== 'picture') await deps.storeOf(account).pageSteps.did(one.id, step, deps.clockOf(account).now());
}
