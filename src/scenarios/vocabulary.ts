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
  'GetVerifyToken': 'Error.InternalError' | 'Error.NoPermissionAccess' | 'InvalidBinding' | 'InvalidParam.InvalidBiz' | 'InvalidParam.ParamMissing';
  'SubmitMaterials': 'Error.DuplicatedTicketId' | 'Error.InternalError' | 'Error.MaterialsInsufficient' | 'Error.MaterialsUploadError' | 'Error.NoPermissionAccess' | 'Error.RealNameCheckFail' | 'Error.SubmitMaterialsError' | 'InvalidParam.MaterialsEmpty' | 'InvalidParam.MaterialsNotValid' | 'InvalidParam.ParamMissing' | 'InvalidParam.VerifyTokenExpired';
  'GetStatus': 'Error.InternalError' | 'Error.NoPermissionAccess' | 'InvalidParam.InvalidBiz' | 'InvalidParam.ParamMissing';
  'GetMaterials': 'Error.GetMaterialsError' | 'Error.InternalError' | 'Error.NoPermissionAccess' | 'InvalidParam.InvalidBiz' | 'InvalidParam.ParamMissing' | 'InvalidParam.RecordNotFound';
  'CreateRPSDK': 'InvalidAppUrl' | 'InvalidPlatform' | 'MissingAppUrl';
  'DescribeRPSDK': 'MissingTaskId';
  'CreateVerifySetting': 'InvalidBizName' | 'InvalidBizType' | 'InvalidGuideStep' | 'InvalidPrivacyStep' | 'InvalidResultStep' | 'InvalidSolution' | 'MissingBizName' | 'MissingBizType' | 'MissingSolution';
  'DescribeOssUploadToken': never;
  'Id2MetaVerify': '400' | '401' | '402' | '403' | '410' | '411' | '412' | '500';
  'face_verify.init': '400' | '402' | '403' | '404' | '500' | '510' | '520' | '530' | '540' | 'B110' | 'MissingService' | 'MissingServiceParameters' | 'R110' | 'Z1108' | 'Z1109' | 'Z1110' | 'Z1111' | 'Z1112' | 'Z1199' | 'Z5101' | 'Z5102' | 'Z5103' | 'Z5199' | 'Z8102' | 'Z8199';
  'face_verify.query': '300' | '400' | '402' | '403' | '404' | '500' | 'MissingService' | 'MissingServiceParameters' | 'Z1146' | 'Z8301' | 'Z8302' | 'Z8399';
  'face_verify.initH5': '400' | '402' | '403' | '404' | '500' | '510' | '520' | '530' | '540' | 'B110' | 'MissingService' | 'MissingServiceParameters' | 'R110' | 'Z1108' | 'Z1109' | 'Z1110' | 'Z1111' | 'Z1112' | 'Z1199' | 'Z5101' | 'Z5102' | 'Z5103' | 'Z5199' | 'Z8102' | 'Z8199';
  'face_verify.queryH5': '300' | '400' | '402' | '403' | '404' | '500' | 'MissingService' | 'MissingServiceParameters' | 'Z1146' | 'Z8301' | 'Z8302' | 'Z8399';
  'face_verify.match': '400' | '402' | '403' | '404' | '500' | 'MissingService' | 'MissingServiceParameters' | 'NOT_SAME_PERSON';
  'intl_face_verify': '400' | '402' | '403' | '404' | '500' | 'MissingService' | 'MissingServiceParameters' | 'PROCESSING' | 'UNABLE_GET_IMAGE';
}

/** Why a verification can fail, in every spelling. */
export type KnownReason = '500' | 'Z1146' | 'Z8301' | 'Z8302' | 'Z8399' | 'blurred' | 'mismatch' | 'no-card' | '提交的照片非身份证照片' | '身份证照片信息与认证提交信息不一致' | '身份证照片模糊，光线问题造成字体无法识别';
