/** What the signature detective says in lines, `English | 中文`, as what a page can mark. */
import { lang } from '../api.js';

export interface Cause {
  readonly text: string;
  readonly fix?: string;
}

export interface Explained {
  readonly causes: readonly Cause[];
  /** The strings around their first difference, aligned; absent where they are the same or the client's is unknown. */
  readonly difference?: {
    readonly at: string;
    readonly server: string;
    readonly client: string;
    readonly column: number;
  };
  readonly same: boolean;
}

/** A line of both languages, or one of each: the other one is left out. */
const mine = (line: string): string => line.split(' | ')[lang === 'zh' ? 1 : 0] ?? line;
const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);
const STRING = /^ {2}(server|client) {2}(.*)$/;

export function readExplanation(text: string): Explained {
  const lines = text.split('\n').slice(1);
  const causes: { text: string; fix?: string }[] = [];
  const strings = new Map<string, string>();
  let at = '';
  let column = 0;
  let same = false;
  for (const line of lines) {
    const [, side, string] = STRING.exec(line) ?? [];
    if (side) strings.set(side, string!);
    else if (/^ {10} *\^$/.test(line)) column = line.length - 11;
    else if (/^ {2}first difference/.test(line)) at = /\d+/.exec(line)?.[0] ?? '';
    else if (/^ {2}both strings/.test(line)) same = true;
    else if (/^ {4}fix: /.test(line)) {
      const last = causes.at(-1);
      if (last) last.fix = mine(line.replace(/^ {4}fix: /, ''));
    } else if (line.includes(' | ') || isHan(line) === (lang === 'zh')) causes.push({ text: mine(line).trim() });
  }
  const [server, client] = [strings.get('server'), strings.get('client')];
  const difference = server !== undefined && client !== undefined ? { at, server, client, column } : undefined;
  return { causes, difference, same };
}
