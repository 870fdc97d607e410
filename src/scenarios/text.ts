/**
 * A scenario's text → a value, where nothing can be hurt: what is short, or JSON, is read here and now; what is longer
 * in a thread that has bounds, since the library may take a minute for a megabyte that means no well.
 */
import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml';
import { InputError } from '../platform/input-error.js';
import type { Sought } from './problem.js';
import { MAX_DEPTH, MAX_VALUES, readInThread } from './thread.js';
import { type ReadYaml, readYaml } from './yaml.js';

/** By name: the bundle leaves out the rest of the library. */
const yaml = { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser };

/** A rule takes some hundred bytes: ten thousand of them. */
export const MAX_BYTES = 1024 * 1024;
/** Characters that are read here, whatever they are, in less time than a thread takes to start. */
const SHORT = 2048;
/** While nobody is served yet, at the start, a second is nobody's loss; files that mean well are no longer. */
const SHORT_AT_START = 65_536;

/**
 * @param sought places that are wanted of it
 * @param atStart nobody is served yet
 * @param exact a value that is read as another word than is written is a fault
 * @throws InputError naming the limit it exceeds
 */
export async function readText(
  text: string,
  sought: readonly Sought[] = [],
  atStart = false,
  exact = false,
): Promise<ReadYaml> {
  if (Buffer.byteLength(text) > MAX_BYTES) throw new InputError('larger than 1 MB, the limit of a scenario');
  const json = sought.length === 0 ? readJson(text) : undefined;
  if (json) return json;
  if (text.length > (atStart ? SHORT_AT_START : SHORT)) return readInThread(text, sought);
  // the library makes an error of each thing it finds: their stacks would take most of the time
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return readYaml(yaml, text, sought, MAX_DEPTH, MAX_VALUES, exact);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** @returns undefined for what is no JSON, or names a key twice: that has to be told where it stands */
function readJson(text: string): ReadYaml | undefined {
  const bare = text.replace(/^\uFEFF/, '');
  if (!/^\s*\{/.test(bare)) return undefined;
  try {
    const value: unknown = JSON.parse(bare);
    return keysOf(value) === keysIn(bare) ? { value, faults: [], places: [] } : undefined;
  } catch {
    return undefined;
  }
}

/** How many keys all its objects have together. */
function keysOf(value: unknown): number {
  let keys = 0;
  const open = [value];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const members: unknown[] = Array.isArray(each) ? each : Object.values(each as object);
    if (members !== each) keys += members.length;
    for (const member of members) if (member !== null && typeof member === 'object') open.push(member);
  }
  return keys;
}

/** How many keys sound JSON writes: a colon outside of texts follows each. */
function keysIn(json: string): number {
  let keys = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const char = json[at];
    if (quoted && char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (char === ':' && !quoted) keys++;
  }
  return keys;
}
