/** The classic flow of Cloudauth 2019-03-07: errors come with an HTTP status of their own. */
import type { Correction, Corrections, ParamCorrection } from '../corrections.js';

const META = 'the errorCodes of the metadata';
const PAGE = 'help page 59317 (CompareFaces)';
const BY_HAND: Correction = {
  contract: 'by hand',
  because: 'document 002 (控制台开放接口 2020-05-26), which says more and is older',
};

const family = (
  codes: readonly string[],
  params: Readonly<Record<string, ParamCorrection>> = {},
  missing?: string,
): Correction => ({ because: META, missing, errors: { table: 'classicErrors', codes }, params });

const IMAGES = ['FacePic', 'IDPic'];

export const classic: Corrections = {
  'cloudauth/2019-03-07/CreateRPSDK': BY_HAND,
  'cloudauth/2019-03-07/DescribeRPSDK': BY_HAND,
  'cloudauth/2019-03-07/CreateVerifySetting': BY_HAND,
  'cloudauth/2019-03-07/DescribeOssUploadToken': BY_HAND,
  'cloudauth/2019-03-07/DescribeVerifyToken': family(['InvalidParam.ImageValuePatternError', 'NoPermission']),
  'cloudauth/2019-03-07/DescribeVerifyResult': family(['DataExpired']),
  'cloudauth/2019-03-07/VerifyMaterial': family(['InvalidParam.MaterialsNotValid', 'Error.InternalError'], {
    BizId: { maxLength: 64, from: 'help page 154607 (VerifyMaterial)' },
  }),
  'cloudauth/2019-03-07/CompareFaces': {
    ...family(
      [
        'InvalidParam.ParamsMissing',
        'InvalidParam.ImageTypeEmpty',
        'InvalidParam.FacePicNotGiven',
        'InvalidParam.ImageTypeInvalid',
        'InvalidParam.ImageValuePatternError',
        'InvalidParam.ImageNotFound',
        'Error.NoFaceDetected',
        'Error.InternalError',
        'Error.NoPermissionAccess',
        'NoPermission',
      ],
      {
        SourceImageType: { required: true, values: IMAGES, from: PAGE },
        SourceImageValue: { required: true, from: PAGE },
        TargetImageType: { required: true, values: IMAGES, from: PAGE },
        TargetImageValue: { required: true, from: PAGE },
      },
      'InvalidParam.ParamsMissing',
    ),
    // the example prints the words of an error, a slip
    answers: { Message: 'success' },
  },
  'cloudauth/2019-03-07/DetectFaceAttributes': {
    ...family(
      [
        'InvalidParam.ParamsMissing',
        'Error.DetectFaceAttributesParamError',
        'Error.DetectFaceAttributesHttpError',
        'Error.DetectFaceAttributesOssError',
        'Error.DetectFaceAttributesBase64Error',
        'Error.DetectFaceAttributesAlgServiceError',
        'Error.DetectFaceAttributesAlgServieReturnError',
        'Error.InternalError',
        'Error.NoPermissionAccess',
        'NoPermission',
      ],
      {},
      'InvalidParam.ParamsMissing',
    ),
    answers: { Message: 'success' },
  },
};
