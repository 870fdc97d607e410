/** Who somebody is: name and number, the validity of the card, the face. */
import { id2MetaPeriodVerifyContract } from '../generated/id2-meta-period-verify.js';
import { id2MetaStandardVerifyContract } from '../generated/id2-meta-standard-verify.js';
import { id2MetaVerifyContract } from '../generated/id2-meta-verify.js';
import { id3MetaVerifyContract } from '../generated/id3-meta-verify.js';
import { BIZ_CODES, type Row, type Said } from './answers.js';
import { check } from './check.js';

const PERSON: Row = { answers: BIZ_CODES, usual: '2', none: '3' };

/** From 90 on it is the same person (help page of the three elements). */
const SCORES: Readonly<Record<string, number>> = { '': 96.83, '2': 41.5 };

export const faceDetail = ({ reason = '' }: Said): string | undefined =>
  SCORES[reason] === undefined ? undefined : JSON.stringify({ verifyScore: SCORES[reason] });

export const identityChecks = [
  check(id2MetaVerifyContract, PERSON),
  check(id2MetaStandardVerifyContract, PERSON),
  check(id2MetaPeriodVerifyContract, PERSON),
  check(id3MetaVerifyContract, {
    ...PERSON,
    pictures: [{ from: ['FaceUrl', 'FaceFile', 'FacePicture'], kinds: () => ['jpg', 'png'], maxBytes: 1024 * 1024 }],
    members: {
      FaceDetail: faceDetail,
      // declared, and neither printed nor explained
      SubCode: () => undefined,
    },
  }),
] as const;
