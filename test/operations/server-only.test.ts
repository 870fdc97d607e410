/** The four face calls that need no person at a page: each is answered at once. */
import { describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock, identities, type MockOptions } from '../../src/index.js';
import { call, cloudauth2019 } from '../support/call.js';
import { FACE, init, describe as result } from '../support/face.js';
import { JPEG } from '../support/h5.js';
import { withRules } from '../support/scenario.js';

type Params = Readonly<Record<string, string | undefined>>;

const { MetaInfo: _, CertType, CertName, CertNo, ProductCode: __, ...SCENE } = FACE;
const PICTURE = JPEG.toString('base64');
const PHOTO = { FaceContrastPicture: PICTURE };
const CALLS: Readonly<Record<string, Params>> = {
  ContrastFaceVerify: { ...SCENE, ProductCode: 'ID_MIN', CertType, CertName, CertNo, ...PHOTO },
  CompareFaceVerify: {
    ...{ ...SCENE, ProductCode: 'PV_FC' },
    ...{ SourceFaceContrastPicture: PICTURE, TargetFaceContrastPicture: PICTURE },
  },
  LivenessFaceVerify: { ...SCENE, ProductCode: 'LR_FR_MIN', ...PHOTO },
  AIGCFaceVerify: { ...SCENE, ProductCode: 'LR_FR_AIGC', ...PHOTO },
};
const NAMES = Object.keys(CALLS);

async function ask(mock: CloudauthMock, name: string, changes: Params = {}) {
  const params = Object.entries({ ...CALLS[name], ...changes }).filter((each) => each[1] !== undefined);
  return (await call(mock, cloudauth2019(name, Object.fromEntries(params) as Record<string, string>))).json;
}
const once = async (name: string, changes: Params, options: MockOptions = {}) => {
  await using mock = createCloudauthMock(options);
  return await ask(mock, name, changes);
};
const ID = expect.stringMatching(/^sha[0-9a-f]{29}$/);
const material = (faceAttack: string, verifyScore?: number) =>
  JSON.stringify({ faceAttack, facialPictureFront: { qualityScore: 96.08, verifyScore } });

test.each<[name: string, passed: object, failed: object]>([
  [
    'ContrastFaceVerify',
    { CertifyId: ID, SubCode: '200', MaterialInfo: material('F', 98.99), IdentityInfo: 'null', Passed: 'T' },
    { CertifyId: ID, SubCode: '204', MaterialInfo: material('F', 38.21), IdentityInfo: 'null', Passed: 'F' },
  ],
  [
    'CompareFaceVerify',
    { CertifyId: ID, VerifyScore: 98.99, Passed: 'T' },
    { CertifyId: ID, VerifyScore: 38.21, Passed: 'F' },
  ],
  [
    'LivenessFaceVerify',
    { CertifyId: ID, SubCode: '200', MaterialInfo: material('F', 98.99), Passed: 'T' },
    { CertifyId: ID, SubCode: '205', MaterialInfo: material('T', 98.99), Passed: 'F' },
  ],
  ['AIGCFaceVerify', { CertifyId: ID, Result: 'N', Score: '0.0001' }, { CertifyId: ID, Result: 'Y', Score: '1.0000' }],
])('%s passes anybody, and fails whose order says so', async (name, passed, failed) => {
  await using mock = createCloudauthMock();
  const answers = [await ask(mock, name), await ask(mock, name, { OuterOrderNo: 'order~status:2' })];
  expect(answers.map(({ Code, ResultObject }) => [Code, ResultObject])).toEqual([
    ['200', passed],
    ['200', failed],
  ]);
});

describe.each(NAMES)('%s', (name) => {
  const given = Object.keys(CALLS[name]!).find((each) => each.endsWith('FaceContrastPicture'))!;
  const prefix = given.replace('FaceContrastPicture', '');
  const code = async (changes: Params, options?: MockOptions) => (await once(name, changes, options)).Code;

  test.each<[what: string, changes: Params, expected: string]>([
    ['without a photo', { [given]: undefined }, '400'],
    ['with two photos', { [`${prefix}OssObjectName`]: 'a', [`${prefix}OssBucketName`]: 'b' }, '420'],
    ['with what is no picture', { [given]: Buffer.from('GIF89a').toString('base64') }, '419'],
    [
      'with a picture of over 1 MB',
      { [given]: Buffer.concat([JPEG, Buffer.alloc(1_200_000)]).toString('base64') },
      '421',
    ],
    ['with an object that is not there', { [given]: undefined, ...objectAt(prefix) }, '419'],
    ['with an address, as nothing is fetched', { [given]: undefined, ...addressAt(prefix) }, '200'],
    ['of another product', { ProductCode: 'ID_PRO' }, '401'],
    ['ordered to fail by its OuterOrderNo', { OuterOrderNo: 'order~fail:411' }, '411'],
    ['whose picture’s name says no', { [given]: undefined, ...addressAt(prefix, 'upload-error') }, '200'],
  ])('%s', async (_what, changes, expected) => {
    expect(await code(changes)).toBe(expected);
  });

  test('of a scene nobody declared, where all are declared', async () => {
    expect(await code({}, { scenes: 'declared', sceneId: ['1'] })).toBe('404');
  });

  test('a rule decides', async () => {
    await using mock = await withRules([{ on: name, then: { outcome: 'fail' } }]);
    const { ResultObject } = await ask(mock, name);
    expect(ResultObject.Passed ?? ResultObject.Result).toBe(name === 'AIGCFaceVerify' ? 'Y' : 'F');
  });
});

function objectAt(prefix: string): Params {
  return { [`${prefix}OssBucketName`]: 'verify-external-image', [`${prefix}OssObjectName`]: 'nobody.jpg' };
}
function addressAt(prefix: string, name = 'me'): Params {
  return { [`${prefix}FaceContrastPictureUrl`]: `http://127.0.0.1:9/${name}.jpg` };
}

test.each(['201', '202', '203', '204', '205', '206', '209'])(
  'there is a person for SubCode %s of ContrastFaceVerify',
  async (code) => {
    const { number } = identities.find(({ magic }) => 'outcome' in magic && magic.outcome.reason === code)!;
    const { ResultObject } = await once('ContrastFaceVerify', { CertNo: number });
    expect([ResultObject.Passed, ResultObject.SubCode]).toEqual(['F', code]);
  },
);

test('a picture’s name chooses an outcome', async () => {
  const changes = { FaceContrastPicture: undefined, FaceContrastPictureUrl: 'https://img.local/other-person.jpg' };
  expect((await once('ContrastFaceVerify', changes)).ResultObject.SubCode).toBe('204');
});

test.each([
  ['CertifyId', 'ContrastFaceVerify', 'FaceContrastPicture'],
  ['SourceCertifyId', 'CompareFaceVerify', 'SourceFaceContrastPicture'],
])('%s of a verification that passed is a photo, of one that did not is 423', async (source, name, photo) => {
  await using mock = createCloudauthMock();
  const before = async (changes: Params) => (await ask(mock, 'ContrastFaceVerify', changes)).ResultObject.CertifyId;
  const ids = [await before({}), await before({ CertName: '测试不通过' })];
  const codes = ids.map(async (id) => (await ask(mock, name, { [photo]: undefined, [source]: id })).Code);
  expect(await Promise.all(codes)).toEqual(['200', '423']);
});

test('someone younger than 14 is 405', async () => {
  expect((await once('ContrastFaceVerify', { CertNo: '330103202001011239' })).Code).toBe('405');
});

test.each([
  ['an address of something else', 'http://127.0.0.1:9/a.jpg'],
  ['base64', PICTURE],
  ['an upload there is not', 'http://127.0.0.1:9/3c1e_1000000000000001_0123456789abcdef0123456789abcdef'],
])('FaceContrastFile with %s is refused, and nothing is fetched', async (_what, FaceContrastFile) => {
  const changes = { FaceContrastPicture: undefined, FaceContrastFile };
  expect((await once('ContrastFaceVerify', changes, { fetch: 'loopback' })).Code).toBe('419');
});

test('ContrastFaceVerify is a finished verification: DescribeFaceVerify knows it', async () => {
  await using mock = createCloudauthMock();
  const { CertifyId } = (await ask(mock, 'ContrastFaceVerify', { CertName: '测试不通过' })).ResultObject;
  const { ResultObject } = (await result(mock, CertifyId)).json;
  expect([ResultObject.Passed, ResultObject.SubCode]).toEqual(['F', '204']);
});

test('an identity that ContrastFaceVerify does not find has no face service any more', async () => {
  await using mock = await withRules([{ on: 'ContrastFaceVerify', then: { outcome: 'fail:202', counts: true } }]);
  await ask(mock, 'ContrastFaceVerify');
  const [again, started] = [await ask(mock, 'ContrastFaceVerify'), await init(mock)];
  expect([again.Code, started.json.Code]).toEqual(['417', '417']);
});
