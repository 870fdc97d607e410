/** Those of Cloudauth 2019-03-07 with behaviour, as one piece: it is loaded by the first call of one of them. */
import type { AnyOperation } from '../../../gateway/operation.js';
import { aigcFaceVerify } from './aigc-face-verify.js';
import { informationChecks } from './checks/index.js';
import { compareFaceVerify } from './compare-face-verify.js';
import { compareFaces } from './compare-faces.js';
import { contrastFaceVerify } from './contrast-face-verify.js';
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
import { initFaceVerify } from './init-face-verify.js';
import { livenessFaceVerify } from './liveness-face-verify.js';
import { updateVerifySetting } from './update-verify-setting.js';
import { verifyMaterial } from './verify-material.js';

export const operations: readonly AnyOperation[] = [
  createRPSDK,
  describeRPSDK,
  createVerifySetting,
  describeOssUploadToken,
  ...informationChecks,
  initFaceVerify,
  describeFaceVerify,
  deleteFaceVerifyResult,
  contrastFaceVerify,
  compareFaceVerify,
  livenessFaceVerify,
  aigcFaceVerify,
  describeVerifyToken,
  describeVerifyResult,
  verifyMaterial,
  compareFaces,
  detectFaceAttributes,
  updateVerifySetting,
  describeVerifySetting,
];
