/** Something wrong in a scenario or a config file, and all of it as one message: where, what, the line, and what may have been meant. */
import { InputError } from '../platform/input-error.js';
import { oneLine } from '../platform/redact.js';

/** A scenario is wrong: its message has a paragraph for each thing that is. */
export class ScenarioError extends InputError {
  override readonly name = 'ScenarioError';
  /** @param problems the same, for an editor; none where it is no text that is wrong */
  constructor(
    message: string,
    readonly problems: readonly PlacedProblem[] = [],
  ) {
    super(message);
  }
}

/** Line and column from 1. */
export interface PlacedProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type Path = readonly (string | number)[];
export interface Sought {
  readonly path: Path;
  /** The place of its key, not of its value. */
  readonly key?: boolean;
}

/** At a path of the file; `key`: the key itself is wrong. */
export interface Problem extends Sought {
  readonly message: string;
}

/** So many are told; what is mended first often mends others. */
const MOST = 50;
const MOST_OF_A_LINE = 100;

/** `rules.yaml:3:9: what is wrong`, and below it the line. */
export interface Located {
  /** An offset into the text. */
  readonly at: number;
  readonly message: string;
}

export const refusal = (name: string, text: string, located: readonly Located[]): ScenarioError =>
  new ScenarioError(locatedText(name, text, located), placed(text, located));

function placed(text: string, located: readonly Located[]): PlacedProblem[] {
  const lineAt = lineFinder(text);
  return inOrder(located).map(({ at, message }) => {
    const { number, from } = lineAt(at);
    return { line: number, column: at - from + 1, message: oneLine(message) };
  });
}

const inOrder = (located: readonly Located[]): Located[] => [...located].sort((a, b) => a.at - b.at).slice(0, MOST);

/** @param name of the file @param excerpts whether the lines themselves may be shown: they may hold secrets */
export function locatedText(name: string, text: string, located: readonly Located[], excerpts = true): string {
  const lineAt = lineFinder(text);
  const paragraphs = inOrder(located).map(({ at, message }) => {
    const { number, from, line } = lineAt(at);
    const place = `${name}:${number}:${at - from + 1}: ${oneLine(message)}`;
    return excerpts ? `${place}\n  ${number} | ${excerpt(line, at - from)}` : place;
  });
  return more(paragraphs, located.length).join('\n');
}

interface Line {
  /** From 1. */
  readonly number: number;
  /** The offset at which it begins. */
  readonly from: number;
  readonly line: string;
}

export function lineFinder(text: string): (at: number) => Line {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ 0: end, index }) => index + end.length)];
  return (at) => {
    const number = Math.max(1, starts.findLastIndex((start) => start <= at) + 1);
    const from = starts[number - 1]!;
    return { number, from, line: text.slice(from, starts[number]).replace(/[\r\n]+$/, '') };
  };
}

export const refusalOf = (...said: Parameters<typeof pathText>): ScenarioError => new ScenarioError(pathText(...said));

/** Of what is no text, but an object of a program: its path stands for the line. */
export function pathText(name: string, problems: readonly Problem[]): string {
  const lines = problems.slice(0, MOST).map(({ path, message }) => {
    const where = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    return `${name}: ${where && `${where.replace(/^\./, '')}: `}${oneLine(message)}`;
  });
  return more(lines, problems.length).join('\n');
}

const more = (told: readonly string[], all: number): readonly string[] =>
  all > told.length ? [...told, `and ${all - told.length} more`] : told;

/** What is around the place, in one line whatever it holds. */
function excerpt(line: string, column: number): string {
  const from = line.length <= MOST_OF_A_LINE ? 0 : Math.max(0, column - MOST_OF_A_LINE / 2);
  const part = line.slice(from, from + MOST_OF_A_LINE);
  const shown = `${from > 0 ? '…' : ''}${part}${from + part.length < line.length ? '…' : ''}`;
  return oneLine(shown.replaceAll('\t', ' ')).trimEnd();
}
