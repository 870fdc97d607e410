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

/** @returns the known word that differs from this one by the fewest letters, at most two and a third of it; undefined for a word that is known, or near to none */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.includes(word)) return undefined;
  const near = known
    .filter(({ length }) => Math.abs(length - word.length) <= 2)
    .map((each) => ({ each, off: distance(word.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, off }) => off <= Math.min(2, each.length / 3));
  return near.sort((a, b) => a.off - b.off)[0]?.each;
}
