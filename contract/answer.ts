/**
 * What an operation without behaviour answers: its printed example, in the types its response declares, and never one that
 * says that somebody passed.
 */
import { isList, isMap, kindOf, type Members, type Printed, type Shape } from './metadata.js';

/** @param printed undefined where nothing is printed: then a value of each type stands in */
export function typed(shape: Shape, printed: unknown, name = ''): unknown {
  if (isMap(shape)) return mapOf(printed);
  if (typeof shape === 'string') return scalar(kindOf(shape), printed);
  if (isList(shape)) {
    const items = Array.isArray(printed) ? printed : [undefined];
    return items.map((item) => typed(shape[0], item, name));
  }
  const given = printed as Printed | undefined;
  // what an example does not print, its answer does not have
  const names = Object.keys(shape).filter((each) => given === undefined || given[each] !== undefined);
  return Object.fromEntries(names.map((each) => [each, typed(shape[each]!, given?.[each], each)]));
}

/** Some are printed as the text of one. */
function mapOf(printed: unknown): unknown {
  if (typeof printed !== 'string') return printed ?? {};
  try {
    return JSON.parse(printed);
  } catch {
    return {};
  }
}

function scalar(kind: string, printed: unknown): unknown {
  switch (kind) {
    case 'integer':
      return Math.trunc(Number(printed)) || 0;
    case 'float':
      return Number(printed) || 0;
    case 'boolean':
      return printed === true || printed === 'true';
    default:
      return typeof printed === 'object' && printed !== null ? JSON.stringify(printed) : String(printed ?? 'sample');
  }
}

/** What members say of somebody who passed → what they say of somebody who did not. */
const VERDICTS: readonly (readonly [name: RegExp, passed: unknown, failed: unknown])[] = [
  [/passed$/i, 'T', 'F'],
  [/(passed|^ekycResult)$/i, 'Y', 'N'],
  [/passed$/i, true, false],
  [/passed$/i, 'true', 'false'],
  [/^bizCode$/i, '1', '2'],
  [/^subCode$/i, '200', '204'],
  [/^subCode$/i, '101', '201'],
  [/^verifyStatus$/i, 1, 2],
];
/** Of faces that are alike: 0 to 100, or 0 to 1. */
const SCORE = /(verifyScore|similarityScore|passedScore|compari\w*score\w*)$/i;
const UNLIKE = 41.5;

/** The same answer for somebody who did not pass, in texts of JSON as well. */
export function negative(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => negative(item, name));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([member, child]) => [member, negative(child, member)]));
  if (typeof value === 'string' && /^\s*[{[]/.test(value)) return negativeText(value);
  const verdict = verdictOn(name, value);
  if (verdict !== undefined) return verdict;
  if (!SCORE.test(name)) return value;
  if (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)) return String(unlike(Number(value)));
  return typeof value === 'number' ? unlike(value) : value;
}

const unlike = (score: number): number => Math.min(score, score > 1 ? UNLIKE : UNLIKE / 100);

const verdictOn = (name: string, value: unknown): unknown =>
  VERDICTS.find(([member, passed]) => passed === value && member.test(name))?.[2];

/** Some printed texts are nearly JSON: members are found by how they are written. */
const MEMBER = /(\\*"(\w+)\\*"\s*:\s*\\*"?)(\w+)/g;

function negativeText(text: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return text.replace(MEMBER, (whole, head: string, name: string, value: string) => {
      const verdict = verdictOn(name, value);
      return verdict === undefined ? whole : `${head}${verdict}`;
    });
  }
  const changed = JSON.stringify(negative(parsed));
  return changed === JSON.stringify(parsed) ? text : changed;
}

export const without = (members: Members, names: readonly string[]): Members =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
