/** Cloudauth 2020-06-18, 2020-11-12 and 2022-11-25, SAF, and OpenPlatform. */
import type { Correction, Corrections, ParamCorrection } from '../corrections.js';

const SMART = 'the help pages of the enhanced version (177643, 177644, 190145, 211293)';
const SMS = 'the published metadata of 2020-06-18 (2024-06-24)';
const ENT = 'the metadata’s own text of the parameter';

type Params = Readonly<Record<string, ParamCorrection>>;
const required = (from: string, ...names: readonly string[]): Params =>
  Object.fromEntries(names.map((name) => [name, { required: true, from }]));

const SCENE = required(SMART, 'SceneId', 'OuterOrderNo', 'Mode');
const enhanced = (params: Params): Correction => ({
  because: 'help pages 211293 and 211605: the codes in the body',
  missing: '400',
  invalid: '401',
  errors: { table: 'checkErrors', codes: ['400', '401', '402', '403', '410', '411', '412', '500'] },
  params,
});
const modes = (...values: readonly string[]): Params => ({ ...SCENE, Mode: { required: true, values, from: SMART } });

const COMPANY: Params = {
  InfoVerifyType: { values: ['ENT_2META', 'ENT_3META', 'ENT_4META'], from: ENT },
  UserAuthorization: { values: ['0', '1'], from: ENT },
};

export const others: Corrections = {
  'cloudauth/2020-06-18/InitSmartVerify': enhanced({
    ...SCENE,
    OuterOrderNo: { required: true, maxLength: 32, from: SMART },
    ...required(SMART, 'MetaInfo'),
  }),
  'cloudauth/2020-06-18/DescribeSmartVerify': enhanced(required(SMART, 'SceneId', 'CertifyId')),
  'cloudauth/2020-06-18/ElementSmartVerify': enhanced(SCENE),
  'cloudauth/2020-06-18/ContrastSmartVerify': enhanced(
    modes('CERT_SAFE', 'MARKET_SAFE', 'FINANCE_SAFE', 'ACCOUNT_SAFE'),
  ),
  'cloudauth/2020-06-18/VerifyBankElement': enhanced(
    modes('OCR_BANK_CARD', 'OCR_VERIFY_BANK_CARD', 'VERIFY_BANK_CARD'),
  ),
  'cloudauth/2020-06-18/SendSms': { params: required(SMS, 'Mobile', 'SignName', 'TemplateCode') },
  'cloudauth/2020-06-18/DescribeSmsDetail': {
    params: {
      ...required(SMS, 'SendDate'),
      CurrentPage: { required: true, min: 1, from: SMS },
      PageSize: { required: true, min: 1, max: 100, from: SMS },
    },
  },
  'cloudauth/2020-11-12/LivenessDetect': {
    params: { MediaCategory: { values: ['IMAGE', 'VIDEO'], from: 'help page 272564 (LivenessDetect)' } },
    answers: { Score: 0.1 },
  },
  'openplatform/2019-12-19/AuthorizeFileUpload': { contract: 'typed' },
  'cloudauth/2022-11-25/EntElementVerify': { params: COMPANY, answers: { ReasonCode: '201' } },
  'cloudauth/2022-11-25/EntElementVerifyV2': { params: COMPANY },
  'cloudauth/2022-11-25/EntElementVerifyPRO': { params: COMPANY },
  'cloudauth/2022-11-25/EntRiskQuery': {
    params: { ParamType: { values: ['00', '01', '02', '03'], from: ENT } },
  },
};
