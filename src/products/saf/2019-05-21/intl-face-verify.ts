/**
 * Compares two face photos for an identity document from abroad. One operation, no method; Data is the text of a JSON
 * object. Only resourceCode 00840000 is documented; any eight digits are taken (guessed).
 */
import { contract } from '../../../gateway/contract.js';
import { struct, text } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import type { Hint } from '../../../platform/hint.js';
import { type Endings, endingIn } from '../../../verification/endings.js';
import { textData } from '../codes.js';
import { intlErrors } from './codes.js';

/** Of a face that is another's no answer is printed; the one failure that is, is a system error. */
const endings = {
  of: 'intl_face_verify',
  ends: ['pass', 'fail'],
  reasons: [
    { reason: '500', also: ['SYSTEM_ERROR'], text: { zh: '系统错误', en: 'system error' } },
    { reason: 'UNABLE_GET_IMAGE', text: { zh: '比对源不可用', en: intlErrors.UNABLE_GET_IMAGE.when } },
    { reason: 'PROCESSING', text: { zh: '图片无法解析', en: intlErrors.PROCESSING.when } },
  ],
  usual: '500',
} as const satisfies Endings;

const intlFaceVerifyContract = contract({
  name: 'intl_face_verify',
  summary: { en: 'Compare an ID photo with a live photo (international)', zh: '海外实人认证，比对证件照与人脸照' },
  source: 'document 001 (云端API调用方法), and page “纯服务端接入” (intl)',
  methods: ['GET', 'POST'],
  params: {
    refFaceContent: text({ required: true, missing: '400', example: '/9j/4AAQSkZJRg==' }),
    authFaceContent: text({ required: true, missing: '400', example: '/9j/4AAQSkZJRg==' }),
    resourceCode: text({ required: true, missing: '400', example: '00840000' }),
  },
  response: {
    passed: text({ example: 'true' }),
    retCode: text({ example: 'OK_SUCCESS' }),
    retCodeSub: text({ example: 'Z1140' }),
    retMessage: text({ example: '刷脸通过(Z1140)' }),
    extInfo: struct({
      result: text({ example: 'true' }),
      score: text({ example: '100.0' }),
      faceAttack: text({ example: 'false' }),
    }),
  },
  envelope: textData,
  errors: intlErrors,
  honours: { outcome: endings },
});

/** What the page “纯服务端接入” (intl) says base64 must not have; a hint. */
function* against(photos: Readonly<Record<string, string>>): Iterable<Hint> {
  for (const [name, photo] of Object.entries(photos)) {
    if (photo.startsWith('data:')) yield ['data-header', { name }];
    if (photo.includes('\n') || photo.includes('\r')) yield ['line-breaks', { name }];
  }
}

export const intlFaceVerify = implement(intlFaceVerifyContract, async (input, { outcome, note, fail }) => {
  const { resourceCode, ...photos } = input;
  for (const hint of against(photos)) note(hint);
  if (!/^\d{8}$/.test(resourceCode)) return fail('500', {}, 'resource-code');
  if (outcome?.kind === 'fail') return fail(endingIn(endings, outcome).reason as keyof typeof intlErrors);
  const extInfo = { result: 'true', score: '100.0', faceAttack: 'false' };
  return { passed: 'true', retCode: 'OK_SUCCESS', retCodeSub: 'Z1140', retMessage: '刷脸通过(Z1140)', extInfo };
});
