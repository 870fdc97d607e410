/** The information checks, Cloudauth 2019-03-07: what is wrong is told in the body, with HTTP 200. */
import type { Correction, Corrections, ParamCorrection } from '../corrections.js';

const PAGE = 'the help centre’s page of the operation';
const CODES = 'help page “error-code-info-check”: the codes in the body';

const codes = ['400', '401', '402', '403', '410', '411', '412', '500'];
const ofPhones = { table: 'phoneErrors', codes: [...codes, '405'].sort() };
const ofPictures = { table: 'pictureErrors', codes: [...codes, '405', '419', '420', '421', '440'].sort() };

const family = (
  params: Correction['params'],
  errors: Correction['errors'] = { table: 'checkErrors', codes },
): Correction => ({
  because: `${CODES}; ${PAGE}: what is required`,
  missing: '400',
  invalid: '401',
  errors,
  params,
});

type Params = Readonly<Record<string, ParamCorrection>>;
const required = (from: string, ...names: readonly string[]): Params =>
  Object.fromEntries(names.map((name) => [name, { required: true, from }]));

const PARAM_TYPE: Params = { ParamType: { required: true, values: ['normal', 'md5'], from: PAGE } };
const NUMBER: Params = { IdentifyNum: { required: true, from: PAGE } };
const NAME: Params = { UserName: { required: true, from: PAGE } };
const MOBILE: Params = { Mobile: { required: true, from: PAGE } };
const VEHICLE: Params = { VehicleNum: { required: true, from: PAGE } };
const VEHICLE_TYPE: Params = { VehicleType: { values: ['02', '52'], from: PAGE } };
const TWO = { ...PARAM_TYPE, ...NUMBER, ...NAME };
const THREE = { ...TWO, ...MOBILE };
const META: Params = { VerifyMetaType: { required: true, values: ['VEHICLE_2_META', 'VEHICLE_3_META'], from: PAGE } };
/** There is no record: of what says nothing but whether there is one. */
const NONE = { BizCode: '3', VehicleInfo: null };

export const checks: Corrections = Object.fromEntries(
  Object.entries<Correction>({
    Id2MetaVerify: { ...family(TWO), contract: 'typed' },
    Id2MetaStandardVerify: family(TWO),
    Id2MetaPeriodVerify: family({
      ...TWO,
      ValidityStartDate: { required: true, from: PAGE },
      ValidityEndDate: { required: true, from: PAGE },
    }),
    Id2MetaVerifyWithOCR: family({}, ofPictures),
    Id3MetaVerify: family({ ...TWO, Crop: { values: ['T', 'F'], from: PAGE } }, ofPictures),
    Id3MetaVerifyWithOCR: family({}, ofPictures),
    Mobile2MetaVerify: family({ ParamType: { values: ['normal', 'md5'], from: PAGE } }, ofPhones),
    Mobile3MetaSimpleVerify: family(THREE, ofPhones),
    Mobile3MetaSimpleStandardVerify: family(THREE, ofPhones),
    Mobile3MetaDetailVerify: family(THREE, ofPhones),
    Mobile3MetaDetailStandardVerify: family(THREE, ofPhones),
    MobileOnlineStatus: family({ ...PARAM_TYPE, ...MOBILE }, ofPhones),
    MobileOnlineTime: {
      ...family({ ...PARAM_TYPE, ...MOBILE }, ofPhones),
      answers: { BizCode: '3', TimeCode: null },
    },
    MobileDetect: {
      ...family({ ...PARAM_TYPE, Mobiles: { required: true, from: PAGE } }, ofPhones),
      answers: { Items: [{ Mobile: '19900000001', BizCode: '2', SubCode: '102', IspName: 'CMCC', Area: '浙江-杭州' }] },
    },
    MobileRecycledMetaVerify: {
      ...family({ ...PARAM_TYPE, ...MOBILE, RegisterDate: { required: true, from: PAGE } }, ofPhones),
      answers: { BizCode: '3', SubCode: '301' },
    },
    BankMetaVerify: family({
      ...PARAM_TYPE,
      ...NAME,
      BankCard: { required: true, from: PAGE },
      ProductType: {
        required: true,
        values: ['BANK_CARD_2_META', 'BANK_CARD_3_META', 'BANK_CARD_4_META'],
        from: PAGE,
      },
      VerifyMode: { required: true, values: ['VERIFY_BANK_CARD'], from: PAGE },
    }),
    VehicleMetaVerify: family({ ...PARAM_TYPE, ...META, ...VEHICLE, ...NAME, ...VEHICLE_TYPE }),
    VehicleMetaVerifyV2: family({ ...PARAM_TYPE, ...META, ...VEHICLE, ...NAME, ...VEHICLE_TYPE }),
    VehicleQuery: { ...family({ ...PARAM_TYPE, ...VEHICLE, ...VEHICLE_TYPE }), answers: NONE },
    Vehicle5ItemQuery: { ...family({ ...PARAM_TYPE, ...VEHICLE, ...VEHICLE_TYPE }), answers: NONE },
    VehicleInsureQuery: {
      ...family({ ...PARAM_TYPE, Vin: { required: true, from: PAGE } }),
      answers: NONE,
    },
    CredentialVerify: family(
      { CredType: { required: true, values: ['01', '02', '03'], from: PAGE }, ...required(PAGE, 'CredName') },
      ofPictures,
    ),
    CredentialVerifyV2: family(
      { CredType: { required: true, values: ['01', '02', '03'], from: PAGE }, ...required(PAGE, 'CredName') },
      ofPictures,
    ),
    CredentialProductVerifyV2: family({}, ofPictures),
    DeepfakeDetect: family(
      {
        ...required(PAGE, 'OuterOrderNo'),
        FaceInputType: { required: true, values: ['IMAGE', 'VIDEO'], from: PAGE },
      },
      { table: 'pictureErrors', codes: [...ofPictures.codes, '406'].sort() },
    ),
  }).map(([name, correction]) => [`cloudauth/2019-03-07/${name}`, correction]),
);
