/** @returns the text behind all that begin with `prefix`, in the order of their bytes; undefined when there is none */
export function behind(prefix: string): string | undefined {
  const characters = [...prefix];
  const last = characters.pop()?.codePointAt(0);
  if (last === undefined || last >= 0x10fffe) return undefined;
  // the surrogates stand between the two
  return characters.join('') + String.fromCodePoint(last >= 0xd7ff && last < 0xe000 ? 0xe000 : last + 1);
}
