/** Long texts go another way than short ones, and come to the same. */
import { expect, test } from 'vitest';
import { formPairs, percentEncode, percentEncodeTwice } from '../../src/platform/url-text.js';
import { ofCall } from '../hostile/random.js';
import { VALUES } from '../hostile/words.js';

const PIECES = [
  ...VALUES,
  'a',
  '=',
  '&',
  '&&',
  '+',
  '%20',
  '%e4%bd%a0',
  '%E4',
  '%',
  '%2',
  '%zz',
  '你',
  '\ufeff',
  '%ef%bb%bf',
  'x'.repeat(999),
];
const ROUNDS = 300;

/** Longer than what is read at once. */
function longText(index: number, pieces: readonly string[]): string {
  const random = ofCall(1, index);
  let text = '';
  while (text.length < 5000) text += random.pick(pieces);
  return text;
}

/** What Node 20 makes of a broken escape beside raw characters is not what the standard says. */
const READABLE = [
  PIECES.filter((piece) => /^[\x00-\x7f]*$/.test(piece)),
  PIECES.filter((piece) => !piece.includes('%') || /^(%[0-9a-f]{2})+$/.test(piece)),
];

test.each(READABLE.map((pieces) => [pieces]))('pairs are those of URLSearchParams', (pieces) => {
  for (let index = 0; index < ROUNDS; index++) {
    const text = longText(index, pieces).replace(/^\?/, '');
    expect([...formPairs(text)]).toEqual([...new URLSearchParams(text)]);
  }
});

test('what is encoded is what encodeURIComponent makes, and the marks it leaves', () => {
  const wellFormed = PIECES.filter((piece) => !/\p{Surrogate}/u.test(piece));
  const encode = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  for (let index = 0; index < ROUNDS; index++) {
    const text = `${longText(index, [...wellFormed, "!'()*~-._"])}`;
    expect([percentEncode(text), percentEncodeTwice(text)]).toEqual([encode(text), encode(encode(text))]);
  }
});
