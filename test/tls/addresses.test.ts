/** Addresses handed out lead back by the way a call came: its scheme, its host, its port. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, cloudauth2017, cloudauth2019 } from '../support/call.js';
import { type SecureMock, secureMock } from '../support/secure.js';
import { openTask, PERSON, submit } from '../support/tasks.js';

let secure: SecureMock;
beforeAll(async () => {
  secure = await secureMock({ fetch: 'loopback', scenes: 'any' });
});
afterAll(() => secure[Symbol.asyncDispose]());

const token = (url: string, over: Pick<SecureMock, 'fetch'> = secure) =>
  call(over, cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: url }), { url });
const META = JSON.stringify({ bioMetaInfo: '4.1.0:2916352,0', deviceType: 'h5', ua: 'Mozilla/5.0' });

test('by https they are https', async () => {
  const base = `https://127.0.0.1:${secure.port}`;
  const { Data } = (await token(secure.url)).json;
  expect(Data.CloudauthPageUrl).toMatch(new RegExp(`^${base}/user_verify/`));
  expect(Data.StsToken.EndPoint).toBe(base);
  const face = await call(
    secure,
    cloudauth2019('InitFaceVerify', {
      ...{ SceneId: '1', OuterOrderNo: 'a', ProductCode: 'ID_PRO', CertType: 'IDENTITY_CARD' },
      ...{ CertName: PERSON.Name, CertNo: PERSON.IdentificationNumber, MetaInfo: META, ReturnUrl: `${base}/back` },
    }),
    { url: secure.url },
  );
  expect(face.json.ResultObject.CertifyUrl).toMatch(new RegExp(`^${base}/s\\?certifyId=`));
});

test('by a name, they have the name; for uploads its address, for a bucket is put before it', async () => {
  const { Data } = (await token(`https://localhost:${secure.port}/`)).json;
  expect(Data.CloudauthPageUrl).toMatch(new RegExp(`^https://localhost:${secure.port}/`));
  expect(Data.StsToken.EndPoint).toBe(`https://127.0.0.1:${secure.port}`);
});

test('by a host of the vendor they are the https port’s own: nothing goes to production', async () => {
  const { Data } = (await token('https://cloudauth.aliyuncs.com/')).json;
  expect(Data.StsToken.EndPoint).toBe(`https://127.0.0.1:${secure.port}`);
});

test('by http they stay http', async () => {
  const { Data } = (await token(`${secure.mock.url}/`, { fetch: (request) => fetch(request) })).json;
  expect(Data.StsToken.EndPoint).toBe(secure.mock.url);
});

test('a picture’s address is good where it is handed in again', async () => {
  const over = secure.mock;
  const options = { url: secure.url };
  const via = { ...over, fetch: secure.fetch };
  const first = await openTask(via, 'RPMin', 'first', {}, options);
  await submit(via, first, PERSON, options);
  const { json } = await call(secure, cloudauth2017('GetMaterials', { Biz: 'RPMin', TicketId: 'first' }), options);
  const { FacePic } = json.Data;
  expect(FacePic).toMatch(/^https:\/\/127\.0\.0\.1/);
  const second = await openTask(via, 'RPMin', 'second', {}, options);
  const answer = await submit(via, second, { ...PERSON, FacePic }, options);
  expect([answer.status, answer.headers.get('x-cloudauth-mock-hint')]).toEqual([200, null]);
});
