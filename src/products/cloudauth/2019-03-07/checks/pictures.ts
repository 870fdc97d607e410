/**
 * Pictures and videos of the information checks: one of several parameters, as base64 or as an address. Judged are form, size
 * and kind, by the first bytes; how many pixels it has, and what it shows, nobody looks at.
 */
import type { Context } from '../../../../gateway/context.js';
import { base64Bytes } from '../../../../verification/picture.js';
import { showsNothing } from '../../../outcome-of.js';
import type { Problem, Texts } from './call.js';

const KINDS: Readonly<Record<string, RegExp>> = {
  jpg: /^\xff\xd8\xff/,
  png: /^\x89PNG/,
  bmp: /^BM/,
  webp: /^RIFF[\s\S]{4}WEBP/,
  mp4: /^[\s\S]{4}ftyp/,
};

export interface PictureRule {
  /** Parameters, of which a call has one. */
  readonly from: readonly string[];
  /** A call may do without. */
  readonly optional?: true;
  /** What is answered where a picture is called like one that shows nobody, or no card. */
  readonly unreadable?: string;
  readonly kinds: (input: Texts) => readonly (keyof typeof KINDS & string)[];
  /** Of the bytes themselves. */
  readonly maxBytes: number;
}

const ADDRESS = /^(https?|oss):\/\//i;

/** Codes of the page “error-code-info-check”. */
export async function pictureProblem(
  { from, optional, unreadable, kinds, maxBytes }: PictureRule,
  input: Texts,
  { photos, method, fromPage }: Pick<Context, 'photos' | 'method' | 'fromPage'>,
): Promise<Problem | undefined> {
  const [name, another] = from.filter((one) => input[one] !== undefined);
  if (name === undefined) return optional ? undefined : ['400', ['needs-photo', { names: from }]];
  if (another !== undefined) return ['419', ['one-photo', { names: [name, another] }]];
  const value = input[name]!;
  const refused = (code: string, why: string): Problem => [code, ['picture-refused', { name, why }]];
  const judged = (start: Uint8Array, bytes: number): Problem | undefined => {
    if (bytes > maxBytes) return refused('421', 'too-large');
    const taken = kinds(input);
    const latin1 = Buffer.from(start).toString('latin1');
    return taken.some((kind) => KINDS[kind]!.test(latin1))
      ? undefined
      : refused('405', `is-none-of: ${taken.join(', ')}`);
  };
  if (ADDRESS.test(value)) {
    if (unreadable && showsNothing(value)) return [unreadable, 'magic-value'];
    const why = await photos.refuse(value, { method, fromPage });
    // the bound of other products is lower
    if (why !== undefined && why !== 'over-2-MB') return refused('420', why);
    const object = await photos.look(value);
    return object && judged(object.start, object.size);
  }
  if (name.endsWith('Url')) return ['401', ['written-like', { name, example: 'https://example.com/picture.jpg' }]];
  const bytes = base64Bytes(value);
  if (typeof bytes === 'string') return refused('420', bytes);
  // 16 bytes say what it is
  return judged(Buffer.from(value.slice(0, 24), 'base64'), bytes);
}
