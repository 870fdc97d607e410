/** JSON that somebody sent, read within bounds no honest text meets: V8 takes seconds for millions of brackets. */

const MOST_DEPTH = 100;
const MOST_MEMBERS = 10_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Whether a text has at most a hundred levels and ten thousand members: where not, it is not worth reading. */
export function isModest(text: string): boolean {
  const structure = /[[{,]/g;
  // one native search where there is little structure: a picture of megabytes has none
  for (let found = 0; structure.test(text); ) if (++found > MOST_DEPTH) return isModestOutsideStrings(text);
  return true;
}

function isModestOutsideStrings(text: string): boolean {
  let [depth, members] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > MOST_DEPTH) return false;
    } else if (code === 0x5d || code === 0x7d) depth--;
    else if (code === 0x2c && ++members > MOST_MEMBERS) return false;
  }
  return true;
}

/** @returns where the quote stands that closes the one at `start` */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (let code = text.charCodeAt(at); at < text.length && code !== QUOTE; code = text.charCodeAt(at))
    at += code === BACKSLASH ? 2 : 1;
  return at;
}

/** @returns undefined for what is no JSON, or too much of it */
export function parseJson(text: string): unknown {
  if (!isModest(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
