/**
 * ParamType of the information checks: `normal` sends a person as he is, `md5` with a part of name and number hashed, so
 * that neither can be read on the way. What is compared is the same.
 */
import { createHash } from 'node:crypto';
import type { HintName } from '../../../platform/hint.js';

/** 32 lower-case hex digits, of the text's UTF-8. */
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** 张三 → `6499fc7409049355527ef6a2ba5706b8三`: the first character is hashed. */
export function hashedName(name: string): string {
  const [first = '', ...rest] = name;
  return md5(first) + rest.join('');
}

/** The birthday, 8 digits, is hashed; the 6 digits before it and the 4 characters behind it stay: 42 in all. */
export const hashedNumber = (number: string): string =>
  number.slice(0, 6) + md5(number.slice(6, 14)) + number.slice(14);

/** 18 characters, or 15 as before 1999; the check digit is not judged. */
const NUMBER = /^(\d{17}[\dXx]|\d{15})$/;
const HASHED_NUMBER = /^\d{6}[0-9a-f]{32}\d{3}[\dXx]$/;
const NAME = /^\D*$/;
const HASHED_NAME = /^[0-9a-f]{32}\D*$/;

/** @param name without a test person's suffix. @returns what is wrong with the form, as a hint; undefined when nothing is */
export function formProblem(type: string, name: string, number: string): HintName | undefined {
  if (type === 'md5') {
    if (!HASHED_NUMBER.test(number)) return 'number-md5-form';
    return HASHED_NAME.test(name) ? undefined : 'name-md5-form';
  }
  if (!NUMBER.test(number)) return 'number-form';
  return NAME.test(name) ? undefined : 'name-form';
}
