/** Generated from the contracts: npm run docs writes it anew. What editors complete. */

/** Full paths of operations. */
export type OperationPath =
  | 'cloudauth/2017-11-17/GetVerifyToken'
  | 'cloudauth/2017-11-17/SubmitMaterials'
  | 'cloudauth/2017-11-17/GetStatus'
  | 'cloudauth/2017-11-17/GetMaterials'
  | 'cloudauth/2019-03-07/CreateRPSDK'
  | 'cloudauth/2019-03-07/DescribeRPSDK'
  | 'cloudauth/2019-03-07/CreateVerifySetting'
  | 'cloudauth/2019-03-07/DescribeOssUploadToken'
  | 'cloudauth/2019-03-07/Id2MetaVerify'
  | 'saf/2017-03-31/face_verify.init'
  | 'saf/2017-03-31/face_verify.query'
  | 'saf/2017-03-31/face_verify.initH5'
  | 'saf/2017-03-31/face_verify.queryH5'
  | 'saf/2017-03-31/face_verify.match'
  | 'saf/2019-05-21/intl_face_verify'
  | 'saf/2018-09-19/intl_face_verify'
  | 'saf/2018-09-19/face_verify.init'
  | 'saf/2018-09-19/face_verify.query'
  | 'saf/2018-09-19/face_verify.initH5'
  | 'saf/2018-09-19/face_verify.queryH5'
  | 'saf/2018-09-19/face_verify.match';

/** Errors that every operation can answer. */
export type SharedCode =
  | 'InvalidVersion'
  | 'InvalidAction.NotFound'
  | 'UnsupportedOperation'
  | 'UnsupportedHTTPMethod'
  | 'InvalidParameter.Format'
  | 'InvalidParameter'
  | 'MissingAccessKeyId'
  | 'MissingSignature'
  | 'MissingSignatureMethod'
  | 'MissingSignatureVersion'
  | 'MissingSignatureNonce'
  | 'MissingTimestamp'
  | 'MissingSecurityToken'
  | 'MissingAction'
  | 'MissingContentSha256'
  | 'InvalidSignatureVersion'
  | 'InvalidSignatureMethod'
  | 'InvalidTimeStamp.Format'
  | 'InvalidTimeStamp.Expired'
  | 'InvalidAccessKeyId.NotFound'
  | 'InvalidAccessKeyId.Inactive'
  | 'InvalidSecurityToken.Malformed'
  | 'InvalidSecurityToken.MismatchWithAccessKey'
  | 'InvalidSecurityToken.Expired'
  | 'IncompleteSignature'
  | 'SignatureDoesNotMatch'
  | 'SignatureNonceUsed'
  | 'Throttling'
  | 'Throttling.User'
  | 'Throttling.Api'
  | 'Forbidden.RAM'
  | 'NoPermission'
  | 'InternalError'
  | 'ServiceUnavailable';

/** Beside those: what an operation can answer, by its name. */
export interface OwnCodes {
  'GetVerifyToken': 'InvalidBinding' | 'Error.InternalError' | 'InvalidParam.ParamMissing' | 'Error.NoPermissionAccess' | 'InvalidParam.InvalidBiz';
  'SubmitMaterials': 'Error.InternalError' | 'InvalidParam.ParamMissing' | 'Error.NoPermissionAccess' | 'InvalidParam.VerifyTokenExpired' | 'InvalidParam.MaterialsEmpty' | 'InvalidParam.MaterialsNotValid' | 'Error.DuplicatedTicketId' | 'Error.SubmitMaterialsError' | 'Error.MaterialsUploadError' | 'Error.MaterialsInsufficient' | 'Error.RealNameCheckFail';
  'GetStatus': 'Error.InternalError' | 'InvalidParam.ParamMissing' | 'Error.NoPermissionAccess' | 'InvalidParam.InvalidBiz';
  'GetMaterials': 'Error.InternalError' | 'InvalidParam.ParamMissing' | 'Error.NoPermissionAccess' | 'InvalidParam.InvalidBiz' | 'InvalidParam.RecordNotFound' | 'Error.GetMaterialsError';
  'CreateRPSDK': 'MissingAppUrl' | 'InvalidAppUrl' | 'InvalidPlatform';
  'DescribeRPSDK': 'MissingTaskId';
  'CreateVerifySetting': 'MissingBizName' | 'MissingBizType' | 'MissingSolution' | 'InvalidBizName' | 'InvalidBizType' | 'InvalidSolution' | 'InvalidGuideStep' | 'InvalidPrivacyStep' | 'InvalidResultStep';
  'DescribeOssUploadToken': never;
  'Id2MetaVerify': '400' | '401' | '402' | '403' | '410' | '411' | '412' | '500';
  'face_verify.init': 'MissingService' | 'MissingServiceParameters' | '400' | '402' | '403' | '404' | '500' | '510' | '520' | '530' | '540' | 'B110' | 'R110' | 'Z8102' | 'Z8199' | 'Z1108' | 'Z1110' | 'Z1109' | 'Z1111' | 'Z1112' | 'Z1199' | 'Z5101' | 'Z5102' | 'Z5103' | 'Z5199';
  'face_verify.query': 'MissingService' | 'MissingServiceParameters' | '400' | '402' | '403' | '404' | '500' | '300' | 'Z8301' | 'Z1146' | 'Z8302' | 'Z8399';
  'face_verify.initH5': 'MissingService' | 'MissingServiceParameters' | '400' | '402' | '403' | '404' | '500' | '510' | '520' | '530' | '540' | 'B110' | 'R110' | 'Z8102' | 'Z8199' | 'Z1108' | 'Z1110' | 'Z1109' | 'Z1111' | 'Z1112' | 'Z1199' | 'Z5101' | 'Z5102' | 'Z5103' | 'Z5199';
  'face_verify.queryH5': 'MissingService' | 'MissingServiceParameters' | '400' | '402' | '403' | '404' | '500' | '300' | 'Z8301' | 'Z1146' | 'Z8302' | 'Z8399';
  'face_verify.match': 'MissingService' | 'MissingServiceParameters' | '400' | '402' | '403' | '404' | '500' | 'NOT_SAME_PERSON';
  'intl_face_verify': 'MissingService' | 'MissingServiceParameters' | '400' | '402' | '403' | '404' | '500' | 'UNABLE_GET_IMAGE' | 'PROCESSING';
}

/** Why a verification can fail, in every spelling. */
export type KnownReason = '身份证照片模糊，光线问题造成字体无法识别' | 'blurred' | '500' | 'Z8301' | 'Z1146' | 'Z8302' | 'Z8399' | '身份证照片信息与认证提交信息不一致' | 'mismatch' | '提交的照片非身份证照片' | 'no-card';
