/**
 * The marked block in a hosts file: added, renewed or taken away. Everything else stays byte for byte; a block that is not
 * whole is refused, for nobody can tell what belongs to it.
 */
import { InputError } from '../platform/input-error.js';

const BEGIN = '# BEGIN cloudauth-mock';
/** So that the line end it was given goes with the block. */
const ENDLESS = ', after a line without an end';
const END = '# END cloudauth-mock';
const MARKS = new RegExp(`^(${BEGIN}(${ENDLESS})?|${END})[ \\t]*(\\r?\\n|(?![^]))`, 'gm');
/** Far beyond any that works: a hosts file is read for every name. */
const MOST = 16 * 1024 * 1024;

interface Place {
  readonly from: number;
  readonly to: number;
  /** The line before the block had no end of its own. */
  readonly endless: boolean;
}

/**
 * @param text a character for a byte, so that a comment in whatever encoding comes out as it went in
 * @param lines of the block; none: it is taken away
 * @throws InputError where a mark has no counterpart
 */
export function withBlock(text: string, lines: readonly string[]): string {
  if (text.length > MOST) throw new InputError(`the hosts file has more than ${MOST} bytes; nothing was changed`);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const isEndless = text !== '' && !text.endsWith('\n');
  const { from, to, endless } = blockIn(text) ?? { from: text.length, to: text.length, endless: isEndless };
  const before = endless ? text.slice(0, from).replace(/\r?\n$/, '') : text.slice(0, from);
  const after = text.slice(to);
  if (lines.length === 0) return before + after;
  const block = [`${BEGIN}${endless ? ENDLESS : ''}`, ...lines, END].map((line) => line + eol).join('');
  return before + (endless ? eol : '') + block + after;
}

/** @returns where the block stands; undefined where there is none */
function blockIn(text: string): Place | undefined {
  const [begin, end, ...more] = text.matchAll(MARKS);
  if (!begin) return undefined;
  if (!begin[1]!.startsWith(BEGIN) || end?.[1] !== END || more.length > 0)
    throw new InputError(
      `the hosts file has no whole block from '${BEGIN}' to '${END}'; mend or delete these lines by hand, nothing was changed`,
    );
  return { from: begin.index, to: end.index + end[0].length, endless: begin[2] !== undefined };
}
