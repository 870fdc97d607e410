/** Dates in parameters of the information checks: `yyyyMMdd`, a day there is. */
import type { Hint } from '../../../../platform/hint.js';
import type { Texts } from './call.js';

const DATES = ['ValidityStartDate', 'ValidityEndDate', 'RegisterDate'] as const;
/** What a card without an end prints. */
const FOR_EVER = '长期';

/** @returns what is wrong with one of them, as a hint */
export function dateProblem(input: Texts): Hint | undefined {
  const wrong = DATES.find((name) => !isDate(name, input[name]));
  if (wrong) return ['date-form', { name: wrong }];
  const { ValidityStartDate: start, ValidityEndDate: end } = input;
  return start !== undefined && end !== undefined && end !== FOR_EVER && end < start ? 'dates-order' : undefined;
}

/** One that was not sent is none to complain of. */
function isDate(name: string, text: string | undefined): boolean {
  if (text === undefined) return true;
  if (name === 'ValidityEndDate' && text === FOR_EVER) return true;
  const [, year = '', month = '', day = ''] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
  const iso = `${year}-${month}-${day}`;
  const at = Date.parse(iso);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso);
}
