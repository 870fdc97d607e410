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
/** What the syntax of linear time has not. */
const UNSUPPORTED = [
  [/\(\?<?[=!]/, 'lookahead and lookbehind are'],
  [/\\[1-9]|\\k</, 'references to a group are'],
] as const;

export const compileRegExp: CompileRegExp = (source, flags) => {
  if (source.length > MAX_LENGTH)
    throw new InputError(`a regular expression of ${source.length} characters; ${MAX_LENGTH} are the most`);
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
    throw new InputError(
      what
        ? `${what} not supported in a regular expression here: patterns are RE2 syntax and run in linear time`
        : `the regular expression /${source.slice(0, 60)}/ cannot be read: ${(error as Error).message.replace(/^error parsing regexp: /, '')}`,
    );
  }
};
