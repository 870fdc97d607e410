import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2017, cloudauth2019 } from '../support/call.js';

const ask = (params: Record<string, string>) =>
  cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 't', ...params });

test.each(['RPBasic', 'RPManual', 'RPBioID', 'RPBioOnlyPro', 'RPBioOnly', 'RPH5BioOnly', 'FVBioOnly', 'FDBioOnly'])(
  '%s is a scene from the start, with a page for the person',
  async (Biz) => {
    await using mock = createCloudauthMock();
    const { json } = await call(mock, ask({ Biz }));
    expect(json.Data.CloudauthPageUrl).toContain(`token=${json.Data.VerifyToken.Token}`);
  },
);

test('RPMin is a scene without a page', async () => {
  await using mock = createCloudauthMock();
  const { json } = await call(mock, ask({ Biz: 'RPMin' }));
  expect(json.Data).not.toHaveProperty('CloudauthPageUrl');
});

test('a BizType made by CreateVerifySetting is a valid Biz', async () => {
  await using mock = createCloudauthMock();
  await call(mock, cloudauth2019('CreateVerifySetting', { BizType: 'Login', BizName: '登录', Solution: 'RPBioOnly' }));
  const { status } = await call(mock, ask({ Biz: 'Login' }));
  expect(status).toBe(200);
});

test.each(['Nope', 'rpbasic', 'toString'])('Biz %s is InvalidParam.InvalidBiz', async (Biz) => {
  await using mock = createCloudauthMock();
  const { status, json } = await call(mock, ask({ Biz }));
  expect([status, json.Code, json.Message]).toEqual([400, 'InvalidParam.InvalidBiz', 'The biz is not valid']);
});

test.each(['not json', '[]', '"text"', 'null'])(
  'a Binding of %s is refused, it must be a JSON object',
  async (Binding) => {
    await using mock = createCloudauthMock();
    const { status, json } = await call(mock, ask({ Binding }));
    expect([status, json.Code]).toEqual([400, 'InvalidBinding']);
  },
);

test('Binding is stored, its pictures are not judged', async () => {
  await using mock = createCloudauthMock();
  const { status } = await call(mock, ask({ Binding: '{"FacePic":"/local/path.jpg"}' }));
  expect(status).toBe(200);
});

test('RegionId is neither required nor checked', async () => {
  await using mock = createCloudauthMock();
  const { status } = await call(mock, ask({ RegionId: 'mars-1' }));
  expect(status).toBe(200);
});

test('each call opens a new session of the same task', async () => {
  await using mock = createCloudauthMock();
  const first = await call(mock, ask({}));
  const second = await call(mock, ask({}));
  expect(second.json.Data.VerifyToken.Token).not.toBe(first.json.Data.VerifyToken.Token);
});

test('the upload credentials last as long as the token, on the business clock', async () => {
  await using mock = createCloudauthMock();
  await mock.clock.advance('2h');
  const { json } = await call(mock, ask({}));
  const left = Date.parse(json.Data.StsToken.Expiration) - (await mock.clock.now());
  expect(Math.round(left / 60_000)).toBe(30);
});
