/** The errors of the classic flow, as the metadata lists them; texts verbatim. */
import type { ErrorRow } from '../../../gateway/errors.js';

const row = (status: number, message: string, when: string): ErrorRow => ({ status, message, when });

export const classicErrors = {
  'InvalidParam.ImageValuePatternError': row(
    400,
    'The pattern of value of given image is not acceptable.',
    'a picture is neither an address nor base64',
  ),
  // the FAQ has the code alone; words and status are those of 2017-11-17
  'InvalidParam.InvalidBiz': {
    ...row(400, 'The biz is not valid.', 'Biz names no scene of the account'),
    confidence: 'inferred',
  },
  'InvalidParam.MaterialsNotValid': row(400, 'The param materials is not valid.', 'a material cannot be used'),
  'InvalidParam.ParamsMissing': row(
    400,
    'Please check if there is param empty in your imput',
    'a required parameter is absent or empty',
  ),
  'InvalidParam.ImageTypeEmpty': row(400, 'The image type is empty', 'a picture has no type'),
  'InvalidParam.ImageTypeInvalid': row(400, 'The image type is not valid', 'a picture’s type is none there is'),
  'InvalidParam.FacePicNotGiven': row(
    400,
    'At least one of the two given images should have a type of FacePic',
    'no picture is a face photo',
  ),
  'InvalidParam.ImageNotFound': row(
    400,
    'No images founded with given image address',
    'there is no picture at its address',
  ),
  'Error.NoFaceDetected': row(400, 'No face detected from given images', 'there is no face in a picture'),
  'Error.DetectFaceAttributesParamError': row(400, 'detectFaceAttributes param error', 'a parameter violates its form'),
  'Error.DetectFaceAttributesHttpError': row(
    400,
    'detectFaceAttributes fail to get image from http',
    'the picture’s address does not answer',
  ),
  'Error.DetectFaceAttributesOssError': row(
    400,
    'detectFaceAttributes fail to get image from oss',
    'the picture is not in OSS',
  ),
  'Error.DetectFaceAttributesBase64Error': row(
    400,
    'detectFaceAttributes fail to get image from base64',
    'the picture is no base64',
  ),
  'Error.DetectFaceAttributesAlgServiceError': row(400, 'detectFaceAttributes algService error', 'the algorithm fails'),
  'Error.DetectFaceAttributesAlgServieReturnError': row(
    400,
    'detectFaceAttributes algService return error',
    'the algorithm’s answer cannot be read',
  ),
  'Error.InternalError': row(400, 'The request processing has failed due to some unknown error', 'the service fails'),
  'Error.NoPermissionAccess': row(403, 'No permission to access our service', 'the account may not use the service'),
  NoPermission: row(403, 'RAM caller has no permission', 'the RAM user lacks the permission'),
  DataExpired: row(
    410,
    'The data has expired and the records have been deleted.',
    'the records are older than 180 days',
  ),
} as const;
