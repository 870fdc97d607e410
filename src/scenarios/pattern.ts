/** How a rule compares a value: equal, `*` globs, or `/regex/flags`. */
import { InputError } from '../platform/input-error.js';

export type Matches = (value: string | undefined) => boolean;
/** @throws InputError with what is wrong with it */
export type CompileRegExp = (source: string, flags: string) => Matches;

/** Of a longer value only the beginning is compared: a rule is about a name or a number, not about a picture. */
const COMPARED = 4096;

const REGEX = /^\/(.+)\/([a-z]*)$/s;

/** The one value a pattern stands for; undefined for a glob or a regular expression. */
export function literalOf(pattern: string | number | boolean): string | undefined {
  const text = String(pattern);
  return REGEX.test(text) || text.includes('*') ? undefined : text;
}

const globsOnly: CompileRegExp = () => {
  throw new InputError('a regular expression is taken in scenario files only; use * globs');
};

/** @param compileRegExp given where regular expressions are taken. @throws InputError when the pattern cannot be compiled */
export function compilePattern(pattern: string | number | boolean, compileRegExp = globsOnly): Matches {
  const text = String(pattern);
  const regex = REGEX.exec(text);
  if (regex) return beginning(compileRegExp(regex[1]!, regex[2]!));
  if (!text.includes('*')) return (value) => value === text;
  return beginning(glob(text.split('*')));
}

const beginning =
  (matches: Matches): Matches =>
  (value) =>
    value !== undefined && matches(value.slice(0, COMPARED));

/** Each part is looked for behind the one before it, once: however many stars there are, a value is read through once. */
function glob(parts: readonly string[]): Matches {
  const [front, back, between] = [parts[0]!, parts.at(-1)!, parts.slice(1, -1)];
  return (value = '') => {
    const end = value.length - back.length;
    let at = front.length;
    if (end < at || !value.startsWith(front) || !value.endsWith(back)) return false;
    for (const part of between) {
      const found = value.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= end;
  };
}
