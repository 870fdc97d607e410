/** What a pattern of a rule matches. */
import { expect, test } from 'vitest';
import { compilePattern } from '../../src/scenarios/pattern.js';
import { compileRegExp } from '../../src/scenarios/regexp.js';

test.each<[pattern: string | number | boolean, value: string | undefined, matches: boolean]>([
  ['order-1', 'order-1', true],
  ['order-1', 'order-10', false],
  [7, '7', true],
  [true, 'true', true],
  ['order-*', 'order-', true],
  ['order-*', 'order-10', true],
  ['order-*', 'my-order-10', false],
  ['*-10', 'order-10', true],
  ['*-10', 'order-100', false],
  ['ab*ba', 'abba', true],
  ['ab*ba', 'aba', false],
  ['a*b*c', 'a1b2c', true],
  ['a*b*c', 'a1c2b', false],
  ['*b*', 'abc', true],
  ['*', '', true],
  ['*', undefined, false],
  ['**', 'anything', true],
  ['a.c*', 'abc', false],
  ['a*c', 'a\nb\nc', true],
  ['a*bc*c', 'abc', false],
  ['a*b*b*c', 'abc', false],
  ['a*b*b*c', 'abbc', true],
  ['/^a.b$/s', 'a\nb', true],
  ['/^b$/m', 'a\nb', true],
  ['/^张.$/u', '张三', true],
  ['/^order-\\d+$/', 'order-10', true],
  ['/^ORDER/i', 'order-10', true],
  ['/^order$/', undefined, false],
])('%j and %j: %j', (pattern, value, matches) => {
  expect(compilePattern(pattern, compileRegExp)(value)).toBe(matches);
});

test('of a long value the beginning is compared', () => {
  const long = `${'a'.repeat(4096)}b`;
  expect([compilePattern('a*')(long), compilePattern('*b')(long)]).toEqual([true, false]);
});

test.each([
  ['/(?=a)b/', 'lookahead and lookbehind are not supported'],
  ['/(?<!a)b/', 'lookahead and lookbehind are not supported'],
  ['/(a)\\1/', 'references to a group are not supported'],
  ['/[/', 'the regular expression /[/ cannot be read: a [ is not closed'],
  ['/(x{100}){100}x{999}/', 'add up to 1199; 500 are the most'],
  ['/a/v', "no regular expression flag 'v'"],
  [`/${'a'.repeat(1001)}/`, '1000 are the most'],
  [`/${'('.repeat(480)}${')'.repeat(480)}{9}{9}/`, 'cannot be read'],
])('%s is refused', (pattern, message) => {
  expect(() => compilePattern(pattern, compileRegExp)).toThrow(message);
});

test.each([
  ['/^(([^!])+)+!$/', 'a'.repeat(4096)],
  ['/^(a|a)*$/', `${'a'.repeat(4095)}!`],
  [`${'*a'.repeat(2000)}!*`, 'a'.repeat(4096)],
])('%s is soon done with what it nearly matches', (pattern, value) => {
  expect(compilePattern(pattern, compileRegExp)(value)).toBe(false);
});
