/**
 * NUL in a text, for what cannot keep one: it is written as a mark and a digit, and the mark as itself and another. The mark
 * is a character that stands for none.
 */
import type { Arg } from './database.js';

const MARK = '\u{10ffff}';

export const withoutNul = (arg: Arg): Arg =>
  typeof arg === 'string' && (arg.includes('\0') || arg.includes(MARK))
    ? arg.replaceAll(MARK, `${MARK}1`).replaceAll('\0', `${MARK}0`)
    : arg;

/** Changes the row. */
export function withNul(row: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'string' && value.includes(MARK))
      row[name] = value.replaceAll(`${MARK}0`, '\0').replaceAll(`${MARK}1`, MARK);
  }
  return row;
}
