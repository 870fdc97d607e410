/**
 * Classic verification of Cloudauth 2019-03-07: each VerifyToken is a session of 1,800 s, and those of one BizType and BizId
 * share their state. Who has left or failed can go on; VerifyStatus says how it failed.
 */
import type { Endings, Reason } from '../../verification/endings.js';
import { SYNTHETIC_PERSON } from '../../verification/person.js';
import type { Verification } from '../../verification/verification.js';
import type { VerificationKind } from '../verification-kind.js';
import { bindingMaterials, kept } from './materials.js';
import { BLURRED, cloudauthTask, NO_CARD, OTHERWISE, type TaskData, unusableBinding } from './task.js';

/**
 * VerifyStatus of those who do not pass (page of DescribeVerifyResult, metadata). `also`: what pictures and people say who
 * are told from others by their names in every product.
 */
export const verifyStatuses: Readonly<Record<string, Omit<Reason, 'reason'>>> = {
  '2': { also: ['201'], text: { zh: '实名校验不通过', en: 'name and number do not belong together' } },
  '3': {
    also: [BLURRED],
    text: {
      zh: '身份证照片模糊、与需认证的姓名不一致或非身份证照片',
      en: 'the card cannot be read, has another name, or is none',
    },
  },
  '4': {
    text: {
      zh: '身份证照片模糊、与需认证的身份证号码不一致或非身份证照片',
      en: 'the card cannot be read, has another number, or is none',
    },
  },
  '5': { text: { zh: '身份证照片有效期已过期（或即将过期）', en: 'the card has expired, or is about to' } },
  '6': { also: [OTHERWISE, '207'], text: { zh: '人脸与身份证头像不一致', en: 'the face is not the one on the card' } },
  '7': { also: ['204'], text: { zh: '人脸与公安网照片不一致', en: 'the face is not the one the authority has' } },
  '8': {
    also: [NO_CARD],
    text: { zh: '非身份证原照片，或未提交有效身份证照片', en: 'the picture is no original, or shows no valid card' },
  },
  '9': { also: ['205'], text: { zh: '非账户本人操作', en: 'it is not the owner of the account' } },
  '10': { text: { zh: '非同人操作', en: 'it is not the person of the retained photo' } },
  '11': {
    also: ['202', '203'],
    text: { zh: '公安网照片缺失、格式错误或未找到人脸', en: 'the authority has no photo, or none with a face' },
  },
  '12': { also: ['209'], text: { zh: '公安网系统异常，无法比对', en: 'the authority that is asked does not answer' } },
};

const reasons = Object.entries(verifyStatuses).map(
  ([reason, { also, text }]): Reason => ({
    ...{ reason, also },
    text: { zh: `${reason}：${text.zh}`, en: `${reason}: ${text.en}` },
  }),
);

export const classicEndings: Endings = {
  of: 'DescribeVerifyResult',
  ends: ['pass', 'fail', 'quit', 'expire'],
  reasons,
  usual: '7',
  unfinished: '-1',
};

/** What a server submits is judged there and then, and by no photo that was retained. */
export const materialEndings: Endings = {
  ...classicEndings,
  of: 'VerifyMaterial',
  ends: ['pass', 'fail'],
  reasons: reasons.filter(({ reason }) => reason !== '10'),
  unfinished: undefined,
};

/** Its pictures and its person go by the names of Binding. */
export interface ClassicData extends TaskData {
  readonly passedRedirectUrl?: string;
  readonly failedRedirectUrl?: string;
  readonly callbackUrl?: string;
  readonly callbackSeed?: string;
  /** By VerifyMaterial, without a person. */
  readonly submitted?: true;
}

export const classicData = (one: Verification): ClassicData => JSON.parse(one.data) as ClassicData;

/** The picture of a material → the parameter it comes by. */
export const PICTURE_PARAMS = {
  FacePic: 'FaceImageUrl',
  IdCardFrontPic: 'IdCardFrontImageUrl',
  IdCardBackPic: 'IdCardBackImageUrl',
  FaceRetainedPic: 'FaceRetainedImageUrl',
} as const;

export const classicVerification: VerificationKind = {
  ...cloudauthTask,
  name: 'classic',
  endings: classicEndings,
  // of the Android SDK from 3.1 and the iOS SDK from 2.2 on
  callbacks: { pass: 'AUDIT_PASS (1)', fail: 'AUDIT_FAIL', quit: 'AUDIT_NOT (-1)', expire: 'AUDIT_NOT (3001)' },
  endable: ['open', 'failed'],
  shown: (one) => ({
    id: one.name,
    detail: `BizType ${one.scope}, ${classicData(one).solution}${one.reason ? `, VerifyStatus ${one.reason}` : ''}`,
  }),
  async result(one, handedIn, photos) {
    const unusable = await unusableBinding(one, handedIn, photos);
    if (unusable) {
      const name = unusable.name as keyof typeof PICTURE_PARAMS;
      return { unusable: { ...unusable, name: PICTURE_PARAMS[name] }, reason: name === 'FaceRetainedPic' ? '10' : '8' };
    }
    const given = bindingMaterials(classicData(one).binding);
    return { kept: await kept({ ...SYNTHETIC_PERSON, ...given, ...handedIn }, photos) };
  },
};
