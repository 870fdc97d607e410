/**
 * Financial-grade verification without a person at a page: a server sends photos, and is answered at once. What the four calls
 * have in common: exactly one photo of each face, and how it ends.
 */
import type { Context } from '../../../gateway/context.js';
import { type Endings, endingIn, type Reason } from '../../../verification/endings.js';
import { failureIn, outcomeOf } from '../../outcome-of.js';
import type { MagicValues } from '../../verification-kind.js';
import { subCodes } from '../financial-grade.js';
import type { Refusal } from './admission.js';
import { type PhotoCode, type PhotoSources, photoProblem, sourcesIn } from './contrast-photo.js';

/** The first one is meant by a mere `fail`. */
export const serverEndings = (of: string, ...reasons: readonly [Reason, ...Reason[]]): Endings => ({
  of,
  ends: ['pass', 'fail'],
  reasons,
  usual: reasons[0].reason,
});

export const subCode = (reason: keyof typeof subCodes): Reason => ({ reason, text: subCodes[reason] });

/** What of a call may choose how it ends; most name nobody, so an OuterOrderNo may as well. */
export const valuesIn = (
  { OuterOrderNo: ticket, CertName, UserId, CertNo }: Readonly<Record<string, unknown>>,
  photos: readonly PhotoSources[],
): MagicValues => ({
  ticket: ticket as string,
  name: (CertName ?? UserId) as string | undefined,
  number: CertNo as string | undefined,
  pictures: photos.flatMap(
    ({ FaceContrastPictureUrl: url, OssObjectName: key }) => url ?? (key && `oss://${key}`) ?? [],
  ),
});

/** @returns the error a value asks for. A test person's number orders 417 and 418 only: others are spelt as another family's */
export const orderedIn = <C extends string>({ number, ...values }: MagicValues, codes: readonly C[]): C | undefined =>
  failureIn(values, codes) ??
  failureIn(
    { number },
    codes.filter((code) => code === '417' || code === '418'),
  );

/** @param from sources there are. @param named what this call calls them */
export async function onePhotoProblem(
  photo: PhotoSources,
  from: readonly (keyof PhotoSources)[],
  context: Pick<Context, 'store' | 'photos' | 'fromPage' | 'note'>,
  named = (name: string) => name,
): Promise<Refusal<PhotoCode | '400' | '420'> | undefined> {
  const given = sourcesIn(photo, from);
  if (given.length === 0) return ['400', ['needs-photo', { names: from.map(named) }]];
  if (given.length > 1) return ['420', ['one-photo', { names: given.map(named) }]];
  return photoProblem(photo, context, named);
}

/** @returns why it fails; undefined: it passes */
export const endedBy = (
  endings: Endings,
  values: MagicValues,
  { outcome, behaviour, note }: Pick<Context, 'outcome' | 'behaviour' | 'note'>,
): string | undefined => endingIn(endings, outcome ?? outcomeOf(endings, values, behaviour.people, note)).reason;
