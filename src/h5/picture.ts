/** A picture a form brought: base64 from the camera script, or a file. Judged by its bytes, as nothing else can be believed. */
import { MAX_PICTURE_BYTES } from '../verification/picture.js';
import type { Text } from './language.js';

export interface Picture {
  readonly bytes: Uint8Array;
  readonly contentType: 'image/jpeg' | 'image/png';
}

/** Why a picture is not taken. */
export class PictureError extends RangeError {
  override readonly name = 'PictureError';
  constructor(readonly text: Text) {
    super(text.en);
  }
}

/**
 * @param name of the field; a file is looked for under `<name>File`
 * @returns undefined when the form has none. @throws PictureError
 */
export async function pictureOf(form: FormData, name: string): Promise<Picture | undefined> {
  const text = form.get(name);
  const file = form.get(`${name}File`);
  const bytes =
    typeof text === 'string' && text !== ''
      ? Buffer.from(text, 'base64')
      : file instanceof Blob && file.size > 0
        ? Buffer.from(await file.arrayBuffer())
        : undefined;
  if (!bytes) return undefined;
  if (bytes.length > MAX_PICTURE_BYTES)
    throw new PictureError({ zh: '照片超过 2 MB，请换一张。', en: 'The picture is larger than 2 MB. Take another.' });
  const contentType = typeOf(bytes);
  if (!contentType)
    throw new PictureError({ zh: '这不是 JPEG 或 PNG 图片。', en: 'This is neither a JPEG nor a PNG picture.' });
  return { bytes, contentType };
}

function typeOf(bytes: Buffer): Picture['contentType'] | undefined {
  const start = bytes.subarray(0, 8).toString('hex');
  if (start.startsWith('ffd8ff')) return 'image/jpeg';
  return start === '89504e470d0a1a0a' ? 'image/png' : undefined;
}
