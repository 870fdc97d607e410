/** Financial-grade verification, Cloudauth 2019-03-07: what is wrong is told in the body, with HTTP 200. */
import type { Correction, Corrections, ParamCorrection } from '../corrections.js';

const INIT = 'help page 151909 (InitFaceVerify)';
const SERVER = 'help page 163560 (server-only verification)';
const CODES = 'help page “code-collection” (financial-grade)';
const META = 'the metadata’s own text of the parameter';

/** Every page of the family lists these. */
const EVERYWHERE = ['400', '401', '404', '410', '411', '500'];
const PHOTO = ['419', '420', '421', '422', '423'];

const family = (codes: readonly string[], params: Readonly<Record<string, ParamCorrection>>): Correction => ({
  because: `${CODES}: the codes in the body`,
  missing: '400',
  invalid: '401',
  errors: { table: 'faceErrors', codes: [...EVERYWHERE, ...codes].sort() },
  params,
});

const scene = (from: string): Readonly<Record<string, ParamCorrection>> => ({
  SceneId: { required: true, from },
  OuterOrderNo: { required: true, from },
});

const typed = (correction: Correction): Correction => ({ ...correction, contract: 'typed' });

const T_F = ['T', 'F'];
const Y_N = ['Y', 'N'];

export const financial: Corrections = {
  'cloudauth/2019-03-07/InitFaceVerify': typed(
    family(['402', '405', '412', '414', '415', '416', '417', '418', ...PHOTO], {
      ...scene(INIT),
      ProductCode: { required: true, values: ['ID_PRO', 'ID_PLUS', 'PV_FV', 'LR_FR'], from: INIT },
      MetaInfo: {
        required: true,
        from: INIT,
      },
      AuthId: { maxLength: 64, from: META },
      FaceContrastPicture: { invalid: '421', from: CODES },
      CertifyUrlStyle: { values: ['L', 'S'], from: META },
      CertifyUrlType: { values: ['H5', 'WEB'], from: META },
      Crop: { values: T_F, from: META },
      EncryptType: { values: ['SM2'], from: META },
      ProcedurePriority: { values: ['keep', 'url', 'video'], from: META },
      Model: {
        values: ['LIVENESS', 'PHOTINUS_LIVENESS', 'MULTI_ACTION', 'MOVE_ACTION', 'MOVE_PHOTINUS', 'MULTI_FAPTCHA'],
        from: META,
      },
    }),
  ),
  'cloudauth/2019-03-07/DescribeFaceVerify': typed(
    family(['402', '403', '406', '412', '414', '415', '416', '417', '418', '424', '427'], {
      SceneId: { required: true, from: 'help page 151911 (DescribeFaceVerify)' },
      CertifyId: { required: true, from: 'help page 151911 (DescribeFaceVerify)' },
    }),
  ),
  'cloudauth/2019-03-07/ContrastFaceVerify': typed(
    family(['402', '405', '412', '417', '418', ...PHOTO], {
      ...scene(SERVER),
      ProductCode: { required: true, values: ['ID_MIN'], from: SERVER },
      CertType: { required: true, from: SERVER },
      CertName: { required: true, from: SERVER },
      CertNo: { required: true, from: SERVER },
      Crop: { values: T_F, from: META },
      EncryptType: { values: ['SM2'], from: META },
      Model: { values: ['NO_LIVENESS', 'FRONT_CAMERA_LIVENESS', 'REAR_CAMERA_LIVENESS'], from: SERVER },
    }),
  ),
  'cloudauth/2019-03-07/CompareFaceVerify': typed(
    family(['402', '412', ...PHOTO], {
      ...scene(SERVER),
      ProductCode: { required: true, values: ['PV_FC'], from: SERVER },
      SourceFaceContrastPicture: { invalid: '421', from: CODES },
      TargetFaceContrastPicture: { invalid: '421', from: CODES },
      Crop: { values: T_F, from: META },
    }),
  ),
  'cloudauth/2019-03-07/LivenessFaceVerify': typed(
    family(['402', '412', ...PHOTO], {
      ...scene(SERVER),
      ProductCode: { required: true, values: ['LR_FR_MIN'], from: SERVER },
      Crop: { values: T_F, from: META },
    }),
  ),
  'cloudauth/2019-03-07/AIGCFaceVerify': typed(
    family(['402', '412', ...PHOTO], {
      ...scene(SERVER),
      ProductCode: { required: true, values: ['LR_FR_AIGC'], from: SERVER },
    }),
  ),
  'cloudauth/2019-03-07/DeleteFaceVerifyResult': typed(
    family(['406', '424'], {
      CertifyId: { required: true, from: 'help page of DeleteFaceVerifyResult' },
      DeleteAfterQuery: { values: Y_N, from: 'help page of DeleteFaceVerifyResult' },
    }),
  ),
  'cloudauth/2019-03-07/DescribeFaceGuardRisk': family(['402', '412'], {
    ProductCode: { required: true, values: ['FACE_GUARD'], from: 'help page of DescribeFaceGuardRisk' },
    BizId: { required: true, from: 'help page of DescribeFaceGuardRisk' },
    OuterOrderNo: { required: true, from: 'help page of DescribeFaceGuardRisk' },
    DeviceToken: { required: true, from: 'help page of DescribeFaceGuardRisk' },
  }),
  'cloudauth/2019-03-07/InitCardVerify': family(['402', '412'], {
    CardType: { values: ['IDENTITY_CARD'], from: META },
    MerchantBizId: { maxLength: 32, from: META },
    Model: { values: ['OCR_VERIFY'], from: META },
    PictureSave: { values: Y_N, from: META },
    CardPageNumber: { required: false, values: ['1', '2'], from: 'help page of InitCardVerify' },
    DocScanMode: { values: ['shoot', 'scan', 'auto'], from: META },
  }),
  'cloudauth/2019-03-07/DescribeCardVerify': family(['406', '424'], {}),
  'cloudauth/2019-03-07/InitAuthVerify': family(['402', '412'], {}),
  'cloudauth/2019-03-07/DescribeAuthVerify': family(['406', '424'], {}),
};
