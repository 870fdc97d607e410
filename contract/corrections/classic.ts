/** The classic flow of Cloudauth 2019-03-07: errors come with an HTTP status of their own. */
import type { Correction, Corrections, ParamCorrection } from '../corrections.js';

const META = 'the errorCodes of the metadata';
const PAGE = 'help page 59317 (CompareFaces)';
const SETTING = 'document 002, section 4 (CreateVerifySetting), whose parameters it has';
const BY_HAND: Correction = {
  contract: 'by hand',
  because: 'document 002 (控制台开放接口 2020-05-26), which says more and is older',
};

const family = (
  codes: readonly string[],
  params: Readonly<Record<string, ParamCorrection>> = {},
  missing?: string,
): Correction => ({ because: META, contract: 'typed', missing, errors: { table: 'classicErrors', codes }, params });

/** The FAQ names InvalidBiz; which call says so, and how, is not printed. */
const NO_BIZ = 'InvalidParam.InvalidBiz';
const scene = (example: string): ParamCorrection => ({
  example,
  from: 'document 004, whose example is a scene that is called as its solution',
});
/** Some examples of the metadata are percent-encoded. */
const ADDRESS: ParamCorrection = {
  example: 'http://image-demo.img-cn-hangzhou.aliyuncs.com/example.jpg',
  from: 'the metadata of VerifyMaterial: how an address is written',
};

// biome-ignore format: one line
const SOLUTIONS = ['RPBasic', 'RPManual', 'RPBioID', 'RPBioOnlyPro', 'RPBioOnly', 'RPH5BioOnly', 'RPMin', 'FVBioOnly', 'FDBioOnly'];

const IMAGES = ['FacePic', 'IDPic'];
const imageType: ParamCorrection = {
  required: true,
  values: IMAGES,
  missing: 'InvalidParam.ImageTypeEmpty',
  invalid: 'InvalidParam.ImageTypeInvalid',
  from: PAGE,
};
const imageValue: ParamCorrection = { ...ADDRESS, required: true, from: PAGE };

export const classic: Corrections = {
  'cloudauth/2019-03-07/CreateRPSDK': BY_HAND,
  'cloudauth/2019-03-07/DescribeRPSDK': BY_HAND,
  'cloudauth/2019-03-07/CreateVerifySetting': BY_HAND,
  'cloudauth/2019-03-07/DescribeOssUploadToken': BY_HAND,
  'cloudauth/2019-03-07/DescribeVerifyToken': family(['InvalidParam.ImageValuePatternError', 'NoPermission', NO_BIZ], {
    BizId: { maxLength: 64, from: 'help page 154605 (DescribeVerifyToken)' },
    BizType: scene('RPBasic'),
    FaceRetainedImageUrl: ADDRESS,
    IdCardBackImageUrl: ADDRESS,
    IdCardFrontImageUrl: ADDRESS,
  }),
  'cloudauth/2019-03-07/DescribeVerifyResult': {
    ...family(['DataExpired'], { BizType: scene('RPBasic') }),
    // a video of a scheme that was withdrawn, and a picture that has to be applied for
    answers: { VideoUrls: null, FaceGlobalUrl: null },
  },
  'cloudauth/2019-03-07/VerifyMaterial': {
    ...family(['InvalidParam.MaterialsNotValid', 'Error.InternalError', NO_BIZ], {
      BizId: { maxLength: 64, from: 'help page 154607 (VerifyMaterial)' },
      BizType: scene('RPMin'),
    }),
    answers: { FaceGlobalUrl: null },
  },
  'cloudauth/2019-03-07/UpdateVerifySetting': {
    contract: 'typed',
    because: SETTING,
    errors: { table: 'classicErrors', codes: [NO_BIZ] },
    params: {
      BizType: { ...scene('RPBasic'), required: true },
      BizName: { maxLength: 20, example: '用户注册', from: SETTING },
      Solution: { values: SOLUTIONS, from: 'page “认证方案”' },
    },
  },
  'cloudauth/2019-03-07/DescribeVerifySetting': { contract: 'typed' },
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
        SourceImageType: imageType,
        SourceImageValue: imageValue,
        TargetImageType: imageType,
        TargetImageValue: imageValue,
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
