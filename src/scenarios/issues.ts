/** What zod finds wrong with a value → problems in our words. */
import type { core } from 'zod';
import { didYouMean, nearestOf } from '../platform/nearest.js';
import type { Path, Problem } from './problem.js';

type Issue = core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
};

/** @param value that was found @returns how a message calls it */
export function called(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  const text = String(value);
  return `${typeof value === 'string' ? 'the text' : typeof value === 'number' ? 'the number' : 'the word'} '${text.slice(0, 60)}${text.length > 60 ? '…' : ''}'`;
}

/** Given to zod: it says what its own words would. Unknown keys are told one by one by {@link problemsIn}. */
export function said(issue: core.$ZodRawIssue): string {
  const { input } = issue;
  switch (issue.code) {
    case 'invalid_type':
      if (input === undefined) return `is missing: ${KINDS[issue.expected] ?? issue.expected}`;
      return `${called(input)} is not ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value': {
      const values = issue.values.map(String);
      return `${called(input)} is none of ${values.join(', ')}${didYouMean(String(input), values)}`;
    }
    case 'too_small':
      if (issue.origin === 'number' || issue.origin === 'int') return `${called(input)} is less than ${issue.minimum}`;
      return issue.origin === 'array' ? 'the list is empty' : 'the text is empty';
    case 'too_big':
      if (issue.origin === 'array') return `the list has more than ${issue.maximum} items`;
      if (issue.origin === 'string') return `the text has more than ${issue.maximum} characters`;
      return `${called(input)} is more than ${issue.maximum}`;
    default:
      return `${called(input)} is not what stands here`;
  }
}

const MOST_KEYS = 100;

/**
 * @param path of the value that was checked
 * @param keys which the mapping at a path may have
 */
export function problemsIn(issues: readonly Issue[], path: Path, keys: (at: Path) => readonly string[]): Problem[] {
  const meant = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.slice(0, MOST_KEYS).flatMap((key) => nearestOf(key, keys([...path, ...(issue.path as Path)]), 1))
      : [],
  );
  return issues.flatMap((issue): Problem[] => {
    const at: Path = [...path, ...(issue.path as Path)];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.slice(0, MOST_KEYS).map((key) => ({
        path: [...at, key],
        key: true,
        message: `no key '${key.slice(0, 60)}'${didYouMean(key, keys(at), `there are: ${keys(at).join(', ')}`)}`,
      }));
    if (issue.code === 'invalid_union') {
      const inner = furthest(issue.errors);
      if (inner) return problemsIn(inner, at, keys);
    }
    const [, missing] = /^is missing: (.*)/.exec(issue.message) ?? [];
    if (missing === undefined) return [{ path: at, message: issue.message }];
    const name = String(at.at(-1));
    // a misspelt key explains the one that is missing
    return meant.includes(name) ? [] : [{ path: at, message: `'${name}' is missing: ${missing}` }];
  });
}

/** Of several forms what the one says that got furthest; undefined where the value has none of them at all. */
function furthest(forms: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  for (const found of forms) {
    const [first] = found;
    if (!first) continue;
    if (first.path.length > 0) return found;
    if (first.code === 'invalid_type') continue;
    const inner = first.code === 'invalid_union' ? furthest(first.errors) : found;
    if (inner) return inner;
  }
  return undefined;
}
