/** Generated from the contracts: npm run docs writes it anew. What editors complete. */

/** Full paths of operations. */
export type OperationPath =
  | 'cloudauth/2017-11-17/GetVerifyToken' | 'cloudauth/2017-11-17/SubmitMaterials' | 'cloudauth/2017-11-17/GetStatus' | 'cloudauth/2017-11-17/GetMaterials' | 'cloudauth/2019-03-07/CreateRPSDK'
  | 'cloudauth/2019-03-07/DescribeRPSDK' | 'cloudauth/2019-03-07/CreateVerifySetting' | 'cloudauth/2019-03-07/DescribeOssUploadToken' | 'cloudauth/2019-03-07/Id2MetaVerify'
  | 'cloudauth/2019-03-07/Id2MetaStandardVerify' | 'cloudauth/2019-03-07/Id2MetaPeriodVerify' | 'cloudauth/2019-03-07/Id3MetaVerify' | 'cloudauth/2019-03-07/Mobile2MetaVerify'
  | 'cloudauth/2019-03-07/Mobile3MetaSimpleVerify' | 'cloudauth/2019-03-07/Mobile3MetaSimpleStandardVerify' | 'cloudauth/2019-03-07/Mobile3MetaDetailVerify'
  | 'cloudauth/2019-03-07/Mobile3MetaDetailStandardVerify' | 'cloudauth/2019-03-07/MobileOnlineStatus' | 'cloudauth/2019-03-07/MobileOnlineTime' | 'cloudauth/2019-03-07/MobileRecycledMetaVerify'
  | 'cloudauth/2019-03-07/MobileDetect' | 'cloudauth/2019-03-07/BankMetaVerify' | 'cloudauth/2019-03-07/VehicleMetaVerify' | 'cloudauth/2019-03-07/VehicleMetaVerifyV2'
  | 'cloudauth/2019-03-07/VehicleQuery' | 'cloudauth/2019-03-07/Vehicle5ItemQuery' | 'cloudauth/2019-03-07/VehicleInsureQuery' | 'cloudauth/2019-03-07/CredentialVerify'
  | 'cloudauth/2019-03-07/CredentialVerifyV2' | 'cloudauth/2019-03-07/DeepfakeDetect' | 'cloudauth/2019-03-07/Id2MetaVerifyWithOCR' | 'cloudauth/2019-03-07/Id3MetaVerifyWithOCR'
  | 'cloudauth/2019-03-07/InitFaceVerify' | 'cloudauth/2019-03-07/DescribeFaceVerify' | 'cloudauth/2019-03-07/DeleteFaceVerifyResult' | 'cloudauth/2019-03-07/ContrastFaceVerify'
  | 'cloudauth/2019-03-07/CompareFaceVerify' | 'cloudauth/2019-03-07/LivenessFaceVerify' | 'cloudauth/2019-03-07/AIGCFaceVerify' | 'cloudauth/2019-03-07/DescribeVerifyToken'
  | 'cloudauth/2019-03-07/DescribeVerifyResult' | 'cloudauth/2019-03-07/VerifyMaterial' | 'cloudauth/2019-03-07/CompareFaces' | 'cloudauth/2019-03-07/DetectFaceAttributes'
  | 'cloudauth/2019-03-07/UpdateVerifySetting' | 'cloudauth/2019-03-07/DescribeVerifySetting' | 'cloudauth/2019-03-07/CreateAntCloudAuthScene' | 'cloudauth/2019-03-07/CreateAuthKey'
  | 'cloudauth/2019-03-07/CreateCloudauthstScene' | 'cloudauth/2019-03-07/CreateFaceConfig' | 'cloudauth/2019-03-07/CreateSceneConfig' | 'cloudauth/2019-03-07/CreateVerifySDK'
  | 'cloudauth/2019-03-07/CreateWhitelist' | 'cloudauth/2019-03-07/CreateWhitelistSetting' | 'cloudauth/2019-03-07/CredentialProductVerifyV2'
  | 'cloudauth/2019-03-07/DeleteAllCustomizeFlowStrategy' | 'cloudauth/2019-03-07/DeleteAntCloudAuthScene' | 'cloudauth/2019-03-07/DeleteBlackListStrategy'
  | 'cloudauth/2019-03-07/DeleteCloudauthstScene' | 'cloudauth/2019-03-07/DeleteControlStrategy' | 'cloudauth/2019-03-07/DeleteCustomizeFlowStrategy' | 'cloudauth/2019-03-07/DeleteSceneConfig'
  | 'cloudauth/2019-03-07/DeleteWhitelist' | 'cloudauth/2019-03-07/DeleteWhitelistSetting' | 'cloudauth/2019-03-07/DescribeAntAndCloudAuthUserStatus' | 'cloudauth/2019-03-07/DescribeAppInfo'
  | 'cloudauth/2019-03-07/DescribeAuthVerify' | 'cloudauth/2019-03-07/DescribeCardVerify' | 'cloudauth/2019-03-07/DescribeCloudauthstSceneList' | 'cloudauth/2019-03-07/DescribeDeviceInfo'
  | 'cloudauth/2019-03-07/DescribeFaceConfig' | 'cloudauth/2019-03-07/DescribeFaceGuardRisk' | 'cloudauth/2019-03-07/DescribeFaceUsage' | 'cloudauth/2019-03-07/DescribeInfoCheckExportRecord'
  | 'cloudauth/2019-03-07/DescribeListAntCloudAuthScenes' | 'cloudauth/2019-03-07/DescribeListFaceVerifyData' | 'cloudauth/2019-03-07/DescribeListFaceVerifyInfos'
  | 'cloudauth/2019-03-07/DescribeMetaSearchPageList' | 'cloudauth/2019-03-07/DescribeMetaStatisticsList' | 'cloudauth/2019-03-07/DescribeMetaStatisticsPageList'
  | 'cloudauth/2019-03-07/DescribeOssStatus' | 'cloudauth/2019-03-07/DescribeOssStatusV2' | 'cloudauth/2019-03-07/DescribePageFaceVerifyData' | 'cloudauth/2019-03-07/DescribePageSetting'
  | 'cloudauth/2019-03-07/DescribeProductCode' | 'cloudauth/2019-03-07/DescribeSdkUrl' | 'cloudauth/2019-03-07/DescribeSmartStatisticsPageList' | 'cloudauth/2019-03-07/DescribeUpdatePackageResult'
  | 'cloudauth/2019-03-07/DescribeUploadInfo' | 'cloudauth/2019-03-07/DescribeUserStatus' | 'cloudauth/2019-03-07/DescribeVerifyDeviceRiskStatistics'
  | 'cloudauth/2019-03-07/DescribeVerifyFailStatistics' | 'cloudauth/2019-03-07/DescribeVerifyPersonasDeviceModelStatistics' | 'cloudauth/2019-03-07/DescribeVerifyPersonasOsStatistics'
  | 'cloudauth/2019-03-07/DescribeVerifyPersonasProvinceStatistics' | 'cloudauth/2019-03-07/DescribeVerifyPersonasSexStatistics' | 'cloudauth/2019-03-07/DescribeVerifyRecords'
  | 'cloudauth/2019-03-07/DescribeVerifySDK' | 'cloudauth/2019-03-07/DescribeVerifySearchPageList' | 'cloudauth/2019-03-07/DescribeVerifyStatistics' | 'cloudauth/2019-03-07/DescribeVerifyUsage'
  | 'cloudauth/2019-03-07/DescribeWhitelist' | 'cloudauth/2019-03-07/DescribeWhitelistSetting' | 'cloudauth/2019-03-07/DownloadVerifyRecords' | 'cloudauth/2019-03-07/InitAuthVerify'
  | 'cloudauth/2019-03-07/InitCardVerify' | 'cloudauth/2019-03-07/InitDevice' | 'cloudauth/2019-03-07/InsertWhiteListSetting' | 'cloudauth/2019-03-07/ModifyBlackListStrategy'
  | 'cloudauth/2019-03-07/ModifyControlStrategy' | 'cloudauth/2019-03-07/ModifyCustomizeFlowStrategyList' | 'cloudauth/2019-03-07/ModifyDeviceInfo'
  | 'cloudauth/2019-03-07/PageQueryWhiteListSetting' | 'cloudauth/2019-03-07/QueryBlackListStrategy' | 'cloudauth/2019-03-07/QueryControlStrategy'
  | 'cloudauth/2019-03-07/QueryCustomizeFlowStrategy' | 'cloudauth/2019-03-07/QuerySceneConfigs' | 'cloudauth/2019-03-07/QueryVerifyDownloadTask' | 'cloudauth/2019-03-07/QueryVerifyFlowPackage'
  | 'cloudauth/2019-03-07/QueryVerifyInvokeSatistic' | 'cloudauth/2019-03-07/RemoveWhiteListSetting' | 'cloudauth/2019-03-07/UpdateAntCloudAuthScene' | 'cloudauth/2019-03-07/UpdateAppPackage'
  | 'cloudauth/2019-03-07/UpdateFaceConfig' | 'cloudauth/2019-03-07/UpdateSceneConfig' | 'cloudauth/2019-03-07/VerifyDevice' | 'cloudauth/2020-06-18/ContrastSmartVerify'
  | 'cloudauth/2020-06-18/DescribeSmartVerify' | 'cloudauth/2020-06-18/DescribeSmsDetail' | 'cloudauth/2020-06-18/ElementSmartVerify' | 'cloudauth/2020-06-18/InitSmartVerify'
  | 'cloudauth/2020-06-18/SendSms' | 'cloudauth/2020-06-18/VerifyBankElement' | 'cloudauth/2020-11-12/CompareFaces' | 'cloudauth/2020-11-12/DescribeVerifyResult'
  | 'cloudauth/2020-11-12/DescribeVerifyToken' | 'cloudauth/2020-11-12/DetectFaceAttributes' | 'cloudauth/2020-11-12/LivenessDetect' | 'cloudauth/2020-11-12/VerifyMaterial'
  | 'cloudauth/2022-11-25/EntElementVerify' | 'cloudauth/2022-11-25/EntElementVerifyPRO' | 'cloudauth/2022-11-25/EntElementVerifyV2' | 'cloudauth/2022-11-25/EntRiskQuery'
  | 'cloudauth/2022-11-25/EntVerify' | 'cloudauth-intl/2022-08-09/AddFaceRecord' | 'cloudauth-intl/2022-08-09/AddressCompareIntl' | 'cloudauth-intl/2022-08-09/AddressVerifyIntl'
  | 'cloudauth-intl/2022-08-09/AddressVerifyV2Intl' | 'cloudauth-intl/2022-08-09/BankMetaVerifyIntl' | 'cloudauth-intl/2022-08-09/CardOcr' | 'cloudauth-intl/2022-08-09/CheckResult'
  | 'cloudauth-intl/2022-08-09/CheckVerifyLog' | 'cloudauth-intl/2022-08-09/CredentialGetResultIntl' | 'cloudauth-intl/2022-08-09/CredentialRecognitionIntl'
  | 'cloudauth-intl/2022-08-09/CredentialRecognitionIntlV2' | 'cloudauth-intl/2022-08-09/CredentialSubmitIntl' | 'cloudauth-intl/2022-08-09/CredentialSubmitIntlV2'
  | 'cloudauth-intl/2022-08-09/CredentialVerifyIntl' | 'cloudauth-intl/2022-08-09/DeepfakeDetectIntl' | 'cloudauth-intl/2022-08-09/DeepfakeDetectIntlStream'
  | 'cloudauth-intl/2022-08-09/DeleteFaceGroup' | 'cloudauth-intl/2022-08-09/DeleteFaceRecord' | 'cloudauth-intl/2022-08-09/DeleteFaceRecordV2' | 'cloudauth-intl/2022-08-09/DeleteVerifyResult'
  | 'cloudauth-intl/2022-08-09/DocOcr' | 'cloudauth-intl/2022-08-09/DocOcrMax' | 'cloudauth-intl/2022-08-09/DocOcrMaxV2' | 'cloudauth-intl/2022-08-09/DocOcrV2'
  | 'cloudauth-intl/2022-08-09/DownloadVerifyRecordIntl' | 'cloudauth-intl/2022-08-09/EkycVerify' | 'cloudauth-intl/2022-08-09/EkycVerifyV2' | 'cloudauth-intl/2022-08-09/FaceCompare'
  | 'cloudauth-intl/2022-08-09/FaceCompareV2' | 'cloudauth-intl/2022-08-09/FaceCrossCompareIntl' | 'cloudauth-intl/2022-08-09/FaceDuplicationCheckIntl' | 'cloudauth-intl/2022-08-09/FaceGuardRisk'
  | 'cloudauth-intl/2022-08-09/FaceLiveness' | 'cloudauth-intl/2022-08-09/FaceLivenessV2' | 'cloudauth-intl/2022-08-09/FaceVerifyIntl' | 'cloudauth-intl/2022-08-09/FraudResultCallBack'
  | 'cloudauth-intl/2022-08-09/Id2MetaPeriodVerifyIntl' | 'cloudauth-intl/2022-08-09/Id2MetaVerifyIntl' | 'cloudauth-intl/2022-08-09/IdnAuthorityVerifyIntl'
  | 'cloudauth-intl/2022-08-09/Initialize' | 'cloudauth-intl/2022-08-09/InitializeV2' | 'cloudauth-intl/2022-08-09/KeepaliveIntl' | 'cloudauth-intl/2022-08-09/Mobile2MetaVerifyIntl'
  | 'cloudauth-intl/2022-08-09/Mobile3MetaVerifyIntl' | 'cloudauth-intl/2022-08-09/ModifyFaceGroup' | 'cloudauth-intl/2022-08-09/ModifyFaceRecord' | 'cloudauth-intl/2022-08-09/QueryFaceGroup'
  | 'cloudauth-intl/2022-08-09/QueryFaceRecord' | 'cloudauth-intl/2022-08-09/TempAccessTokenIntl' | 'cloudauth-intl/2022-08-09/TempOssUrlIntl' | 'saf/2017-03-31/face_verify.init'
  | 'saf/2017-03-31/face_verify.query' | 'saf/2017-03-31/face_verify.initH5' | 'saf/2017-03-31/face_verify.queryH5' | 'saf/2017-03-31/face_verify.match' | 'saf/2019-05-21/intl_face_verify'
  | 'saf/2019-05-21/ExecuteExtendService' | 'saf/2019-05-21/ExecuteRequestML' | 'saf/2019-05-21/ExecuteRequestSG' | 'saf/2019-05-21/RequestDecision' | 'saf/2018-09-19/intl_face_verify'
  | 'saf/2018-09-19/face_verify.init' | 'saf/2018-09-19/face_verify.query' | 'saf/2018-09-19/face_verify.initH5' | 'saf/2018-09-19/face_verify.queryH5' | 'saf/2018-09-19/face_verify.match'
  | 'openplatform/2019-12-19/AuthorizeFileUpload' | 'sts/2015-04-01/AssumeRole' | 'sts/2015-04-01/GetCallerIdentity' | 'location/2015-06-12/DescribeEndpoints';

/** Errors that every operation can answer. */
export type SharedCode =
  | 'InvalidVersion' | 'InvalidAction.NotFound' | 'UnsupportedOperation' | 'UnsupportedHTTPMethod' | 'InvalidParameter.Format' | 'InvalidParameter' | 'MissingAccessKeyId' | 'MissingSignature'
  | 'MissingSignatureMethod' | 'MissingSignatureVersion' | 'MissingSignatureNonce' | 'MissingTimestamp' | 'MissingSecurityToken' | 'MissingAction' | 'MissingContentSha256'
  | 'InvalidSignatureVersion' | 'InvalidSignatureMethod' | 'InvalidTimeStamp.Format' | 'InvalidTimeStamp.Expired' | 'InvalidAccessKeyId.NotFound' | 'InvalidAccessKeyId.Inactive'
  | 'InvalidSecurityToken.Malformed' | 'InvalidSecurityToken.MismatchWithAccessKey' | 'InvalidSecurityToken.Expired' | 'IncompleteSignature' | 'SignatureDoesNotMatch' | 'SignatureNonceUsed'
  | 'Throttling' | 'Throttling.User' | 'Throttling.Api' | 'Forbidden.RAM' | 'NoPermission' | 'InternalError' | 'ServiceUnavailable';

/** Beside those: what an operation can answer, by its name. */
export type OwnCodes =
  & Record<'GetVerifyToken', 'Error.InternalError' | 'Error.NoPermissionAccess' | 'InvalidBinding' | 'InvalidParam.InvalidBiz' | 'InvalidParam.ParamMissing'>
  & Record<'SubmitMaterials', 'Error.DuplicatedTicketId' | 'Error.InternalError' | 'Error.MaterialsInsufficient' | 'Error.MaterialsUploadError' | 'Error.NoPermissionAccess' | 'Error.RealNameCheckFail' | 'Error.SubmitMaterialsError' | 'InvalidParam.MaterialsEmpty' | 'InvalidParam.MaterialsNotValid' | 'InvalidParam.ParamMissing' | 'InvalidParam.VerifyTokenExpired'>
  & Record<'GetStatus', 'Error.InternalError' | 'Error.NoPermissionAccess' | 'InvalidParam.InvalidBiz' | 'InvalidParam.ParamMissing'>
  & Record<'GetMaterials', 'Error.GetMaterialsError' | 'Error.InternalError' | 'Error.NoPermissionAccess' | 'InvalidParam.InvalidBiz' | 'InvalidParam.ParamMissing' | 'InvalidParam.RecordNotFound'>
  & Record<'CreateRPSDK', 'InvalidAppUrl' | 'InvalidPlatform' | 'MissingAppUrl'>
  & Record<
  | 'DescribeRPSDK' | 'DescribeVerifySDK'
  , 'MissingTaskId'>
  & Record<'CreateVerifySetting', 'InvalidBizName' | 'InvalidBizType' | 'InvalidGuideStep' | 'InvalidPrivacyStep' | 'InvalidResultStep' | 'InvalidSolution' | 'MissingBizName' | 'MissingBizType' | 'MissingSolution'>
  & Record<
  | 'DescribeOssUploadToken' | 'DescribeVerifySetting' | 'CreateFaceConfig' | 'CreateVerifySDK' | 'DeleteWhitelist' | 'DescribeAntAndCloudAuthUserStatus' | 'DescribeCloudauthstSceneList'
  | 'DescribeFaceConfig' | 'DescribeFaceUsage' | 'DescribeOssStatus' | 'DescribeOssStatusV2' | 'DescribePageSetting' | 'DescribeProductCode' | 'DescribeUpdatePackageResult' | 'DescribeUploadInfo'
  | 'DescribeUserStatus' | 'DescribeVerifyUsage' | 'DownloadVerifyRecords' | 'InitDevice' | 'ModifyBlackListStrategy' | 'ModifyControlStrategy' | 'ModifyCustomizeFlowStrategyList'
  | 'QueryBlackListStrategy' | 'QueryControlStrategy' | 'QueryVerifyDownloadTask' | 'UpdateFaceConfig' | 'VerifyDevice' | 'EntVerify' | 'AuthorizeFileUpload' | 'GetCallerIdentity'
  , never>
  & Record<
  | 'Id2MetaVerify' | 'Id2MetaStandardVerify' | 'Id2MetaPeriodVerify' | 'BankMetaVerify' | 'VehicleMetaVerify' | 'VehicleMetaVerifyV2' | 'VehicleQuery' | 'Vehicle5ItemQuery' | 'VehicleInsureQuery'
  | 'ContrastSmartVerify' | 'DescribeSmartVerify' | 'ElementSmartVerify' | 'InitSmartVerify' | 'VerifyBankElement'
  , '400' | '401' | '402' | '403' | '410' | '411' | '412' | '500'>
  & Record<
  | 'Id3MetaVerify' | 'CredentialVerify' | 'CredentialVerifyV2' | 'Id2MetaVerifyWithOCR' | 'Id3MetaVerifyWithOCR' | 'CredentialProductVerifyV2'
  , '400' | '401' | '402' | '403' | '405' | '410' | '411' | '412' | '419' | '420' | '421' | '440' | '500'>
  & Record<
  | 'Mobile2MetaVerify' | 'Mobile3MetaSimpleVerify' | 'Mobile3MetaSimpleStandardVerify' | 'Mobile3MetaDetailVerify' | 'Mobile3MetaDetailStandardVerify' | 'MobileOnlineStatus' | 'MobileOnlineTime'
  | 'MobileRecycledMetaVerify' | 'MobileDetect'
  , '400' | '401' | '402' | '403' | '405' | '410' | '411' | '412' | '500'>
  & Record<'DeepfakeDetect', '400' | '401' | '402' | '403' | '405' | '406' | '410' | '411' | '412' | '419' | '420' | '421' | '440' | '500'>
  & Record<'InitFaceVerify', '400' | '401' | '402' | '404' | '405' | '410' | '411' | '412' | '414' | '415' | '416' | '417' | '418' | '419' | '420' | '421' | '422' | '423' | '500'>
  & Record<'DescribeFaceVerify', '400' | '401' | '402' | '403' | '404' | '406' | '410' | '411' | '412' | '414' | '415' | '416' | '417' | '418' | '424' | '427' | '500'>
  & Record<
  | 'DeleteFaceVerifyResult' | 'DescribeAuthVerify' | 'DescribeCardVerify'
  , '400' | '401' | '404' | '406' | '410' | '411' | '424' | '500'>
  & Record<'ContrastFaceVerify', '400' | '401' | '402' | '404' | '405' | '410' | '411' | '412' | '417' | '418' | '419' | '420' | '421' | '422' | '423' | '500'>
  & Record<
  | 'CompareFaceVerify' | 'LivenessFaceVerify' | 'AIGCFaceVerify'
  , '400' | '401' | '402' | '404' | '410' | '411' | '412' | '419' | '420' | '421' | '422' | '423' | '500'>
  & Record<'DescribeVerifyToken', 'InvalidBizId' | 'InvalidParam.ImageValuePatternError' | 'InvalidParam.InvalidBiz' | 'InvalidUserRegistTime' | 'MissingBizId' | 'MissingBizType'>
  & Record<'DescribeVerifyResult', 'DataExpired' | 'MissingBizId' | 'MissingBizType'>
  & Record<'VerifyMaterial', 'Error.InternalError' | 'InvalidBizId' | 'InvalidParam.InvalidBiz' | 'InvalidParam.MaterialsNotValid' | 'MissingBizId' | 'MissingBizType' | 'MissingFaceImageUrl' | 'MissingIdCardNumber' | 'MissingName'>
  & Record<'CompareFaces', 'Error.InternalError' | 'Error.NoFaceDetected' | 'Error.NoPermissionAccess' | 'InvalidParam.FacePicNotGiven' | 'InvalidParam.ImageNotFound' | 'InvalidParam.ImageTypeEmpty' | 'InvalidParam.ImageTypeInvalid' | 'InvalidParam.ImageValuePatternError' | 'InvalidParam.ParamsMissing'>
  & Record<'DetectFaceAttributes', 'Error.DetectFaceAttributesAlgServiceError' | 'Error.DetectFaceAttributesAlgServieReturnError' | 'Error.DetectFaceAttributesBase64Error' | 'Error.DetectFaceAttributesHttpError' | 'Error.DetectFaceAttributesOssError' | 'Error.DetectFaceAttributesParamError' | 'Error.InternalError' | 'Error.NoPermissionAccess' | 'InvalidParam.ParamsMissing'>
  & Record<'UpdateVerifySetting', 'InvalidBizName' | 'InvalidGuideStep' | 'InvalidParam.InvalidBiz' | 'InvalidPrivacyStep' | 'InvalidResultStep' | 'InvalidSolution' | 'MissingBizType'>
  & Record<'CreateAntCloudAuthScene', 'InvalidReturnPicCount' | 'InvalidReturnVideoLength' | 'MissingSceneName'>
  & Record<'CreateAuthKey', 'InvalidAuthYears' | 'InvalidTest'>
  & Record<'CreateCloudauthstScene', 'MissingProductCode' | 'MissingSceneName'>
  & Record<'CreateSceneConfig', 'InvalidsceneId' | 'Missingconfig' | 'MissingsceneId' | 'Missingtype'>
  & Record<'CreateWhitelist', 'InvalidValidDay' | 'MissingBizId' | 'MissingIdCardNum' | 'MissingValidDay'>
  & Record<'CreateWhitelistSetting', 'InvalidSceneId' | 'InvalidServiceCode' | 'InvalidValidDay' | 'MissingServiceCode' | 'MissingValidDay'>
  & Record<
  | 'DeleteAllCustomizeFlowStrategy' | 'QueryCustomizeFlowStrategy'
  , 'InvalidUserId' | 'MissingUserId'>
  & Record<'DeleteAntCloudAuthScene', 'InvalidSceneId' | 'MissingSceneId'>
  & Record<
  | 'DeleteBlackListStrategy' | 'DeleteControlStrategy'
  , 'InvalidId'>
  & Record<'DeleteCloudauthstScene', 'MissingSceneId'>
  & Record<'DeleteCustomizeFlowStrategy', 'InvalidId' | 'InvalidUserId' | 'MissingId'>
  & Record<'DeleteSceneConfig', 'InvalidsceneConfigId' | 'MissingsceneConfigId'>
  & Record<'DeleteWhitelistSetting', 'InvalidServiceCode' | 'MissingIds' | 'MissingServiceCode'>
  & Record<
  | 'DescribeAppInfo' | 'DescribeDeviceInfo' | 'DescribeInfoCheckExportRecord' | 'DescribeWhitelist'
  , 'InvalidCurrentPage' | 'InvalidPageSize'>
  & Record<
  | 'DescribeFaceGuardRisk' | 'InitAuthVerify' | 'InitCardVerify'
  , '400' | '401' | '402' | '404' | '410' | '411' | '412' | '500'>
  & Record<'DescribeListAntCloudAuthScenes', 'InvalidSceneId'>
  & Record<'DescribeListFaceVerifyData', 'InvalidGmtEnd' | 'InvalidGmtStart' | 'InvalidSceneId'>
  & Record<'DescribeListFaceVerifyInfos', 'InvalidGmtEnd' | 'InvalidGmtStart' | 'InvalidPageNumber' | 'InvalidPageSize' | 'InvalidSceneId' | 'InvalidStatus'>
  & Record<
  | 'DescribeMetaSearchPageList' | 'DescribeMetaStatisticsPageList'
  , 'InvalidCurrentPage' | 'InvalidEndDate' | 'InvalidPageSize' | 'InvalidStartDate' | 'MissingApi' | 'MissingCurrentPage' | 'MissingEndDate' | 'MissingPageSize' | 'MissingStartDate'>
  & Record<'DescribeMetaStatisticsList', 'InvalidEndDate' | 'InvalidStartDate' | 'MissingApi' | 'MissingEndDate' | 'MissingStartDate'>
  & Record<'DescribePageFaceVerifyData', 'InvalidCurrentPage' | 'InvalidPageSize' | 'InvalidSceneId'>
  & Record<
  | 'DescribeSdkUrl' | 'UpdateAppPackage'
  , 'InvalidDebug' | 'InvalidId'>
  & Record<'DescribeSmartStatisticsPageList', 'MissingCurrentPage' | 'MissingEndDate' | 'MissingPageSize' | 'MissingSceneId' | 'MissingStartDate'>
  & Record<
  | 'DescribeVerifyDeviceRiskStatistics' | 'DescribeVerifyStatistics'
  , 'InvalidEndDate' | 'InvalidStartDate' | 'MissingEndDate' | 'MissingServiceCode' | 'MissingStartDate'>
  & Record<'DescribeVerifyFailStatistics', 'InvalidEndDate' | 'InvalidStartDate' | 'MissingApi' | 'MissingEndDate' | 'MissingProductCode' | 'MissingServiceCode' | 'MissingStartDate'>
  & Record<
  | 'DescribeVerifyPersonasDeviceModelStatistics' | 'DescribeVerifyPersonasOsStatistics' | 'DescribeVerifyPersonasProvinceStatistics' | 'DescribeVerifyPersonasSexStatistics'
  , 'InvalidSceneId' | 'MissingServiceCode' | 'MissingTimeRange'>
  & Record<'DescribeVerifyRecords', 'InvalidCurrentPage' | 'InvalidPageSize' | 'InvalidTotalCount'>
  & Record<'DescribeVerifySearchPageList', 'InvalidHasDeviceRisk' | 'InvalidRiskBizScenario' | 'InvalidRiskDevice' | 'InvalidRiskDeviceToken' | 'InvalidRiskGeneric' | 'InvalidRiskModelMining' | 'InvalidRoot' | 'InvalidSimulator' | 'InvalidVirtualVideo' | 'MissingCurrentPage' | 'MissingPageSize'>
  & Record<'DescribeWhitelistSetting', 'InvalidCurrentPage' | 'InvalidPageSize' | 'InvalidSceneId' | 'InvalidServiceCode' | 'InvalidStatus' | 'InvalidValidEndDate' | 'InvalidValidStartDate' | 'MissingCurrentPage' | 'MissingPageSize' | 'MissingServiceCode'>
  & Record<'InsertWhiteListSetting', 'InvalidRemark' | 'InvalidSceneId' | 'InvalidServiceCode' | 'InvalidValidDay'>
  & Record<'ModifyDeviceInfo', 'MissingDeviceId'>
  & Record<'PageQueryWhiteListSetting', 'InvalidCurrentPage' | 'InvalidPageSize' | 'InvalidSceneId' | 'InvalidServiceCode' | 'InvalidStatus'>
  & Record<'QuerySceneConfigs', 'Missingtype'>
  & Record<'QueryVerifyFlowPackage', 'MissingProductType'>
  & Record<'QueryVerifyInvokeSatistic', 'InvalidCurrentPage' | 'InvalidEndDate' | 'InvalidPageSize' | 'InvalidStartDate'>
  & Record<'RemoveWhiteListSetting', 'InvalidServiceCode'>
  & Record<'UpdateAntCloudAuthScene', 'InvalidReturnPicCount' | 'InvalidReturnVideoLength' | 'InvalidSceneId' | 'InvalidStatus' | 'MissingSceneId'>
  & Record<'UpdateSceneConfig', 'Invalidid' | 'InvalidsceneId' | 'Missingconfig' | 'Missingid' | 'MissingsceneId'>
  & Record<'DescribeSmsDetail', 'InvalidCurrentPage' | 'InvalidPageSize' | 'MissingCurrentPage' | 'MissingPageSize' | 'MissingSendDate'>
  & Record<'SendSms', 'MissingMobile' | 'MissingSignName' | 'MissingTemplateCode'>
  & Record<'LivenessDetect', 'InvalidMediaCategory'>
  & Record<
  | 'EntElementVerify' | 'EntElementVerifyPRO'
  , 'InvalidInfoVerifyType' | 'InvalidUserAuthorization'>
  & Record<'EntElementVerifyV2', 'InvalidInfoVerifyType' | 'InvalidUserAuthorization' | 'MissingEntName' | 'MissingInfoVerifyType' | 'MissingLicenseNo' | 'MissingMerchantBizId' | 'MissingMerchantUserId' | 'MissingSceneCode' | 'MissingUserAuthorization'>
  & Record<'EntRiskQuery', 'InvalidParamType'>
  & Record<
  | 'AddFaceRecord' | 'AddressCompareIntl' | 'AddressVerifyIntl' | 'AddressVerifyV2Intl' | 'BankMetaVerifyIntl' | 'CardOcr' | 'CheckResult' | 'CheckVerifyLog' | 'CredentialGetResultIntl'
  | 'CredentialRecognitionIntl' | 'CredentialRecognitionIntlV2' | 'CredentialSubmitIntl' | 'CredentialSubmitIntlV2' | 'CredentialVerifyIntl' | 'DeepfakeDetectIntl' | 'DeepfakeDetectIntlStream'
  | 'DeleteFaceGroup' | 'DeleteFaceRecord' | 'DeleteFaceRecordV2' | 'DeleteVerifyResult' | 'DocOcr' | 'DocOcrMax' | 'DocOcrMaxV2' | 'DocOcrV2' | 'DownloadVerifyRecordIntl' | 'EkycVerify'
  | 'EkycVerifyV2' | 'FaceCompare' | 'FaceCompareV2' | 'FaceCrossCompareIntl' | 'FaceDuplicationCheckIntl' | 'FaceGuardRisk' | 'FaceLiveness' | 'FaceLivenessV2' | 'FaceVerifyIntl'
  | 'FraudResultCallBack' | 'Id2MetaPeriodVerifyIntl' | 'Id2MetaVerifyIntl' | 'IdnAuthorityVerifyIntl' | 'Initialize' | 'InitializeV2' | 'KeepaliveIntl' | 'Mobile2MetaVerifyIntl'
  | 'Mobile3MetaVerifyIntl' | 'ModifyFaceGroup' | 'ModifyFaceRecord' | 'QueryFaceGroup' | 'QueryFaceRecord' | 'TempAccessTokenIntl' | 'TempOssUrlIntl'
  , 'DataDuplication' | 'DownloadTimeout' | 'Forbidden.AccountAccessDenied' | 'Forbidden.ExceptionRepeatedInvoke' | 'Forbidden.RAMUserAccessDenied' | 'MissingParameter' | 'NoFaceDetected' | 'ProcessNotCompleted' | 'ToolargeImage' | 'TransactionIdInvalid' | 'UnqualifiedPhoto'>
  & Record<
  | 'face_verify.init' | 'face_verify.initH5'
  , '400' | '402' | '403' | '404' | '500' | '510' | '520' | '530' | '540' | 'B110' | 'MissingService' | 'MissingServiceParameters' | 'R110' | 'Z1108' | 'Z1109' | 'Z1110' | 'Z1111' | 'Z1112' | 'Z1199' | 'Z5101' | 'Z5102' | 'Z5103' | 'Z5199' | 'Z8102' | 'Z8199'>
  & Record<
  | 'face_verify.query' | 'face_verify.queryH5'
  , '300' | '400' | '402' | '403' | '404' | '500' | 'MissingService' | 'MissingServiceParameters' | 'Z1146' | 'Z8301' | 'Z8302' | 'Z8399'>
  & Record<'face_verify.match', '400' | '402' | '403' | '404' | '500' | 'MissingService' | 'MissingServiceParameters' | 'NOT_SAME_PERSON'>
  & Record<'intl_face_verify', '400' | '402' | '403' | '404' | '500' | 'MissingService' | 'MissingServiceParameters' | 'PROCESSING' | 'UNABLE_GET_IMAGE'>
  & Record<
  | 'ExecuteExtendService' | 'ExecuteRequestML' | 'ExecuteRequestSG' | 'RequestDecision'
  , '400' | '402' | '403' | '404' | 'MissingService' | 'MissingServiceParameters'>
  & Record<'AssumeRole', 'EntityNotExist.Role' | 'InvalidParameter.DurationSeconds' | 'InvalidParameter.ExternalId' | 'InvalidParameter.PolicyGrammar' | 'InvalidParameter.PolicySize' | 'InvalidParameter.RoleArn' | 'InvalidParameter.RoleSessionName' | 'InvalidParameter.SerialNumber' | 'InvalidParameter.TokenCode' | 'MissingRoleArn' | 'MissingRoleSessionName'>
  & Record<'DescribeEndpoints', 'Illegal Parameter' | 'InvalidRegionId' | 'MissingId' | 'MissingServiceCode'>;

/** Why an operation that answers at once can say no, by its name. */
export type OwnReasons =
  & Record<
  | 'Id2MetaVerify' | 'Id2MetaStandardVerify' | 'Id2MetaPeriodVerify' | 'Id3MetaVerify' | 'Mobile2MetaVerify' | 'Mobile3MetaSimpleVerify' | 'Mobile3MetaSimpleStandardVerify' | 'VehicleMetaVerify'
  | 'VehicleMetaVerifyV2' | 'Id2MetaVerifyWithOCR' | 'Id3MetaVerifyWithOCR'
  , '2' | '201' | '3' | '301' | '520' | '530' | 'Error.RealNameCheckFail'>
  & Record<
  | 'Mobile3MetaDetailVerify' | 'Mobile3MetaDetailStandardVerify' | 'MobileOnlineStatus'
  , '2' | '201' | '202' | '203' | '204' | '3' | '301' | '520' | '530' | 'Error.RealNameCheckFail'>
  & Record<'MobileOnlineTime', '001' | '002' | '003' | '004' | '005' | '3' | '301' | '520' | '530' | 'Error.RealNameCheckFail' | 'TimeCode1' | 'TimeCode2' | 'TimeCode3' | 'TimeCode4' | 'TimeCode5'>
  & Record<'MobileRecycledMetaVerify', '102' | '103' | '3' | '301' | '520' | '530' | 'Error.RealNameCheckFail'>
  & Record<'MobileDetect', '102' | '103' | '104' | '105' | '3' | '301' | '520' | '530' | 'Error.RealNameCheckFail'>
  & Record<'BankMetaVerify', '2' | '201' | '202' | '203' | '204' | '205' | '206' | '207' | '208' | '209' | '210' | '211' | '212' | '213' | '214' | '215' | '216' | '3' | '301' | '302' | '303' | '304' | '305' | '306' | '520' | '530' | 'Error.RealNameCheckFail'>
  & Record<
  | 'VehicleQuery' | 'Vehicle5ItemQuery' | 'VehicleInsureQuery'
  , '3' | '301' | '520' | '530' | 'Error.RealNameCheckFail'>
  & Record<
  | 'CredentialVerify' | 'CredentialVerifyV2'
  , '1' | '2' | '201' | '520' | '530' | 'Error.RealNameCheckFail' | 'PS' | 'SCREEN_PHOTO' | 'WATERMARK'>
  & Record<'DeepfakeDetect', '1' | '2' | '201' | '520' | '530' | 'Error.RealNameCheckFail' | 'SuspectDeepForgery' | 'SuspectPSFace' | 'SuspectRemake' | 'SuspectTemple'>
  & Record<'ContrastFaceVerify', '201' | '202' | '203' | '204' | '205' | '206' | '209'>
  & Record<'CompareFaceVerify', '204'>
  & Record<'LivenessFaceVerify', '205' | '206'>
  & Record<'AIGCFaceVerify', '205' | 'Y'>
  & Record<'VerifyMaterial', '11' | '12' | '2' | '201' | '202' | '203' | '204' | '205' | '207' | '209' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '提交的照片非身份证照片' | '身份证照片信息与认证提交信息不一致' | '身份证照片模糊，光线问题造成字体无法识别'>
  & Record<'CompareFaces', '204' | 'different' | 'no-face' | '提交的照片非身份证照片' | '身份证照片信息与认证提交信息不一致' | '身份证照片模糊，光线问题造成字体无法识别'>
  & Record<'DetectFaceAttributes', 'no-face'>
  & Record<
  | 'face_verify.match'
  , 'NOT_SAME_PERSON' | 'Z1146'>
  & Record<
  | 'intl_face_verify'
  , '500' | 'PROCESSING' | 'SYSTEM_ERROR' | 'UNABLE_GET_IMAGE'>;

/** Why a verification can fail, in every spelling. */
export type KnownReason = '001' | '002' | '003' | '004' | '005' | '1' | '10' | '102' | '103' | '104' | '105' | '11' | '12' | '2' | '201' | '202' | '203' | '204' | '205' | '206' | '207' | '208' | '209' | '210' | '211' | '212' | '213' | '214' | '215' | '216' | '220' | '221' | '222' | '3' | '301' | '302' | '303' | '304' | '305' | '306' | '4' | '5' | '500' | '520' | '530' | '6' | '7' | '8' | '9' | 'Error.RealNameCheckFail' | 'NOT_SAME_PERSON' | 'PROCESSING' | 'PS' | 'SCREEN_PHOTO' | 'SYSTEM_ERROR' | 'SuspectDeepForgery' | 'SuspectPSFace' | 'SuspectRemake' | 'SuspectTemple' | 'TimeCode1' | 'TimeCode2' | 'TimeCode3' | 'TimeCode4' | 'TimeCode5' | 'UNABLE_GET_IMAGE' | 'WATERMARK' | 'Y' | 'Z1146' | 'Z8301' | 'Z8302' | 'Z8399' | 'blurred' | 'different' | 'mismatch' | 'no-card' | 'no-face' | '提交的照片非身份证照片' | '身份证照片信息与认证提交信息不一致' | '身份证照片模糊，光线问题造成字体无法识别';
