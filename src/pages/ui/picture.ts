/** A picture a form brought: base64 from the camera script, or a file. Judged by its bytes, as nothing else can be believed. */
import { StoreFullError } from '../../oss/object-store.js';
import { MAX_PICTURE_BYTES, pictureType } from '../../verification/picture.js';
import type { Text } from './language.js';

export interface Picture {
  readonly bytes: Uint8Array;
  readonly contentType: 'image/jpeg' | 'image/png';
}

/** Those that are taken. */
const TYPES = { jpg: 'image/jpeg', png: 'image/png', bmp: undefined } as const;

/** Why a picture is not taken. */
const WHY = {
  missing: { zh: '请先拍照或选择照片。', en: 'Take or choose a picture first.' },
  large: { zh: '照片超过 2 MB，请换一张。', en: 'The picture is larger than 2 MB. Take another.' },
  other: { zh: '这不是 JPEG 或 PNG 图片。', en: 'This is neither a JPEG nor a PNG picture.' },
  full: { zh: '存储空间已满。', en: 'The store is full.' },
} satisfies Record<string, Text>;

/**
 * @param name of the field; a file is looked for under `<name>File`
 * @param keep stores it
 * @returns why it cannot be taken
 */
export async function keepPicture(
  form: FormData,
  name: string,
  keep: (picture: Picture) => Promise<unknown>,
): Promise<Text | undefined> {
  const text = form.get(name);
  const file = form.get(`${name}File`);
  const bytes =
    typeof text === 'string' && text !== ''
      ? Buffer.from(text, 'base64')
      : file instanceof Blob && file.size > 0
        ? Buffer.from(await file.arrayBuffer())
        : undefined;
  if (!bytes) return WHY.missing;
  if (bytes.length > MAX_PICTURE_BYTES) return WHY.large;
  const contentType = TYPES[pictureType(bytes) ?? 'bmp'];
  if (!contentType) return WHY.other;
  try {
    await keep({ bytes, contentType });
  } catch (error) {
    if (error instanceof StoreFullError) return WHY.full;
    throw error;
  }
}
