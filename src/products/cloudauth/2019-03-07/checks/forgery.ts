/** Whether a document or a face was forged: `Result` 0 is a low risk, 1 a high one, 2 is suspicious. */

import { parseJson } from '../../../../platform/json.js';
import { credentialVerifyContract } from '../generated/credential-verify.js';
import { credentialVerifyV2Contract } from '../generated/credential-verify-v2.js';
import { deepfakeDetectContract } from '../generated/deepfake-detect.js';
import type { Answers, Row } from './answers.js';
import { check } from './check.js';

const RISKS = {
  '1': ['高风险', 'the risk is high'],
  '2': ['可疑', 'it is suspicious'],
} as const satisfies Answers;

type Risky = Pick<Row, 'answers' | 'usual' | 'none' | 'members'>;

/**
 * Each tag is an answer of its own, of a high risk.
 * @param usual the tags of a risk nobody has named
 */
function risky(tags: Answers, usual: readonly string[]): Risky {
  const tagsOf = (reason = ''): readonly string[] => (reason in tags ? [reason] : reason === '' ? [] : usual);
  return {
    answers: { ...RISKS, ...tags },
    usual: '1',
    none: '1',
    members: {
      Result: ({ reason }) => (reason === undefined ? '0' : reason === '2' ? '2' : '1'),
      RiskTag: ({ reason }) => tagsOf(reason).join(','),
      RiskScore: ({ reason }) =>
        Object.fromEntries(Object.keys(tags).map((tag) => [tag, tagsOf(reason).includes(tag) ? '0.9458' : '0.0126'])),
    },
  };
}

const document = risky(
  {
    PS: ['PS 篡改', 'the picture was edited'],
    SCREEN_PHOTO: ['屏幕翻拍', 'the picture was taken of a screen'],
    WATERMARK: ['水印', 'the picture has a watermark'],
  },
  ['PS', 'SCREEN_PHOTO'],
);

const MB = 1024 * 1024;
/** As base64 its page bounds it to 5 MB, by an address to 10. */
const DOCUMENT = { kinds: () => ['jpg', 'png', 'bmp', 'webp'], maxBytes: 5 * MB };

const asked = (value: string | undefined, text: string): string => (value === '1' ? text : '');

/** The texts that were asked for; of what nobody asked they are empty. */
const credential: Row = {
  ...document,
  needs: ({ CredType }) => (CredType === '02' ? ['MerchantId'] : []),
  refuse: ({ MerchantDetail: text }) =>
    text === undefined || isPairs(parseJson(text)) ? undefined : ['json-pairs', { name: 'MerchantDetail' }],
  members: {
    ...document.members,
    OcrInfo: ({ input: { IsOCR, IsOcr, UserName = '测试甲', CertNum = '' } }) =>
      asked(IsOCR ?? IsOcr, JSON.stringify({ name: UserName.split('~')[0], certNo: CertNum })),
    VerifyResult: ({ input }) => asked(input.IsCheck, '1'),
    VerifyDetail: () => '',
    MaterialInfo: () => '{}',
    VlResult: () => ({ Success: true, VlContent: '{}' }),
  },
};

const isPairs = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one?.Key === 'string' && typeof one?.Value === 'string');

const face = risky(
  {
    SuspectDeepForgery: ['疑似深度伪造', 'the face may be made by a machine'],
    SuspectPSFace: ['疑似 PS 人脸', 'the face may be edited'],
    SuspectTemple: ['疑似模板人脸', 'the face may be put into a template'],
    SuspectRemake: ['疑似翻拍', 'the face may be taken of a picture or a screen'],
  },
  ['SuspectDeepForgery', 'SuspectPSFace'],
);

export const forgeryChecks = [
  check(credentialVerifyContract, { ...credential, pictures: [{ ...DOCUMENT, from: ['ImageUrl', 'ImageContext'] }] }),
  check(credentialVerifyV2Contract, {
    ...credential,
    pictures: [{ ...DOCUMENT, from: ['ImageUrl', 'ImageFile', 'ImageContext'] }],
  }),
  check(deepfakeDetectContract, {
    ...face,
    pictures: [
      {
        from: ['FaceUrl', 'FaceBase64'],
        kinds: ({ FaceInputType }) => (FaceInputType === 'VIDEO' ? ['mp4'] : ['jpg']),
        maxBytes: 10 * MB,
      },
    ],
  }),
] as const;
