/** What goes where a value or a name is expected. */
import type { Random } from './random.js';

export const nested = (depth: number, open = '[', close = ']'): string => open.repeat(depth) + close.repeat(depth);

export const VALUES: readonly string[] = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1e999',
    '9'.repeat(400),
    'NaN',
    'null',
    'true',
    'undefined',
    '[]',
    '{}',
    '{"a":',
    '[1,',
    '"',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '\0', '\r\n', '\ud800', '\udfff\ud800', '😀', '张三'],
  ...['<a>&"\'', ']]>', '%', '%zz', '%00', '%E5', '../../x', "' OR 1=1 --", '\u0001\ufffe', 'oss://bucket:\ud800'],
  ...['base64://', 'base64://%%%', 'http://', 'oss://', 'data:image/png;base64,AA', 'é'.repeat(300), 'x'.repeat(5_000)],
  ...['{"__proto__":{"Name":"x"}}', '{"FacePic":1}', '{"Name":null}', '{"张Pic":"x"}', '{"\\nPic":"x"}'],
  ...[
    nested(500),
    `{"a":${nested(500)}}`,
    nested(90),
    '18446744073709551616',
    '-0',
    '1'.repeat(18),
    '33010319900307001X',
  ],
  ...[
    '2026-13-45T99:99:99Z',
    '0000-01-01T00:00:00Z',
    '*',
    '**',
    '/^(a+)+$/',
    '(((((',
    '{StringToSign}',
    ['$', '{filename}'].join(''),
  ],
];

export const NAMES: readonly string[] = [
  ...['', ' ', '__proto__', 'constructor', 'toString', 'prototype.x', 'Material', 'Material.', 'Material.0.Value'],
  ...['Material.1', 'Material.1.', 'Material.1.Value', 'Material.1.MaterialType', 'Material.99999999999.Value'],
  ...['Material.1.__proto__', 'Material.-1.Value', 'action', 'FORMAT', 'Biz[]', '张', '\ud800', 'Signature.1', 'a=b&c'],
];

const MEMBER_VALUES: readonly unknown[] = [
  ...['', 'x', '张三', '\ud800', 0, -0, 1e308, 2 ** 64, true, null, [], {}, [[]], { toString: 1 }],
  ...[{ toString: null, valueOf: null }, { toJSON: 1 }, { length: 1e9 }, ['init'], JSON.parse('{"__proto__":1}')],
];

/** A JSON value nobody expects. */
export const nonsense = (random: Random): unknown =>
  random.chance(0.6) ? random.pick(MEMBER_VALUES) : random.pick(VALUES);

/** A text with something put in, taken out, doubled or cut off. */
export function spoilt(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  switch (random.below(4)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + random.pick(VALUES) + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + random.below(4));
    default:
      return text.slice(0, at) + text.slice(0, at) + text.slice(at);
  }
}

/** What may stand in a header. */
export const plain = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, 300)
    .trim();
