/**
 * Cloudauth 2019-03-07. JSON by default. The console interfaces of document 002 (2020-05-26) answer flat; the information
 * checks, whose contracts are generated from the vendor's metadata, in ResultObject.
 */
import { defineVersion } from '../../../gateway/operation.js';
import { sampled } from '../../sampled.js';
import { current } from '../current.js';
import { checkErrors } from './check-errors.js';
import { informationChecks } from './checks/index.js';
import { classicErrors } from './classic-errors.js';
import { compareFaces } from './compare-faces.js';
import { createRPSDK } from './create-rp-sdk.js';
import { createVerifySetting } from './create-verify-setting.js';
import { deleteFaceVerifyResult } from './delete-face-verify-result.js';
import { describeFaceVerify } from './describe-face-verify.js';
import { describeOssUploadToken } from './describe-oss-upload-token.js';
import { describeRPSDK } from './describe-rp-sdk.js';
import { describeVerifyResult } from './describe-verify-result.js';
import { describeVerifySetting } from './describe-verify-setting.js';
import { describeVerifyToken } from './describe-verify-token.js';
import { detectFaceAttributes } from './detect-face-attributes.js';
import { faceErrors } from './face-errors.js';
import { names } from './generated/names.js';
import { initFaceVerify } from './init-face-verify.js';
import { phoneErrors } from './phone-errors.js';
import { pictureErrors } from './picture-errors.js';
import { updateVerifySetting } from './update-verify-setting.js';
import { verifyMaterial } from './verify-material.js';

export const cloudauth20190307 = defineVersion({
  ...current,
  version: '2019-03-07',
  implemented: [
    createRPSDK,
    describeRPSDK,
    createVerifySetting,
    describeOssUploadToken,
    ...informationChecks,
    initFaceVerify,
    describeFaceVerify,
    describeVerifyToken,
    describeVerifyResult,
    verifyMaterial,
    compareFaces,
    detectFaceAttributes,
    updateVerifySetting,
    describeVerifySetting,
    deleteFaceVerifyResult,
  ],
  sampled: sampled('cloudauth/2019-03-07', names, {
    ...{ checkErrors, phoneErrors, pictureErrors, faceErrors, classicErrors },
  }),
});
