/**
 * What each operation promises, read from the vendor's metadata and the ledger of corrections: never from our contracts, nor
 * with the generator's code. What it demands is therefore no echo of what the emulator does.
 */
import { type Correction, correctionOf, corrections, type ParamCorrection } from '../../contract/corrections.js';
import { allMetadata, type MetadataOperation, type Shape } from '../../contract/metadata.js';

export interface Param {
  readonly name: string;
  readonly type: 'text' | 'number' | 'boolean';
  readonly required: boolean;
  readonly values?: readonly string[];
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  /** Code of a call without it, and of a wrong value, where it is not the operation's. */
  readonly missing?: string;
  readonly invalid?: string;
  /** A value that is taken. */
  readonly sound: string;
}

export interface Promised {
  /** `cloudauth/2019-03-07/InitFaceVerify` */
  readonly path: string;
  readonly version: string;
  readonly name: string;
  readonly methods: readonly ('GET' | 'POST')[];
  readonly params: readonly Param[];
  /** Code of a call that lacks a parameter, or has a wrong one; undefined: the gateway's, which name it. */
  readonly missing?: string;
  readonly invalid?: string;
  /** Told in the body, with HTTP 200. */
  readonly inBody: boolean;
  /** No faults are asked of it. */
  readonly answerOnly: boolean;
  readonly response: Shape;
  /** Members of the printed answer, which every answer has: `ResultObject.Passed`. */
  readonly printed: readonly string[];
}

/** What a page says more of, it may demand more than the metadata does: of these only the answer is looked at. */
const byHand = ({ contract }: Correction): boolean => contract === 'by hand';

const PICTURE = 'https://img.local/x.jpg';
const WHOLE = '849169cd3b20621c1c78bd61a11a4fc2';
const HASHED = {
  IdentifyNum: '9900004122cb13c7a474c1976c9706ae36521d0013',
  UserName: '6499fc7409049355527ef6a2ba5706b8三',
};

/**
 * Parameters that every call of an operation is sent with, beside those the ledger requires: a page requires them for some
 * schemes, or they bring a member of the printed answer. And those that go with one value of another:
 * `<operation> <parameter>=<value>`.
 */
export const COMPANIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  InitFaceVerify: {
    ...{ CertType: 'IDENTITY_CARD', CertName: '测试甲', CertNo: '990000199003070013' },
    ...{ ReturnUrl: 'http://localhost/done', FaceGuardOutput: 'DeviceRisk', RarelyCharacters: 'Y' },
  },
  DescribeVerifyToken: { FaceRetainedImageUrl: 'https://example.com/retained.jpg' },
  VerifyMaterial: {
    IdCardFrontImageUrl: 'https://example.com/front.jpg',
    IdCardBackImageUrl: 'https://example.com/back.jpg',
  },
  'InitFaceVerify ProductCode=PV_FV': { UserId: '1', FaceContrastPicture: '/9j/4AAQSkZJRg==' },
  'InitFaceVerify ProductCode=LR_FR': { UserId: '1' },
  ...Object.fromEntries(
    ['Id2MetaVerify', 'Id2MetaStandardVerify', 'Id2MetaPeriodVerify'].map((name) => [
      `${name} ParamType=md5`,
      { IdentifyNum: HASHED.IdentifyNum, UserName: HASHED.UserName },
    ]),
  ),
  Id3MetaVerify: { FaceUrl: PICTURE },
  'Id3MetaVerify ParamType=md5': { IdentifyNum: HASHED.IdentifyNum, UserName: HASHED.UserName },
  ...Object.fromEntries(
    [
      ...['Mobile2MetaVerify', 'Mobile3MetaSimpleVerify', 'Mobile3MetaSimpleStandardVerify'],
      ...['Mobile3MetaDetailVerify', 'Mobile3MetaDetailStandardVerify', 'MobileOnlineStatus', 'MobileOnlineTime'],
      ...['MobileRecycledMetaVerify', 'MobileDetect'],
    ].map((name) => [
      `${name} ParamType=md5`,
      { UserName: WHOLE, IdentifyNum: WHOLE, Mobile: WHOLE, Mobiles: `${WHOLE},${WHOLE}` },
    ]),
  ),
  BankMetaVerify: { IdentifyNum: '990000199003070013', Mobile: '19900000001' },
  'BankMetaVerify ParamType=md5': { ...HASHED, BankCard: `6200000000${WHOLE}`, Mobile: WHOLE },
  VehicleMetaVerify: { IdentifyNum: '990000199003070013' },
  'VehicleMetaVerify ParamType=md5': { ...HASHED, VehicleNum: `浙A000${WHOLE}` },
  VehicleMetaVerifyV2: { IdentifyNum: '990000199003070013' },
  'VehicleMetaVerifyV2 ParamType=md5': { ...HASHED, VehicleNum: `浙A000${WHOLE}` },
  'VehicleQuery ParamType=md5': { VehicleNum: `浙A000${WHOLE}` },
  'Vehicle5ItemQuery ParamType=md5': { VehicleNum: `浙A000${WHOLE}` },
  'VehicleInsureQuery ParamType=md5': { Vin: `LSV0000000000${WHOLE}` },
  CredentialVerify: { ImageUrl: PICTURE, MerchantId: '1' },
  CredentialVerifyV2: { ImageUrl: PICTURE, MerchantId: '1' },
  DeepfakeDetect: { FaceUrl: PICTURE },
  Id2MetaVerifyWithOCR: { CertUrl: PICTURE },
  Id3MetaVerifyWithOCR: { CertUrl: PICTURE },
  ContrastFaceVerify: { FaceContrastPictureUrl: PICTURE },
  LivenessFaceVerify: { FaceContrastPictureUrl: PICTURE },
  AIGCFaceVerify: { FaceContrastPictureUrl: PICTURE },
  CompareFaceVerify: {
    SourceFaceContrastPicture: '/9j/4AAQSkZJRg==',
    TargetFaceContrastPicture: '/9j/4AAQSkZJRg==',
  },
};

const OTHER_SOURCES = ['FaceContrastPicture', 'FaceContrastFile', 'CertifyId', 'OssBucketName', 'OssObjectName'];

/** Parameters of which a call has one at most. */
export const APART: Readonly<Record<string, readonly string[]>> = {
  InitFaceVerify: ['FaceContrastPictureUrl', 'CertifyId', 'OssBucketName', 'OssObjectName'],
  Id3MetaVerify: ['FaceFile', 'FacePicture'],
  CredentialVerify: ['ImageContext'],
  CredentialVerifyV2: ['ImageContext', 'ImageFile'],
  DeepfakeDetect: ['FaceBase64'],
  Id2MetaVerifyWithOCR: ['CertFile', 'CertNationalFile'],
  Id3MetaVerifyWithOCR: ['CertFile', 'CertNationalFile'],
  ContrastFaceVerify: OTHER_SOURCES,
  LivenessFaceVerify: OTHER_SOURCES,
  AIGCFaceVerify: OTHER_SOURCES,
  CompareFaceVerify: ['Source', 'Target'].flatMap((face) =>
    ['FaceContrastPictureUrl', 'CertifyId', 'OssBucketName', 'OssObjectName'].map((name) => face + name),
  ),
};

const SOUND = { text: 'x', number: '1', boolean: 'true' } as const;
const FORMS = { text: /./, number: /^-?\d{1,15}$/, boolean: /^(true|false)$/ } as const;
const TYPES: Readonly<Record<string, Param['type']>> = {
  string: 'text',
  json: 'text',
  integer: 'number',
  long: 'number',
  boolean: 'boolean',
};

function paramOf(
  { name, type: written, required, values, maxLength, example }: MetadataOperation['params'][number],
  said: Partial<ParamCorrection> = {},
): Param {
  const type = TYPES[written]!;
  const known = said.values ?? values;
  const fits = (value: string) => (known ? known.includes(value) : FORMS[type].test(value));
  const sound = [said.example, example, known?.[0]].find((value) => value !== undefined && fits(value));
  return {
    ...{ name, type, sound: sound ?? SOUND[type], values: known, maxLength: said.maxLength ?? maxLength },
    ...{ missing: said.missing, invalid: said.invalid },
    required: said.required ?? required ?? false,
    ...{ min: said.min, max: said.max },
  };
}

function membersOf(value: unknown, shape: Shape, path = ''): string[] {
  if (typeof shape === 'string' || Array.isArray(shape) || value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, child]) => {
    const below = (shape as Record<string, Shape>)[name];
    return below === undefined ? [] : [path + name, ...membersOf(child, below, `${path}${name}.`)];
  });
}

export const promises: readonly Promised[] = allMetadata().flatMap(({ product, version, operations }) =>
  Object.entries(operations).flatMap(([name, operation]): Promised[] => {
    const folder = `${product}/${version}`;
    const correction = correctionOf(corrections, folder, name);
    const answerOnly = byHand(correction);
    if (answerOnly && !operation.printed) return [];
    const { params = {}, missing, invalid, answers = {} } = correction;
    const left = Object.keys(answers).filter((member) => answers[member] === null);
    return [
      {
        ...{ path: `${folder}/${name}`, version, name, missing, invalid, response: operation.response },
        methods: answerOnly ? ['POST'] : (operation.methods as Promised['methods']),
        answerOnly,
        params: operation.params.map((param) => paramOf(param, params[param.name])),
        inBody: /^\d+$/.test(missing ?? ''),
        printed: membersOf(operation.printed ?? {}, operation.response).filter(
          (member) => !left.some((one) => member.split('.').includes(one)),
        ),
      },
    ];
  }),
);
