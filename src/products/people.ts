/** Whether the verifications there are can end as people of one's own are to end theirs. */
import { InputError } from '../platform/input-error.js';
import { didYouMean } from '../platform/nearest.js';
import { maskIdNumbers } from '../platform/redact.js';
import { endingIn } from '../verification/endings.js';
import { testSequence } from '../verification/id-number.js';
import { type Outcome, outcomeText } from '../verification/outcome.js';
import { type Person, peopleOf } from '../verification/people.js';
import { kinds } from './kinds.js';
import { type Identity, identities } from './magic.js';

/** @throws InputError naming the reason that none documents, or whom there are two of */
export function checkPeople(people: readonly Person[]): void {
  peopleOf(people);
  for (const { certNumber, outcome } of people) {
    if (identities[testSequence(certNumber ?? '') ?? -1])
      throw new InputError('that certNumber is a test identity’s already; take another, such as 990000198001019017');
    if (kinds.some(({ endings }) => isOneOf(endings, outcome))) continue;
    const known = kinds.flatMap(({ endings }) => endings.reasons.map(({ reason }) => reason));
    const listed = '“cloudauth-mock identities” lists them';
    throw new InputError(
      `no verification fails for the reason '${outcome.reason}'${didYouMean(outcome.reason ?? '', known, listed)}`,
    );
  }
}

function isOneOf(endings: Parameters<typeof endingIn>[0], outcome: Outcome): boolean {
  try {
    endingIn(endings, outcome);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** As the catalogue shows them; it may be open to others, so numbers are masked. */
export type OwnIdentity = Omit<Identity, 'number'> & { readonly number?: string };

export const ownIdentities = (people: readonly Person[]): OwnIdentity[] =>
  people.map(({ name, certNumber, outcome }) => ({
    number: certNumber && maskIdNumbers(certNumber),
    name,
    meaning: `of your own: ${outcomeText(outcome)}`,
    magic: { outcome },
  }));
