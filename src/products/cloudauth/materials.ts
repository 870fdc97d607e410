/** Materials between the store and the pages: what Binding holds, and which of them are pictures. */
import type { Photos } from '../../gateway/context.js';
import type { Materials } from '../../verification/verification.js';

/** The kinds that are pictures (document 004, Binding; page “提交认证资料”). */
export const PICTURES = ['FacePic', 'IdCardFrontPic', 'IdCardBackPic', 'IDPic', 'FaceRetainedPic'];

/** The text members of Binding; anything else in it is no material. */
export function bindingMaterials(binding: Readonly<Record<string, unknown>>): Materials {
  const members = Object.entries(binding);
  return Object.fromEntries(members.filter((member): member is [string, string] => typeof member[1] === 'string'));
}

/** With their pictures as they are stored: megabytes of base64 belong in no row. */
export async function kept(materials: Materials, photos: Photos): Promise<Materials> {
  const members = Object.entries(materials).map(async ([name, value]) => [
    name,
    PICTURES.includes(name) ? await photos.keep(name, value) : value,
  ]);
  return Object.fromEntries(await Promise.all(members));
}
