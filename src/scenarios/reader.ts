/** A scenario file → compiled rules, or one message that says where and what: file, line, what was found, what is allowed. */
import { readFileSync } from 'node:fs';
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { Version } from '../gateway/operation.js';
import { InputError } from '../platform/input-error.js';
import { contractProblem, whereHonoured } from './contract.js';
import { fileSchema, KEYS } from './format.js';
import { compileRegExp } from './regexp.js';
import { compileRule, type Rule, type RuleSource } from './rule.js';

/** A scenario is wrong. */
export class ScenarioError extends InputError {
  override readonly name = 'ScenarioError';
}

/** Untrusted input: what is longer than this is no scenario. */
const MAX_BYTES = 1024 * 1024;
/** Far below what fills the stack: with a full one, compiling a regular expression ends the process instead of throwing. */
const MAX_NESTING = 500;

/** How many brackets are open at once; those in strings count too, which is near enough. */
function nesting(text: string): number {
  let [open, deepest] = [0, 0];
  for (const char of text) {
    if (char === '[' || char === '{') deepest = Math.max(deepest, ++open);
    else if ((char === ']' || char === '}') && open > 0) open--;
  }
  return deepest;
}

/** @param label what its rules are called by. @throws ScenarioError with `file:line: what is wrong` */
export function readScenarioFile(file: string, versions: readonly Version[], label = file): Rule[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ScenarioError(`${file}: ${(error as Error).message}`);
  }
  return readScenario(text, file, versions, label);
}

/** @param name of the source, for messages @param label for the names of its rules */
export function readScenario(text: string, name: string, versions: readonly Version[], label = name): Rule[] {
  if (Buffer.byteLength(text) > MAX_BYTES) throw new ScenarioError(`${name}: larger than 1 MB`);
  if (nesting(text) > MAX_NESTING)
    throw new ScenarioError(`${name}:1: more than ${MAX_NESTING} brackets are open at once`);
  const { value, lineOf } = parseYaml(text, name);
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success) {
    const issues: readonly Issue[] = parsed.error.issues;
    // a misspelt key explains the one that is missing
    const issue = innermost(issues.find(({ keys }) => keys) ?? issues[0]!);
    // a key that is not known is said where it stands
    const place = issue.keys?.[0] === undefined ? issue.path : [...issue.path, issue.keys[0]];
    const where = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    throw new ScenarioError(`${name}:${lineOf(place)}: ${where}${said(issue)}`);
  }
  return parsed.data.rules.map((source, index) => {
    const at = (field: readonly PropertyKey[]) => `${name}:${lineOf(['rules', index, ...field])}`;
    const rule = compileRule(`${label}#${index + 1}`, source as RuleSource, compileRegExp);
    const problem = contractProblem(rule, versions);
    if (problem) throw new ScenarioError(`${at(problem.field)}: ${problem.message}`);
    return whereHonoured(rule, versions);
  });
}

interface Parsed {
  readonly value: unknown;
  lineOf(path: readonly PropertyKey[]): number;
}

/** JSON is YAML; aliases are limited, or a small file could unfold without end. */
function parseYaml(text: string, name: string): Parsed {
  const lines = new LineCounter();
  let document: Document;
  let value: unknown;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true, logLevel: 'error' });
    if (document.errors.length === 0) value = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    // nested too deeply for the stack, or an alias bomb
    throw new ScenarioError(`${name}:1: ${(error as Error).message}`);
  }
  const broken = document.errors[0];
  if (broken) throw new ScenarioError(`${name}:${lines.linePos(broken.pos[0]).line}: ${broken.message}`);
  return { value, lineOf: (path) => lineOf(document, lines, path) };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly errors?: readonly (readonly Issue[])[];
  /** Those that are not known. */
  readonly keys?: readonly string[];
}

/** Of a union's complaints the one that got furthest says most. */
function innermost(issue: Issue): Issue {
  const inner = issue.errors
    ?.map(([first]) => first)
    .find((first) => first && !/^Invalid input: expected/.test(first.message));
  return inner ? innermost({ ...inner, path: [...issue.path, ...inner.path] }) : issue;
}

/** Beside a key that is not known stand those there are. */
function said({ message, keys, path }: Issue): string {
  if (!keys) return message.replace(/^Invalid input: (expected .+), received undefined$/, 'is missing: $1');
  const shape = path.length === 0 ? 'file' : path.length === 2 ? 'rule' : String(path.at(-1));
  return KEYS[shape] ? `${message}; there are: ${KEYS[shape].join(', ')}` : message;
}

/** The line of the node at a path, or of the nearest one above it. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] | null } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
