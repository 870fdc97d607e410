/**
 * The photo a face is compared with, from one of four sources, or from a file an SDK has uploaded. Judged is what can be seen from here: that there is
 * one, its size, that it is a picture, and that another CertifyId has one. What it shows is not.
 */
import type { Context, ContrastPhoto } from '../../../gateway/context.js';
import { type Hint, wordOf } from '../../../platform/hint.js';
import { faceData, financialGrade } from '../financial-grade.js';

export const SOURCES = ['FaceContrastPicture', 'FaceContrastPictureUrl', 'CertifyId', 'OssObjectName'] as const;

/** A photo, or a video. */
export const FILE = 'FaceContrastFile';

export type PhotoSources = { readonly [Name in (typeof SOURCES)[number] | typeof FILE | 'OssBucketName']?: string };

export const sourcesIn = (
  input: PhotoSources,
  from: readonly (keyof PhotoSources)[] = SOURCES,
): (keyof PhotoSources)[] => from.filter((name) => input[name] !== undefined);

const TOO_LARGE = ['too-large', 'over-2-MB'];
/** The photo is none of this emulator's, or may not be fetched: that says nothing of it. */
const UNSEEN = /^(fetch-is-none|asked-for-by-a-web-page|address-not-allowed|no-such-bucket)/;

export type PhotoCode = '400' | '419' | '421' | '422' | '423';

/**
 * @param named what the call calls a source
 * @returns the code that refuses it, and why; undefined when it can be used, or cannot be seen: that is noted
 */
export async function photoProblem(
  input: PhotoSources,
  { store, photos, fromPage, note }: Pick<Context, 'store' | 'photos' | 'fromPage' | 'note'>,
  named = (name: string) => name,
): Promise<readonly [PhotoCode, Hint] | undefined> {
  const [name] = sourcesIn(input, [...SOURCES, FILE]);
  if (name === undefined) return undefined;
  const { CertifyId, OssObjectName, OssBucketName } = input;
  if (CertifyId !== undefined) {
    const other = await store.verifications.byId(CertifyId);
    const hasPhoto = other?.kind === financialGrade.name && other.status === 'passed' && !faceData(other).deleted;
    return hasPhoto ? undefined : ['423', ['not-passed', { id: wordOf(CertifyId) }]];
  }
  if (OssObjectName !== undefined && OssBucketName === undefined)
    return ['400', ['missing', { name: named('OssBucketName') }]];
  const why = await photos.contrast(photoOf(input), fromPage);
  if (why === undefined) return undefined;
  if (UNSEEN.test(why)) {
    note(['photo-unseen', { why }]);
    return undefined;
  }
  return [codeOf(why), ['picture-refused', { name: named(name), why }]];
}

const codeOf = (why: string) => (TOO_LARGE.includes(why) ? '421' : why === 'timeout' ? '422' : '419');

function photoOf({
  FaceContrastPicture,
  FaceContrastPictureUrl,
  OssBucketName,
  OssObjectName,
  FaceContrastFile,
}: PhotoSources): ContrastPhoto {
  if (FaceContrastFile !== undefined) return { uploaded: FaceContrastFile };
  if (FaceContrastPicture !== undefined) return { base64: FaceContrastPicture };
  if (FaceContrastPictureUrl !== undefined) return { url: FaceContrastPictureUrl };
  return { bucket: OssBucketName ?? '', key: OssObjectName ?? '' };
}
