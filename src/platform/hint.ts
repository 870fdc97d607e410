/** Sentences for whoever debugs, beside the documented answer: in its header, in the log and in the journal. */
import type { hintTexts } from './hint-texts.js';
import type { Text } from './language.js';
import { lazy } from './lazy.js';
import { maskText } from './redact.js';
import { fill, places } from './template.js';

/** Every hint stands in hint-texts.ts. */
export type HintName = keyof typeof hintTexts;
type Value = string | number | readonly string[];
/** With what its places hold. */
export type Hint = HintName | readonly [name: HintName, values: Readonly<Record<string, Value>>];

export const HINT_HEADER = 'x-cloudauth-mock-hint';
/** Some clients refuse headers of a few kilobytes. */
export const MAX_HINT_BYTES = 512;
/** Of a value that a caller chose. */
const MAX_VALUE = 100;

const catalogue = lazy(() => import('./hint-texts.js'));

/** @returns each in both languages; their names while the catalogue cannot be loaded */
export async function sentences(hints: readonly Hint[]): Promise<readonly Text[]> {
  if (hints.length === 0) return [];
  const named = hints.map((hint) => (typeof hint === 'string' ? ([hint, {}] as const) : hint));
  const texts = await catalogue().catch(() => undefined);
  return named.map(([name, values]) => {
    if (!texts) return { en: name, zh: name };
    const [en, zh] = texts.hintTexts[name];
    const of = (lang: 0 | 1) =>
      Object.fromEntries(
        Object.entries(values).map(([place, value]) => [place, said(place, value, texts.reasons, lang)]),
      );
    return { en: fill(en, of(0)), zh: fill(zh, of(1)) };
  });
}

type Reasons = Readonly<Record<string, readonly [en: string, zh: string]>>;

function said(place: string, value: Value, reasons: Reasons, lang: 0 | 1): string {
  const words = [value].flat().map(String);
  const texts = words.map((word) => (place.startsWith('why') ? reason(word, reasons, lang) : bounded(word)));
  return texts.join(', ');
}

const bounded = (value: string): string => {
  const text = maskText(value.slice(0, MAX_VALUE * 10));
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}...` : text;
};

/** A word for a hint, such as an Action that is none: what can be no name of anything is not repeated, it may be a person's data. */
export const wordOf = (text: string): string => (/^[\p{L}\p{N}_.[\]-]{1,60}$/u.test(text) ? text : '?');

/** Reasons go by short names, which may hold details: `status-404`. What has no sentence is said as it is. */
function reason(name: string, reasons: Reasons, lang: 0 | 1): string {
  for (const [template, text] of Object.entries(reasons)) {
    const found = places(template.split('{}'), name);
    if (found) return text[lang].replaceAll('{}', () => found.shift() ?? '');
  }
  return bounded(name);
}

/** As a header can hold it: printable ASCII, percent-encoded UTF-8 where it is not, cut between two characters. */
export function hintText(hints: readonly Text[], maxBytes = MAX_HINT_BYTES): string {
  let header = '';
  for (const character of hints.map(({ en }) => en).join(' ')) {
    const next = /^[\x20-\x24\x26-\x7e]$/.test(character) ? character : encoded(character);
    if (header.length + next.length > maxBytes) break;
    header += next;
  }
  return header;
}

/** Who decided how a call was answered, where a hint says it. */
export type Decider = 'magic' | 'page';

const DECIDERS: Partial<Record<HintName, Decider>> = {
  'magic-value': 'magic',
  'magic-decides': 'magic',
  'magic-outranks': 'magic',
  'page-open': 'page',
};

/** @returns with the place of the hint among them; undefined where none says it */
export function deciderOf(hints: readonly Hint[]): { readonly by: Decider; readonly at: number } | undefined {
  for (const [at, hint] of hints.entries()) {
    const by = DECIDERS[typeof hint === 'string' ? hint : hint[0]];
    if (by) return { by, at };
  }
  return undefined;
}

/** Through UTF-8 bytes, which replaces half characters: encodeURIComponent throws on them. */
const encoded = (character: string): string => encodeURIComponent(Buffer.from(character).toString());
