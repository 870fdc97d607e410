/** Cloudauth-intl 2022-08-09: errors come with an HTTP status of their own. */
import type { Corrections, ParamCorrection } from '../corrections.js';

const PAGE = 'the help pages of Initialize and CheckResult (international)';
const TEXT = 'the metadata’s own text of the parameter';

const required = (...names: readonly string[]): Readonly<Record<string, ParamCorrection>> =>
  Object.fromEntries(names.map((name) => [name, { required: true, from: PAGE }]));
const Y_N: ParamCorrection = { values: ['Y', 'N'], from: TEXT };

const START = { ...required('ProductCode', 'MerchantBizId', 'MetaInfo', 'MerchantUserId'), IdSpoof: Y_N };

export const intl: Corrections = {
  'cloudauth-intl/2022-08-09/*': {
    because: 'help page “Server-side HTTP status codes” (2026): the errors',
    missing: 'MissingParameter',
    invalid: 'InvalidParameter',
    errors: {
      table: 'intlErrors',
      codes: [
        ...['MissingParameter', 'InvalidParameter', 'TransactionIdInvalid', 'Forbidden.ExceptionRepeatedInvoke'],
        ...['UnqualifiedPhoto', 'DataDuplication', 'ToolargeImage', 'DownloadTimeout', 'NoFaceDetected'],
        ...['Forbidden.RAMUserAccessDenied', 'Forbidden.AccountAccessDenied', 'ProcessNotCompleted'],
      ],
    },
  },
  'cloudauth-intl/2022-08-09/Initialize': { params: START },
  'cloudauth-intl/2022-08-09/InitializeV2': { params: START },
  'cloudauth-intl/2022-08-09/CheckResult': {
    params: { ...required('MerchantBizId', 'TransactionId'), IsReturnImage: Y_N },
    // the example prints asterisks
    answers: {
      EkycResult: 'N',
      SubCode: '204',
      ExtBasicInfo: '{}',
      ExtFaceInfo: '{"faceAttack":"N","faceComparisonScore":41.5,"facePassed":"N"}',
      ExtIdInfo: '{"ocrIdInfo":{},"ocrIdPassed":"N","spoofInfo":{"spoofResult":"N","spoofType":[]}}',
      ExtRiskInfo: '{}',
    },
  },
  'cloudauth-intl/2022-08-09/CheckVerifyLog': { params: required('MerchantBizId', 'TransactionId') },
  'cloudauth-intl/2022-08-09/DeleteVerifyResult': {
    params: {
      ...required('TransactionId'),
      DeleteAfterQuery: Y_N,
      DeleteType: { values: ['Img', 'Text', 'All'], from: TEXT },
    },
    answers: { DeleteResult: 'N' },
  },
  'cloudauth-intl/2022-08-09/IdnAuthorityVerifyIntl': {
    answers: { ExtSourceInfo: '{"govId":0.0,"fullName":0.0,"dob":0.0,"selfiePhoto":0.1,"liveness":0.1}' },
  },
};
