/**
 * What DescribeVerifyResult and VerifyMaterial say of a verification: its VerifyStatus, scores, and the materials its scheme
 * brings back. Scores are made up: low where that very comparison failed. What a card would say is made from the task alone.
 */
import type { Context } from '../../../gateway/context.js';
import { type Field, type Fields, sometimes } from '../../../gateway/fields.js';
import { StoreFullError } from '../../../oss/store-full.js';
import { SYNTHETIC_PERSON } from '../../../verification/person.js';
import { solutions } from '../../../verification/solutions.js';
import type { Materials, Verification } from '../../../verification/verification.js';
import { classicData } from '../classic.js';

/** “图片地址有效期为5分钟”: each answer has fresh addresses. */
const ADDRESS_S = 300;
/** Name and number were not found together, or there was no photo to compare with. */
const NOT_COMPARED = ['2', '11', '12'];

type Told = Pick<Context, 'photos' | 'urls' | 'note'>;

export interface ClassicResult {
  readonly VerifyStatus: number;
  readonly AuthorityComparisionScore?: number;
  readonly FaceComparisonScore?: number;
  readonly IdCardFaceComparisonScore?: number;
  readonly Material?: Awaited<ReturnType<typeof materialOf>>;
}

const BY_SOLUTION = ['IdCardNumber', 'IdCardName', 'IdCardInfo'] as const;
interface PrintedMaterial {
  readonly fields: Fields & { readonly [N in (typeof BY_SOLUTION)[number]]: Field };
}

/** The printed examples have every member of Material at once. */
export const materialBySolution = <const M extends PrintedMaterial>(Material: M) => ({
  ...Material,
  fields: sometimes(Material.fields as M['fields'], ...BY_SOLUTION),
});

export async function resultOf(one: Verification, context: Told): Promise<ClassicResult> {
  const VerifyStatus = one.status === 'passed' ? 1 : one.status === 'failed' ? Number(one.reason) : -1;
  if (!one.result || VerifyStatus === -1) {
    if (VerifyStatus !== -1) context.note('nothing-kept');
    return { VerifyStatus };
  }
  const materials: Materials = JSON.parse(one.result);
  const { solution } = classicData(one);
  const reason = one.reason ?? '';
  const isPerson = solution.startsWith('RP');
  const hasCard = solutions[solution]?.steps.includes('TAKE_ID_PHOTO') || bothSides(materials);
  const isRetained = solution === 'FVBioOnly' || materials.FaceRetainedPic !== undefined;
  const Material = await materialOf(one, materials, isPerson, hasCard, context).catch((error: Error) => {
    if (!(error instanceof StoreFullError)) throw error;
    context.note('store-full');
    return undefined;
  });
  return {
    VerifyStatus,
    AuthorityComparisionScore: isPerson && !NOT_COMPARED.includes(reason) ? (reason === '7' ? 38.2 : 97.5) : undefined,
    FaceComparisonScore: isRetained ? (reason === '10' ? 41.5 : 96.5) : undefined,
    IdCardFaceComparisonScore: hasCard ? (reason === '6' ? 41.5 : 96.1) : undefined,
    Material,
  };
}

const bothSides = ({ IdCardFrontPic, IdCardBackPic }: Materials): boolean =>
  IdCardFrontPic !== undefined && IdCardBackPic !== undefined;

async function materialOf(
  { reason }: Verification,
  materials: Materials,
  isPerson: boolean,
  hasCard: boolean,
  { photos, urls }: Told,
) {
  const address = (name: string) => photos.address(name, materials[name], urls, ADDRESS_S);
  const Name = materials.Name ?? SYNTHETIC_PERSON.Name;
  const number = materials.IdentificationNumber ?? SYNTHETIC_PERSON.IdentificationNumber;
  return {
    ...(isPerson && { IdCardName: Name, IdCardNumber: number }),
    FaceImageUrl: await address('FacePic'),
    FaceMask: false,
    FaceQuality: 'NORMAL',
    ...(hasCard && {
      IdCardInfo: {
        ...{ Name, Number: number, Nationality: '汉', Birth: birthOf(number), Address: '测试路1号' },
        ...{ Authority: '测试公安局', StartDate: '20150101', EndDate: reason === '5' ? '20200101' : '20350101' },
        FrontImageUrl: await address('IdCardFrontPic'),
        BackImageUrl: await address('IdCardBackPic'),
      },
    }),
  };
}

/** Digits 7 to 14 of a number of 18 characters; another one's is made up. */
const birthOf = (number: string): string => /^\d{6}(\d{8})\d{3}[\dXx]$/.exec(number)?.[1] ?? '19900307';
