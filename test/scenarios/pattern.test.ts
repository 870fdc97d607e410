/** What a pattern of a rule matches. */
import { expect, test } from 'vitest';
import { compilePattern } from '../../src/scenarios/pattern.js';

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
  ['/^order-\\d+$/', 'order-10', true],
  ['/^ORDER/i', 'order-10', true],
  ['/^order$/', undefined, false],
])('%j and %j: %j', (pattern, value, matches) => {
  expect(compilePattern(pattern)(value)).toBe(matches);
});

test('of a long value the beginning is compared', () => {
  const long = `${'a'.repeat(4096)}b`;
  expect([compilePattern('a*')(long), compilePattern('*b')(long)]).toEqual([true, false]);
});
