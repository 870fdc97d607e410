/**
 * Checks that read an ID card from its picture. Nobody reads here: every card is that of the made-up person, whose area code
 * was never issued. Of the front the name, the number and the address are read, of the back the authority and the validity.
 */
import { SYNTHETIC_PERSON } from '../../../../verification/person.js';
import { id2MetaVerifyWithOCRContract } from '../generated/id2-meta-verify-with-ocr.js';
import { id3MetaVerifyWithOCRContract } from '../generated/id3-meta-verify-with-ocr.js';
import { BIZ_CODES, type Row, type Said } from './answers.js';
import { check } from './check.js';
import { faceDetail } from './identity.js';
import type { PictureRule } from './pictures.js';

/** No page of these two says what a picture must be: as CredentialVerify's, and no video. */
const CARD = { kinds: () => ['jpg', 'png', 'bmp', 'webp'], maxBytes: 10 * 1024 * 1024 } as const satisfies Omit<
  PictureRule,
  'from'
>;
const FRONT = ['CertUrl', 'CertFile'];
const BACK = ['CertNationalUrl', 'CertNationalFile'];

/** Members and their order as a captured answer has them: those of the back only where there is one. */
function cardInfo({ input }: Said): string {
  const { Name: certName, IdentificationNumber: certNo } = SYNTHETIC_PERSON;
  const hasBack = BACK.some((name) => input[name] !== undefined);
  return JSON.stringify({
    address: '浙江省杭州市西湖区测试路1号',
    authority: hasBack ? '测试市公安局' : undefined,
    birthDate: certNo.slice(6, 14),
    certName,
    certNo,
    endDate: hasBack ? '20400307' : undefined,
    nationality: '汉',
    startDate: hasBack ? '20200307' : undefined,
  });
}

const ROW: Row = {
  answers: BIZ_CODES,
  usual: '2',
  none: '3',
  pictures: [
    { ...CARD, from: FRONT, unreadable: '440' },
    { ...CARD, from: BACK, optional: true },
  ],
  members: { CardInfo: cardInfo },
};

export const ocrChecks = [
  check(id2MetaVerifyWithOCRContract, ROW),
  check(id3MetaVerifyWithOCRContract, { ...ROW, members: { CardInfo: cardInfo, FaceDetail: faceDetail } }),
] as const;
