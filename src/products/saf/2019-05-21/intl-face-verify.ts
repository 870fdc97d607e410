/**
 * Compares two face photos for an identity document from abroad. One operation, no method; Data is the text of a JSON
 * object. Only resourceCode 00840000 is documented; any eight digits are taken (guessed).
 */
import { contract } from '../../../gateway/contract.js';
import { struct, text } from '../../../gateway/fields.js';
import { implement } from '../../../gateway/operation.js';
import { textData } from '../codes.js';
import { intlErrors } from './codes.js';

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
});

export const intlFaceVerify = implement(intlFaceVerifyContract, async ({ resourceCode }, { fail }) => {
  if (!/^\d{8}$/.test(resourceCode)) return fail('500', {}, 'resourceCode-is-not-8-digits');
  const extInfo = { result: 'true', score: '100.0', faceAttack: 'false' };
  return { passed: 'true', retCode: 'OK_SUCCESS', retCodeSub: 'Z1140', retMessage: '刷脸通过(Z1140)', extInfo };
});
