/** Recipes in documents: code that a test runs as it stands, and what it prints. */
import { readFileSync } from 'node:fs';

/** `<!-- run: name -->` or `<!-- file: name -->`, the block under it, and for a run the block that shows its output. */
const MARKED =
  /^<!-- (?<kind>run|file): (?<name>[\w.-]+) -->\n```(?<language>\w+)\n(?<code>.*?)^```\n(?:\n```(?:json|xml|text)\n(?<output>.*?)^```\n)?/gms;

export interface Recipe {
  readonly name: string;
  readonly language: string;
  readonly code: string;
  readonly output: string;
}

export function recipesOf(page: string) {
  const text = readFileSync(page, 'utf8');
  const marked = [...text.matchAll(MARKED)].map(({ groups }) => groups as unknown as Recipe & { kind: string });
  const isCode = ({ language }: { language: string }) => ['bash', 'js', 'ts'].includes(language);
  return {
    files: marked.filter(({ kind }) => kind === 'file') as Recipe[],
    runs: marked.filter(({ kind }) => kind === 'run') as Recipe[],
    /** Blocks of code there are, and how many of them a mark makes known. */
    blocks: [...text.matchAll(/^```(?:bash|js|ts)$/gm)].length,
    tested: marked.filter(isCode).length,
  };
}
