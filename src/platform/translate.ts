/** What is said in English, in Chinese: by LANG in a terminal, by `?lang=zh` over HTTP. */
import type { Lang } from './language.js';
import { lazy } from './lazy.js';
import { fill, places } from './template.js';

/** @returns the same in the reader's language; as it is where the table has nothing for it */
export type Translate = (english: string) => string;

export const asItIs: Translate = (english) => english;

interface Sentence {
  readonly parts: readonly string[];
  /** Whether each place holds something that is translated in turn. */
  readonly deep: readonly boolean[];
  readonly chinese: string;
}

const chinese = lazy(
  () => import('./zh.js'),
  ({ zh }) => {
    const sentences = Object.entries(zh).map(
      ([english, text]): Sentence => ({
        parts: english.split(/\{\*?\}/),
        deep: [...english.matchAll(/\{(\*?)\}/g)].map(([, mark]) => mark === '*'),
        chinese: text,
      }),
    );
    return { zh, patterns: sentences.filter(({ parts }) => parts.length > 1) };
  },
);

/** So many sentences are in one another at most: `--scene: '…' is no solution; did you mean …?` */
const DEPTH = 4;

/** @throws LoadError */
export async function translator(lang: Lang): Promise<Translate> {
  if (lang === 'en') return asItIs;
  const { zh, patterns } = await chinese();
  const translate = (english: string, depth: number): string => {
    const whole = Object.hasOwn(zh, english) ? zh[english] : undefined;
    if (whole !== undefined || depth === 0) return whole ?? english;
    for (const { parts, deep, chinese } of patterns) {
      const found = places(parts, english);
      if (!found) continue;
      const said = found.map((text, index) => (deep[index] ? translate(text, depth - 1) : text));
      return fill(chinese, Object.fromEntries(said.map((text, index) => [index + 1, text])));
    }
    return english;
  };
  return (english) => translate(english, DEPTH);
}
