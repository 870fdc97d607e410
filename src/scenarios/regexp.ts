/**
 * Regular expressions of scenario files, in an engine whose time grows with the length of what it reads: with the
 * engine of the language one pattern of 15 characters stops the emulator for ever.
 */
import { RE2JS } from 're2js';
import { InputError } from '../platform/input-error.js';
import type { CompileRegExp } from './pattern.js';

const MAX_LENGTH = 1000;
const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  s: RE2JS.DOTALL,
  m: RE2JS.MULTILINE,
  // characters, not code units: always so in this engine
  u: 0,
  // where a search goes on from: a rule only asks whether there is a match
  g: 0,
  y: 0,
};
/** All `{n}` of a pattern together: an engine for each repetition is built, and each costs. */
const MAX_REPEATS = 500;
const REPEAT = /\{(\d+)(?:,(\d*))?\}/g;

/** What the engine says → what we say. */
const REASONS = [
  [/closing \)/, 'a ( is not closed'],
  [/unexpected \)/, 'a ) closes nothing'],
  [/closing \]/, 'a [ is not closed'],
  [/argument to repetition/, 'nothing stands before a *, +, ? or {n}'],
  [/nested repetition/, 'two repetitions follow each other, as in a**'],
  [/repeat count/, 'a {n} is larger than 1000 or the wrong way round'],
  [/class range/, 'a range such as a-z is unknown or the wrong way round'],
  [/escape/, 'a backslash stands before a letter that means nothing there'],
  [/trailing backslash/, 'it ends with a backslash'],
  [/named capture|group name|Perl syntax/, 'a (? begins nothing that is known here'],
] as const;

/** What the syntax of linear time has not. */
const UNSUPPORTED = [
  [/\(\?<?[=!]/, 'lookahead and lookbehind are'],
  [/\\[1-9]|\\k</, 'references to a group are'],
] as const;

export const compileRegExp: CompileRegExp = (source, flags) => {
  if (source.length > MAX_LENGTH)
    throw new InputError(`a regular expression of ${source.length} characters; ${MAX_LENGTH} are the most`);
  let repeats = 0;
  for (const [, least, most] of source.matchAll(REPEAT)) repeats += Number(most || least);
  if (repeats > MAX_REPEATS)
    throw new InputError(
      `the repetitions {n} of a regular expression add up to ${repeats}; ${MAX_REPEATS} are the most`,
    );
  const unknown = [...flags].find((flag) => FLAGS[flag] === undefined);
  if (unknown) throw new InputError(`no regular expression flag '${unknown}'; there are i, s and m`);
  try {
    const compiled = RE2JS.compile(
      source,
      [...new Set(flags)].reduce((sum, flag) => sum + FLAGS[flag]!, 0),
    );
    return (value) => value !== undefined && compiled.test(value);
  } catch (error) {
    const [, what] = UNSUPPORTED.find(([pattern]) => pattern.test(source)) ?? [];
    const reason = REASONS.find(([pattern]) => pattern.test((error as Error).message))?.[1];
    throw new InputError(
      what
        ? `${what} not supported in a regular expression here: patterns are RE2 syntax and run in linear time`
        : `the regular expression /${source.slice(0, 60)}/ cannot be read${reason ? `: ${reason}` : ''}; patterns are RE2 syntax`,
    );
  }
};
