/** A scenario → compiled rules, or one error that says of everything wrong in it where it stands and what is meant. */
import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import type { Version } from '../gateway/operation.js';
import { InputError } from '../platform/input-error.js';
import { contractProblems, whereHonoured } from './contract.js';
import { frameSchema, keysAt, ruleSchema } from './format.js';
import { problemsIn, said } from './issues.js';
import { type Located, lineFinder, type Problem, refusal, refusalOf, ScenarioError } from './problem.js';
import { compileRegExp } from './regexp.js';
import { compileRule, type Rule, type RuleSource } from './rule.js';
import { faultText, isHarmless } from './syntax.js';
import { MAX_BYTES, readText } from './text.js';

export { ScenarioError };

/** @param label what its rules are called by @param atStart nobody is served yet. @throws ScenarioError */
export async function readScenarioFile(
  file: string,
  versions: readonly Version[],
  label: string,
  atStart: boolean,
): Promise<Rule[]> {
  let text: string;
  try {
    // a byte more than there may be: what is longer is not read to its end
    const bytes = await buffer(createReadStream(file, { end: MAX_BYTES }));
    text = bytes.toString('utf8');
  } catch (error) {
    throw new ScenarioError(`${file}: ${(error as Error).message}`);
  }
  return readScenario(text, file, versions, label, atStart);
}

/** @param name of the source, for messages @param label for the names of its rules. @throws ScenarioError */
export async function readScenario(
  text: string,
  name: string,
  versions: readonly Version[],
  label = name,
  atStart = false,
): Promise<Rule[]> {
  const read = (sought?: readonly Problem[]) =>
    readText(text, sought, atStart).catch((error) => {
      throw error instanceof InputError ? new ScenarioError(`${name}: ${error.message}`) : error;
    });
  const garbled = text.indexOf('\uFFFD');
  if (garbled >= 0)
    throw refusal(name, text, [
      { at: garbled, message: 'this is no UTF-8; save the file, or send the text, as UTF-8' },
    ]);
  const { value, faults } = await read();
  const told = faults.map((fault) => ({ at: fault.at, message: faultText(fault) }));
  if (!faults.every(isHarmless)) throw refusal(name, text, firstOfEachLine(text, told));
  const { rules, problems } = await rulesIn(value, label, versions);
  if (problems.length === 0 && told.length === 0) return rules;
  const { places } = await read(problems);
  const located = problems.map(({ message }, index) => ({ at: places[index] ?? 0, message }));
  // of one value the first word is enough
  const rest = located.filter(({ at }) => !told.some((one) => one.at === at));
  throw refusal(name, text, [...told, ...rest]);
}

/** One slip of syntax makes others behind it in its line; the value is not what was meant. */
function firstOfEachLine(text: string, told: readonly Located[]): Located[] {
  const lineAt = lineFinder(text);
  const lines = new Map<number, Located>();
  for (const each of told) {
    const { number } = lineAt(each.at);
    if (each.at < (lines.get(number)?.at ?? Number.POSITIVE_INFINITY)) lines.set(number, each);
  }
  return [...lines.values()];
}

/** Of an object as a file would hold it. @throws ScenarioError */
export async function readScenarioObject(given: unknown, name: string, versions: readonly Version[]): Promise<Rule[]> {
  const { rules, problems } = await rulesIn(asWritten(given, name), name, versions);
  if (problems.length > 0) throw refusalOf(name, problems);
  return rules;
}

/** The calls that `on` and `when` of a rule are about. @throws ScenarioError */
export function readExpectation(on: string, when: unknown, versions: readonly Version[]): Rule {
  const read = readRule(asWritten({ on, when, then: { delay: 0 } }, 'verify'), 'verify', versions);
  if ('rule' in read) return read.rule;
  throw refusalOf('verify', read.problems);
}

/** What a file would hold of it. */
function asWritten(given: unknown, name: string): unknown {
  let text: string | undefined;
  try {
    text = JSON.stringify(given);
  } catch (error) {
    // a circle, a getter that throws, a bigint, more depth than the stack has
    throw new ScenarioError(`${name}: it cannot be written as JSON: ${(error as Error).message.split('\n')[0]}`);
  }
  if (text === undefined) throw new ScenarioError(`${name}: give a text, or an object that has rules`);
  if (text.length > MAX_BYTES) throw new ScenarioError(`${name}: larger than 1 MB, the limit of a scenario`);
  return JSON.parse(text);
}

const MOST_PROBLEMS = 100;
/** Of one rule: more parameters than any operation has. Each may be a pattern that takes a millisecond or two to compile. */
const MOST_PARAMS = 32;

async function rulesIn(
  value: unknown,
  label: string,
  versions: readonly Version[],
): Promise<{ rules: Rule[]; problems: Problem[] }> {
  const frame = frameSchema.safeParse(value, { error: said });
  const problems = frame.success ? [] : problemsIn(frame.error.issues, [], keysAt);
  const listed: unknown = (value as { rules?: unknown } | null)?.rules;
  const rules: Rule[] = [];
  const all: readonly unknown[] = Array.isArray(listed) && listed.length <= 10_000 ? listed : [];
  for (const [index, raw] of all.entries()) {
    if (problems.length >= MOST_PROBLEMS) break;
    // one in a turn of the event loop: others are served meanwhile
    await new Promise(setImmediate);
    const read = readRule(raw, `${label}#${index + 1}`, versions);
    if ('rule' in read) rules.push(read.rule);
    else problems.push(...read.problems.map((each) => ({ ...each, path: ['rules', index, ...each.path] })));
  }
  return { rules, problems };
}

/** One rule as it is written. */
export function readRule(
  raw: unknown,
  name: string,
  versions: readonly Version[],
): { readonly rule: Rule } | { readonly problems: readonly Problem[] } {
  const parsed = ruleSchema.safeParse(raw, { error: said });
  // what zod leaves out of a record stands in what was given
  const given = (raw ?? {}) as { when?: { params?: object }; then?: { fail?: unknown } };
  const params = Object.keys(given.when?.params ?? {});
  if (params.length > MOST_PARAMS)
    return {
      problems: [{ path: ['when', 'params'], message: `more than ${MOST_PARAMS} parameters; no call has as many` }],
    };
  if (!parsed.success) {
    const problems = problemsIn(parsed.error.issues, [], (path) => keysAt(['rules', 0, ...path]));
    const sound = soundPart(given);
    return { problems: sound ? [...problems, ...contractProblems(sound, versions, params)] : problems };
  }
  const rule = compileRule(name, parsed.data as RuleSource, compileRegExp);
  const problems = contractProblems(rule, versions, params);
  return problems.length > 0 ? { problems } : { rule: whereHonoured({ ...rule, written: raw }, versions) };
}

/** Of a rule that is wrong: what the contract can be asked about all the same. */
function soundPart(given: { readonly on?: unknown; readonly then?: { readonly fail?: unknown } }): Rule | undefined {
  const { on, then } = ruleSchema.shape;
  const named = on.safeParse(given.on);
  const ordered = then.shape.fail.safeParse(given.then?.fail);
  return named.success ? compileRule('', { on: named.data, then: { fail: ordered.data } }, compileRegExp) : undefined;
}
