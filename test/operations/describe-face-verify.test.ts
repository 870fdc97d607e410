import { describe as about, expect, test } from 'vitest';
import { createCloudauthMock, identities } from '../../src/index.js';
import { subCodes } from '../../src/products/cloudauth/financial-grade.js';
import { certifyId, describe, outcome, SCENE } from '../support/face.js';
import { saying } from '../support/hints.js';
import { withRules } from '../support/scenario.js';

const PASSED = ['200', 'T', '200'];
const SUB_CODES = Object.keys(subCodes);

test('the simulated person passes, and the answer is shaped as the printed one', async () => {
  await using mock = createCloudauthMock();
  const { status, json } = await describe(mock, await certifyId(mock));
  expect([status, json]).toEqual([
    200,
    {
      Code: '200',
      Message: 'success',
      RequestId: json.RequestId,
      ResultObject: {
        SubCode: '200',
        MaterialInfo: expect.any(String),
        IdentityInfo: 'null',
        DeviceToken: expect.any(String),
        Passed: 'T',
        Success: 'True',
      },
    },
  ]);
});

test('it can be asked for again', async () => {
  await using mock = createCloudauthMock({ device: 'polls:1' });
  const id = await certifyId(mock);
  const codes = [];
  for (let n = 0; n < 3; n++) codes.push((await describe(mock, id)).json.Code);
  expect(codes).toEqual(['424', '200', '200']);
});

test('until something is submitted it is 424, without a result', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  const { status, json, hint } = await describe(mock, await certifyId(mock));
  expect([status, json, hint]).toEqual([
    200,
    { Code: '424', Message: '身份认证记录不存在', RequestId: json.RequestId },
    await saying('not-submitted'),
  ]);
});

test('after:30s goes by the business clock', async () => {
  await using mock = createCloudauthMock({ device: 'after:30s' });
  const id = await certifyId(mock);
  const before = (await describe(mock, id)).json.Code;
  await mock.clock.advance('30s');
  expect([before, (await describe(mock, id)).json.Code]).toEqual(['424', '200']);
});

test('30 minutes later nobody finishes it any more', async () => {
  await using mock = createCloudauthMock();
  const [inTime, late] = [await certifyId(mock), await certifyId(mock)];
  await mock.clock.advance('1799s');
  const good = (await describe(mock, inTime)).json.Code;
  await mock.clock.advance('1s');
  expect([good, (await describe(mock, late)).json.Code]).toEqual(['200', '424']);
});

test('what has ended outlives its 30 minutes', async () => {
  await using mock = createCloudauthMock();
  const id = await certifyId(mock);
  await describe(mock, id);
  await mock.clock.advance('31m');
  expect((await describe(mock, id)).json.ResultObject.Passed).toBe('T');
});

test('an unknown CertifyId is 406, and so is another account’s', async () => {
  await using mock = createCloudauthMock({ accessKeys: ['LTAIother:secret@other'] });
  const id = await certifyId(mock);
  const other = await describe(mock, id, SCENE, { accessKeyId: 'LTAIother', secret: 'secret' });
  const codes = [(await describe(mock, 'sha00000000000000000000000000000')).json.Code, other.json.Code];
  expect(codes).toEqual(['406', '406']);
});

test('another SceneId is 404 with --scenes declared, else a hint', async () => {
  await using strict = createCloudauthMock({ sceneId: [SCENE, '7'], scenes: 'declared' });
  await using lax = createCloudauthMock();
  const hint = await saying(['other-scene-id', { id: SCENE }]);
  const refused = await describe(strict, await certifyId(strict), '7');
  const taken = await describe(lax, await certifyId(lax), '7');
  expect([refused.json.Code, refused.hint, taken.json.Code, taken.hint?.includes(hint)]).toEqual([
    '404',
    hint,
    '200',
    true,
  ]);
});

test.each([
  ['CertifyId', { CertifyId: '' }],
  ['SceneId', { SceneId: '' }],
])('without %s it is 400', async (_name, change) => {
  await using mock = createCloudauthMock();
  const params = { SceneId: SCENE, CertifyId: 'x', ...change };
  expect((await describe(mock, params.CertifyId, params.SceneId)).json.Code).toBe('400');
});

about.each(SUB_CODES)('SubCode %s', (subCode) => {
  const FAILED = ['200', 'F', subCode];

  test('by a test person', async () => {
    await using mock = createCloudauthMock();
    const person = identities.find(({ magic }) => 'outcome' in magic && magic.outcome.reason === subCode)!;
    expect(await outcome(mock, { CertNo: person.number })).toEqual(FAILED);
  });

  test('by a suffix of the name', async () => {
    await using mock = createCloudauthMock();
    expect(await outcome(mock, { CertName: `张三~fail:${subCode}` })).toEqual(FAILED);
  });

  test('by a rule', async () => {
    await using mock = await withRules([{ on: 'DescribeFaceVerify', then: { outcome: `fail:${subCode}` } }]);
    expect(await outcome(mock)).toEqual(FAILED);
  });

  test('by the control side', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const id = await certifyId(mock);
    await mock.verifications.fail(id, subCode);
    const { Passed, SubCode } = (await describe(mock, id)).json.ResultObject;
    expect([Passed, SubCode]).toEqual(['F', subCode]);
  });
});

test.each([
  ['测试通过', PASSED],
  ['测试不通过', ['200', 'F', '204']],
  ['测试退出', ['424']],
  ['张三~status:2', ['200', 'F', '204']],
  ['张三~fail:424', ['424']],
  ['张三~fail:427', ['427']],
])('the name %s comes to %j', async (CertName, expected) => {
  await using mock = createCloudauthMock();
  expect(await outcome(mock, { CertName })).toEqual(expected);
});

test('a person who fails elsewhere by a code of another family fails here too', async () => {
  await using mock = createCloudauthMock();
  const person = identities.find(({ magic }) => 'outcome' in magic && magic.outcome.reason === 'Z1146')!;
  expect(await outcome(mock, { CertNo: person.number })).toEqual(['200', 'F', '204']);
});

test('of LR_FR the UserId may be a test person’s name', async () => {
  await using mock = createCloudauthMock();
  const nobody = { CertType: undefined, CertName: undefined, CertNo: undefined };
  expect(await outcome(mock, { ...nobody, ProductCode: 'LR_FR', UserId: 'u1~fail:205' })).toEqual(['200', 'F', '205']);
});

test('a number that may be anybody’s passes, whatever else was called for', async () => {
  await using mock = createCloudauthMock();
  expect(await outcome(mock)).toEqual(PASSED);
});

test('failNext is answered once', async () => {
  await using mock = createCloudauthMock();
  mock.failNext('DescribeFaceVerify', '427');
  const id = await certifyId(mock);
  expect([(await describe(mock, id)).json.Code, (await describe(mock, id)).json.Code]).toEqual(['427', '200']);
});

test('quit is final: one submission, and nothing was submitted', async () => {
  await using mock = createCloudauthMock();
  const id = await certifyId(mock);
  await mock.verifications.quit(id);
  expect((await describe(mock, id)).json.Code).toBe('424');
  await expect(mock.verifications.pass(id)).rejects.toThrow('has ended already');
});

test('a SubCode nobody documents is refused, and those there are are named', async () => {
  await using mock = createCloudauthMock();
  const id = await certifyId(mock);
  await expect(mock.verifications.fail(id, '299')).rejects.toThrow("DescribeFaceVerify documents no error '299'");
});

about('MaterialInfo', () => {
  const materials = async (changes: Record<string, string | undefined> = {}) => {
    const mock = createCloudauthMock();
    const id = await certifyId(mock, changes);
    const { MaterialInfo, ...rest } = (await describe(mock, id)).json.ResultObject;
    return { mock, id, rest, info: JSON.parse(MaterialInfo) };
  };

  test('its object is named after the CertifyId', async () => {
    const { id, info } = await materials();
    expect(info.facialPictureFront).toMatchObject({
      ossBucketName: 'cn-shanghai-aliyun-cloudauth-1000000000000001',
      ossObjectName: `verify/1000000000000001/${id}_0.jpeg`,
    });
  });

  test('its picture can be fetched for 15 minutes', async () => {
    const { mock, info } = await materials();
    const { pictureUrl } = info.facialPictureFront;
    const look = async () => (await mock.fetch(new Request(pictureUrl))).status;
    const first = await look();
    await mock.clock.advance('14m');
    const last = await look();
    await mock.clock.advance('2m');
    expect([first, last, await look()]).toEqual([200, 200, 403]);
  });

  test.each([
    ['205', { faceAttack: 'T' }],
    ['204', { faceAttack: 'F' }],
  ])('of SubCode %s it says %j', async (subCode, expected) => {
    expect((await materials({ CertName: `张三~fail:${subCode}` })).info).toMatchObject(expected);
  });

  test('who was compared with nobody has no verifyScore', async () => {
    const nobody = { CertType: undefined, CertName: undefined, CertNo: undefined };
    const { info } = await materials({ ...nobody, ProductCode: 'LR_FR', UserId: 'u1' });
    expect(info.facialPictureFront).not.toHaveProperty('verifyScore');
  });

  test('UserInfo and DeviceRisk come when they were asked for', async () => {
    const { rest } = await materials({ RarelyCharacters: 'Y', FaceGuardOutput: 'DeviceRisk' });
    expect([JSON.parse(rest.UserInfo), rest.DeviceRisk]).toEqual([
      { number: '330103199001011233', name: '张三', verifyName: '张三' },
      '',
    ]);
  });
});
