/**
 * MaterialInfo as programs have received it: the text of a JSON object, its members in this order. Scores are made up, by the
 * outcome alone. Of the vendor no threshold is known: SubCode decides.
 */
import type { Verification } from '../../../verification/verification.js';
import { faceData } from '../financial-grade.js';

export interface Submitted {
  readonly bucket: string;
  readonly key: string;
  readonly address: string;
}

/** What the comparison of two faces comes to. */
export const ALIKE = 98.99;
export const DIFFERENT = 38.21;

/** Nobody's face was compared. */
const NOT_COMPARED = ['201', '202', '203', '209'];

const faceAttack = (reason: string): string => (reason === '205' ? 'T' : 'F');

const verifyScore = (reason: string) =>
  NOT_COMPARED.includes(reason) ? undefined : { verifyScore: reason === '204' ? DIFFERENT : ALIKE };

/** The same of a photo a server sends; both metadata and pages print no more. */
export const materialOfPhoto = (reason = ''): string =>
  JSON.stringify({
    faceAttack: faceAttack(reason),
    facialPictureFront: { qualityScore: 96.08, ...verifyScore(reason) },
  });

/** @param picture undefined where it cannot be kept: then its members are absent, as without an authorised OSS */
export function materialInfo(one: Verification, picture: Submitted | undefined): string {
  const { productCode } = faceData(one);
  const reason = one.reason ?? '';
  return JSON.stringify({
    faceAge: 34,
    faceAttack: faceAttack(reason),
    faceOcclusion: 'F',
    facialPictureFront: {
      faceAttackScore: reason === '205' ? 0.9712 : 0.0012,
      ...(productCode === 'ID_PLUS' && { idCardVerifyScore: reason === '207' ? 38.21 : 97.42 }),
      ...(picture && { ossBucketName: picture.bucket, ossObjectName: picture.key, pictureUrl: picture.address }),
      qualityScore: 96.08,
      ...(productCode !== 'LR_FR' && verifyScore(reason)),
    },
  });
}
