/** The information checks, Cloudauth 2019-03-07: what is wrong is told in the body, with HTTP 200. */
import type { Correction, Corrections, ParamCorrection } from '../corrections.js';

const PAGE = 'the help centre’s page of the operation';
/** The page on recycled numbers has all three; what a value must look like in each is the page's of each operation. */
const PARAM_TYPES = 'help page “second-release-verification-of-mobile-phone-number”';
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

const PARAM_TYPE: Params = { ParamType: { required: true, values: ['normal', 'md5', 'sm2'], from: PARAM_TYPES } };
const NUMBER: Params = { IdentifyNum: { required: true, from: PAGE } };
const NAME: Params = { UserName: { required: true, from: PAGE } };
const MOBILE: Params = { Mobile: { required: true, from: PAGE } };
const VEHICLE: Params = { VehicleNum: { required: true, from: PAGE } };
const VEHICLE_TYPE: Params = { VehicleType: { values: ['02', '52'], from: PAGE } };
const TWO = { ...PARAM_TYPE, ...NUMBER, ...NAME };
const THREE = { ...TWO, ...MOBILE };
const META: Params = { VerifyMetaType: { required: true, values: ['VEHICLE_2_META', 'VEHICLE_3_META'], from: PAGE } };
const DOCUMENT: Params = {
  CredType: { required: true, values: ['01', '02', '03'], from: PAGE },
  ...required(PAGE, 'CredName'),
  MerchantDetail: { example: '[{"Key":"name","Value":"shop-1"}]', from: 'what the vendor’s SDKs write' },
};
/** The page's sample has `key` and a text there, as its generator writes every map. */
const scores = (tags: readonly string[]) => ({ RiskScore: Object.fromEntries(tags.map((tag) => [tag, '0.0126'])) });
const OF_DOCUMENTS = scores(['PS', 'SCREEN_PHOTO', 'WATERMARK']);
const OF_FACES = scores(['SuspectDeepForgery', 'SuspectPSFace', 'SuspectTemple', 'SuspectRemake']);
/** It has no page. */
const SAMPLES = ['CredentialProductVerifyV2'];

export const checks: Corrections = Object.fromEntries(
  Object.entries<Correction>({
    Id2MetaVerify: family(TWO),
    Id2MetaStandardVerify: family(TWO),
    Id2MetaPeriodVerify: family({
      ...TWO,
      ValidityStartDate: { required: true, from: PAGE },
      ValidityEndDate: { required: true, from: PAGE },
    }),
    Id2MetaVerifyWithOCR: family({}, ofPictures),
    Id3MetaVerify: family({ ...TWO, Crop: { values: ['T', 'F'], from: PAGE } }, ofPictures),
    Id3MetaVerifyWithOCR: family({}, ofPictures),
    Mobile2MetaVerify: family({ ParamType: { values: ['normal', 'md5', 'sm2'], from: PARAM_TYPES } }, ofPhones),
    Mobile3MetaSimpleVerify: family(THREE, ofPhones),
    Mobile3MetaSimpleStandardVerify: family(THREE, ofPhones),
    Mobile3MetaDetailVerify: family(THREE, ofPhones),
    Mobile3MetaDetailStandardVerify: family(THREE, ofPhones),
    MobileOnlineStatus: family({ ...PARAM_TYPE, ...MOBILE }, ofPhones),
    MobileOnlineTime: family({ ...PARAM_TYPE, ...MOBILE }, ofPhones),
    MobileDetect: family({ ...PARAM_TYPE, Mobiles: { required: true, from: PAGE } }, ofPhones),
    MobileRecycledMetaVerify: family(
      { ...PARAM_TYPE, ...MOBILE, RegisterDate: { required: true, from: PAGE } },
      ofPhones,
    ),
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
    VehicleQuery: family({ ...PARAM_TYPE, ...VEHICLE, ...VEHICLE_TYPE }),
    Vehicle5ItemQuery: family({ ...PARAM_TYPE, ...VEHICLE, ...VEHICLE_TYPE }),
    VehicleInsureQuery: family({ ...PARAM_TYPE, Vin: { required: true, from: PAGE } }),
    CredentialVerify: {
      ...family(DOCUMENT, ofPictures),
      answers: OF_DOCUMENTS,
    },
    CredentialVerifyV2: {
      ...family(DOCUMENT, ofPictures),
      answers: OF_DOCUMENTS,
    },
    CredentialProductVerifyV2: family({}, ofPictures),
    DeepfakeDetect: {
      ...family(
        {
          ...required(PAGE, 'OuterOrderNo'),
          FaceInputType: { required: true, values: ['IMAGE', 'VIDEO'], from: PAGE },
        },
        { table: 'pictureErrors', codes: [...ofPictures.codes, '406'].sort() },
      ),
      answers: OF_FACES,
    },
  }).map(([name, correction]) => [
    `cloudauth/2019-03-07/${name}`,
    SAMPLES.includes(name) ? correction : { ...correction, contract: 'typed' },
  ]),
);
