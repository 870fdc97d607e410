/** How clients percent-encode, and what they get wrong about it: the same for both schemes. */
import { percentEncode } from '../platform/url-text.js';
import { gbkEncode } from './gbk.js';
import type { Mistake } from './procedure.js';
import type { Pair } from './wire.js';

export interface EncodingKnobs {
  readonly space: '%20' | '+';
  /** Which marks stay raw; `* inside` only in names and values, not when the whole is encoded. */
  readonly marks: '' | '*' | '* inside' | "!'()*";
  readonly tilde: '~' | '%7E';
  readonly slashes: '%2F' | '/';
  readonly hex: 'upper' | 'lower' | 'lower inside' | 'lower outside';
  readonly charset: 'utf-8' | 'gbk';
  /** How often names and values are encoded. */
  readonly inner: 0 | 1 | 2;
  /** How often the joined parameters are encoded; always 0 for ACS3. */
  readonly outer: 0 | 1 | 2;
}

export const rightEncoding = {
  space: '%20',
  marks: '',
  tilde: '~',
  slashes: '%2F',
  hex: 'upper',
  charset: 'utf-8',
  inner: 1,
} as const;

/** @param sample all names and values in one text: a mistake about a character needs that character */
export function encodingMistakes(sample: string): Mistake<EncodingKnobs>[] {
  const given = (present: boolean, ...mistakes: Mistake<EncodingKnobs>[]) => (present ? mistakes : []);
  return [
    ...given(sample.includes(' '), { cause: 'plus-for-space', set: { space: '+' } }),
    ...given(
      sample.includes('*'),
      { cause: 'raw-star', set: { marks: '*' } },
      { cause: 'raw-star', set: { marks: '* inside' } },
    ),
    ...given(/[!'()]/.test(sample), { cause: 'raw-marks', set: { marks: "!'()*" } }),
    ...given(sample.includes('~'), { cause: 'encoded-tilde', set: { tilde: '%7E' } }),
    ...given(/[^\0-\x7f]/.test(sample), { cause: 'gbk', set: { charset: 'gbk' } }),
    ...given(sample.includes('/'), { cause: 'raw-slash-in-values', set: { slashes: '/' } }),
    { cause: 'lower-case-hex', set: { hex: 'lower' } },
    { cause: 'lower-case-hex', set: { hex: 'lower inside' } },
    { cause: 'lower-case-hex', set: { hex: 'lower outside' } },
    { cause: 'values-not-encoded', set: { inner: 0 } },
    { cause: 'values-encoded-twice', set: { inner: 2 } },
  ];
}

export interface Encoder {
  /** `name=value`, encoded. */
  pair(pair: Pair): string;
  /** What stands between two pairs. */
  readonly ampersand: string;
}

/** Encoding goes character by character, so a pair encoded once serves every string that holds it. */
export function createEncoders(): (knobs: EncodingKnobs) => Encoder {
  const encoders = new Map<string, Encoder>();
  return (knobs) => {
    const { space, marks, tilde, slashes, hex, charset, inner, outer } = knobs;
    const key = `${space}${marks}|${tilde}${slashes}${hex}${charset}${inner}${outer}`;
    let encoder = encoders.get(key);
    if (!encoder) {
      encoder = createEncoder(knobs);
      encoders.set(key, encoder);
    }
    return encoder;
  };
}

function createEncoder(knobs: EncodingKnobs): Encoder {
  const known = new Map<Pair, string>();
  const inside = (text: string) => times(knobs.inner, text, (part) => encode(knobs, part, 'inside'));
  const outside = (text: string) => times(knobs.outer, text, (part) => encode(knobs, part, 'outside'));
  return {
    ampersand: outside('&'),
    pair(pair) {
      let encoded = known.get(pair);
      if (encoded === undefined) {
        encoded = outside(`${inside(pair[0])}=${inside(pair[1])}`);
        known.set(pair, encoded);
      }
      return encoded;
    },
  };
}

function times(count: number, text: string, encodeOnce: (text: string) => string): string {
  for (let n = 0; n < count; n++) text = encodeOnce(text);
  return text;
}

function encode(knobs: EncodingKnobs, text: string, where: 'inside' | 'outside'): string {
  let encoded = knobs.charset === 'gbk' ? gbkEncode(text) : percentEncode(text);
  if (knobs.space === '+') encoded = encoded.replaceAll('%20', '+');
  if (knobs.marks === "!'()*") encoded = encoded.replace(/%(2A|21|27|28|29)/g, decodeURIComponent);
  else if (knobs.marks === '*' || (knobs.marks === '* inside' && where === 'inside'))
    encoded = encoded.replaceAll('%2A', '*');
  if (knobs.tilde === '%7E') encoded = encoded.replaceAll('~', '%7E');
  if (knobs.slashes === '/') encoded = encoded.replaceAll('%2F', '/');
  if (knobs.hex === 'lower' || knobs.hex === `lower ${where}`)
    encoded = encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  return encoded;
}
