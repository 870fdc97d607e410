/** Which of the known words somebody meant who wrote another one. */

/** Single letters added, dropped, changed, or swapped with their neighbour; capitals do not count. */
function distance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    [before, last] = [last, row];
  }
  return last[b.length]!;
}

/**
 * @returns the known words that differ from this one by the fewest letters, at most two and a third of it, the nearest
 * first; none for a word that is known, or near to none
 */
export function nearestOf(word: string, known: readonly string[], most = 3): string[] {
  if (known.includes(word)) return [];
  const near = [...new Set(known)]
    .filter(({ length }) => Math.abs(length - word.length) <= 2)
    .map((each) => ({ each, off: distance(word.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, off }) => off <= Math.min(2, each.length / 3))
    .sort((a, b) => a.off - b.off);
  // where only capitals differ there is no doubt
  return near.slice(0, near[0]?.off === 0 ? 1 : most).map(({ each }) => each);
}

/** The first of {@link nearestOf}. */
export const nearest = (word: string, known: readonly string[]): string | undefined => nearestOf(word, known, 1)[0];

/**
 * To be put behind what is wrong: `; did you mean A, B or C?`, or nothing.
 * @param help what follows in either case: where all of them are listed
 */
export function didYouMean(word: string, known: readonly string[], help = ''): string {
  const near = nearestOf(word, known);
  const words = [near.slice(0, -1).join(', '), near.at(-1)].filter(Boolean).join(' or ');
  if (words === '') return help && `; ${help}`;
  return `; did you mean ${words}?${help && ` ${help}`}`;
}

/** What a refusal of a word says behind it: the nearest that are known, else all of them. */
export const orAll = (word: string, known: readonly string[]): string =>
  didYouMean(word, known) || `; there are: ${known.join(', ')}`;
