/** Materials between the store and the pages: what Binding holds, and which of them are pictures. */
import type { Context, Photos } from '../../gateway/context.js';
import { type Hint, wordOf } from '../../platform/hint.js';
import { nearest } from '../../platform/nearest.js';
import { pictureForm } from '../../verification/picture.js';
import type { Materials } from '../../verification/verification.js';
import type { Unusable } from '../verification-kind.js';

/** The kinds that are pictures (document 004, Binding; page “提交认证资料”). */
export const PICTURES = ['FacePic', 'IdCardFrontPic', 'IdCardBackPic', 'IDPic', 'FaceRetainedPic'];
/** All that Binding may hold (document 004, 扩展参数Binding说明). */
const BINDING = ['Name', 'IdentificationNumber', ...PICTURES];

/** What a call says of how it was sent; base64 needs POST, and for a page nothing is fetched. */
export type Sent = Pick<Context, 'method' | 'fromPage'>;

/** The text members of Binding; anything else in it is no material, and an empty text is as absent. */
export function bindingMaterials(binding: Readonly<Record<string, unknown>>): Materials {
  const members = Object.entries(binding);
  return Object.fromEntries(
    members.filter((member): member is [string, string] => typeof member[1] === 'string' && member[1] !== ''),
  );
}

/** What of Binding is not read, and why; a hint. */
export function* notRead(binding: Readonly<Record<string, unknown>>): Iterable<Hint> {
  for (const [given, value] of Object.entries(binding).slice(0, 20)) {
    const near = nearest(given.slice(0, 60), BINDING);
    if (near) yield ['misspelt-binding', { given, near }];
    else if (!BINDING.includes(given)) yield ['unread-binding', { given: wordOf(given) }];
    else if (value !== null && typeof value !== 'string') yield ['no-text-binding', { name: given }];
  }
}

/** @returns the first among them */
export async function unusablePicture(materials: Materials, photos: Photos, sent: Sent): Promise<Unusable | undefined> {
  const given = PICTURES.filter((name) => materials[name] !== undefined);
  const problems = await Promise.all(given.map((name) => photos.refuse(materials[name], sent)));
  const bad = problems.findIndex((problem) => problem !== undefined);
  return bad < 0 ? undefined : { name: given[bad]!, why: problems[bad]! };
}

/** The same of what is at hand: nothing is fetched for a hint. */
export const unusableAtHand = (materials: Materials, photos: Photos, sent: Sent): Promise<Unusable | undefined> => {
  const atHand = Object.entries(materials).filter(([, value]) => pictureForm(value)?.kind !== 'web');
  return unusablePicture(Object.fromEntries(atHand), photos, sent);
};

/** With their pictures as they are stored: megabytes of base64 belong in no row. */
export async function kept(materials: Materials, photos: Photos): Promise<Materials> {
  const members = Object.entries(materials).map(async ([name, value]) => [
    name,
    PICTURES.includes(name) ? await photos.keep(name, value) : value,
  ]);
  return Object.fromEntries(await Promise.all(members));
}
