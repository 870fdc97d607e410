/**
 * How a verification of one kind can end, and for which reasons it can fail. One list a kind, and one check of it: rules,
 * magic values, pages, the phone, the control side and the programmatic API accept and refuse the same.
 */
import { InputError } from '../platform/input-error.js';
import { didYouMean } from '../platform/nearest.js';
import { type End, isEnd, type Outcome, parseOutcome } from './outcome.js';

export interface Reason {
  /** As it is stored and answered: a code of a query's table, or a text of AuditConclusions. */
  readonly reason: string;
  /** Other spellings of it. */
  readonly also?: readonly string[];
  readonly text: { readonly zh: string; readonly en: string };
}

export interface Endings {
  /** Who documents the reasons, for messages. */
  readonly of: string;
  readonly ends: readonly End[];
  readonly reasons: readonly Reason[];
  /** The one meant by a mere `fail`. */
  readonly usual: string;
  /** Any other text that does not look like a code is a reason as well: AuditConclusions is free text. */
  readonly anyText?: true;
  /** The code that says nothing has ended yet: who orders it as a failure has the person leave. */
  readonly unfinished?: string;
}

/** `Z1146`, `204`, `A12`. */
const LOOKS_LIKE_A_CODE = /^[A-Z]{0,2}\d{1,5}$/i;

/** @returns the reason as it is spelt in the list. @throws InputError naming those there are */
export function reasonIn({ of, reasons, usual, anyText }: Endings, said: string | undefined): string {
  if (said === undefined || said === '') return usual;
  const known = reasons.find(({ reason, also = [] }) => reason === said || also.includes(said));
  if (known) return known.reason;
  if (anyText && !LOOKS_LIKE_A_CODE.test(said)) return said;
  const all = reasons.map(({ reason }) => reason);
  const documented = `it documents: ${all.join(', ')}${anyText ? ', or any text that is no code' : ''}`;
  throw new InputError(`${of} documents no error '${said}'${didYouMean(said, all, documented)}`);
}

/** @returns the outcome, its reason as it is spelt in the list. @throws InputError naming the ends or reasons there are */
export function endingIn(endings: Endings, { kind, reason }: Outcome): Outcome {
  if (!endings.ends.includes(kind))
    throw new InputError(`${endings.of} cannot end with '${kind}'; it can with: ${endings.ends.join(', ')}`);
  return kind === 'fail' ? { kind, reason: reasonIn(endings, reason) } : { kind };
}

/**
 * What a word in an address or a form means: an outcome, or the spelling of a reason alone, as in `auto=Z1146`.
 * @returns undefined for a word that means none
 */
export function endingOf(endings: Endings, word: string): Outcome | undefined {
  const bare = endings.reasons.some(({ reason, also = [] }) => reason === word || also.includes(word));
  if (!bare && !isEnd(word) && !word.startsWith('fail:')) return undefined;
  try {
    return endingIn(endings, bare ? { kind: 'fail', reason: word } : parseOutcome(word));
  } catch {
    return undefined;
  }
}
