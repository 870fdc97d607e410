/** Examples in documents: a block of code and, under it, what it answers; `…` there stands for anything. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

export interface Example {
  readonly language: string;
  readonly code: string;
  readonly answer: string;
}

const EXAMPLE = /^```(?<language>bash|js)\n(?<code>.*?)\n```\n\n```(?:json|text)\n(?<answer>.*?)\n```$/gms;

export const examplesOf = (page: string): Example[] =>
  [...readFileSync(page, 'utf8').matchAll(EXAMPLE)].map(({ groups }) => groups as unknown as Example);

/** Matches a text that is `shown`, each `…` in it being any text. */
export const likeText = (shown: string) =>
  expect.stringMatching(new RegExp(`^${shown.split('…').map(escaped).join('.*')}$`, 's'));

/** `…` alone is any value, and at the end of a list more of it. */
export function likeValue(shown: unknown): unknown {
  if (shown === '…') return expect.anything();
  if (typeof shown === 'string' && shown.includes('…')) return likeText(shown);
  if (Array.isArray(shown))
    return shown.at(-1) === '…' ? expect.arrayContaining(shown.slice(0, -1).map(likeValue)) : shown.map(likeValue);
  if (shown === null || typeof shown !== 'object') return shown;
  return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, likeValue(value)]));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
