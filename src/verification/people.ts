/** People of one's own: whoever carries the name or the number of one ends his verifications as said, whatever the product. */
import { InputError } from '../platform/input-error.js';
import { nearest, orAll } from '../platform/nearest.js';
import { type Outcome, outcomeText, parseOutcome } from './outcome.js';

export interface Person {
  readonly name?: string;
  /** An identity number, or that of another document. */
  readonly certNumber?: string;
  readonly outcome: Outcome;
}

/** By name and by number, which is in upper case. */
export type People = ReadonlyMap<string, Outcome>;

const LONGEST = 64;
const MEMBERS = ['name', 'certNumber', 'outcome'];
const FORM = 'write WHO=OUTCOME ({ name?, certNumber?, outcome } in code), such as 李小明=fail:204';
const ENDS = ['pass', 'fail', 'quit'];

/** @param written `WHO=OUTCOME`; who has a digit in it is a number. @throws InputError saying how it is written */
export function parsePerson(written: string): Person {
  const [who = '', ...rest] = written.split('=');
  if (rest.length === 0) throw new InputError(FORM);
  return checkPerson({ [/\d/.test(who) ? 'certNumber' : 'name']: who, outcome: rest.join('=') });
}

/** @throws InputError with what is wrong; numbers are not repeated */
export function checkPerson(value: unknown): Person {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new InputError(FORM);
  const { name, certNumber, outcome } = value as Readonly<Record<string, unknown>>;
  const stranger = Object.keys(value).find((member) => !MEMBERS.includes(member));
  if (stranger !== undefined)
    throw new InputError(`a person has no '${stranger.slice(0, LONGEST)}'${orAll(stranger, MEMBERS)}`);
  if (name === undefined && certNumber === undefined)
    throw new InputError('a person has a name, a certNumber, or both');
  return {
    ...(name !== undefined && { name: textOf('name', name) }),
    ...(certNumber !== undefined && { certNumber: textOf('certNumber', certNumber).toUpperCase() }),
    outcome: outcomeOf(outcome),
  };
}

function textOf(member: string, value: unknown): string {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '' || text.length > LONGEST) throw new InputError(`${member} takes text of 1 to ${LONGEST} characters`);
  // `张三~fail:204` says itself how it ends
  if (text.includes('~')) throw new InputError(`${member} takes no ~, which begins a suffix that decides by itself`);
  return text;
}

function outcomeOf(value: unknown): Outcome {
  // one that was read already
  const text = typeof value === 'object' && value !== null ? outcomeText(value as Outcome) : value;
  const [end = ''] = typeof text === 'string' ? text.split(':') : [];
  if (typeof text !== 'string' || !ENDS.includes(end)) {
    const near = nearest(end, ENDS);
    throw new InputError(`outcome takes pass, fail, fail:REASON or quit${near ? `; did you mean ${near}?` : ''}`);
  }
  return parseOutcome(text);
}

/** @throws InputError where two are one */
export function peopleOf(people: readonly Person[]): People {
  const found = new Map<string, Outcome>();
  for (const { name, certNumber, outcome } of people) {
    for (const [member, key] of Object.entries({ name, certNumber })) {
      if (key === undefined) continue;
      if (found.has(key)) throw new InputError(`two people have the same ${member}; give each one of his own`);
      found.set(key, outcome);
    }
  }
  return found;
}

/** The name goes before the number. */
export const outcomeOfOneIn = (people: People, name = '', number = ''): Outcome | undefined =>
  people.get(name) ?? people.get(number.toUpperCase());
