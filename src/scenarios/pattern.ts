/** How a rule compares a value: equal, `*` globs, or `/regex/flags`. */

export type Matches = (value: string | undefined) => boolean;

/** Of a longer value only the beginning is compared: a rule is about a name or a number, not about a picture. */
const COMPARED = 4096;

const REGEX = /^\/(.+)\/([a-z]*)$/s;

/** The one value a pattern stands for; undefined for a glob or a regular expression. */
export function literalOf(pattern: string | number | boolean): string | undefined {
  const text = String(pattern);
  return REGEX.test(text) || text.includes('*') ? undefined : text;
}

/** @throws RangeError when a regular expression does not compile */
export function compilePattern(pattern: string | number | boolean): Matches {
  const text = String(pattern);
  const regex = REGEX.exec(text);
  if (regex) return byRegExp(toRegExp(regex[1]!, regex[2]!));
  if (!text.includes('*')) return (value) => value === text;
  return byGlob(text.split('*'));
}

/** Its two ends are compared first: a thousand globs about a thousand tickets are not a thousand regular expressions. */
function byGlob(parts: readonly string[]): Matches {
  const [front, back] = [parts[0]!, parts.at(-1)!];
  const between = parts.length > 2 && new RegExp(`^${parts.map(escaped).join('.*')}$`, 's');
  return (given) => {
    if (!given?.startsWith(front)) return false;
    const value = given.slice(0, COMPARED);
    if (value.length < front.length + back.length || !value.endsWith(back)) return false;
    return between ? between.test(value) : true;
  };
}

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

const byRegExp =
  (regex: RegExp): Matches =>
  (value) =>
    value !== undefined && regex.test(value.slice(0, COMPARED));

function toRegExp(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags.replace(/[gy]/g, ''));
  } catch (error) {
    throw new RangeError((error as Error).message);
  }
}
