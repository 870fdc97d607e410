/** Pages and packages name no account: each belongs to the one that began it, and no other account can touch it. */
import { expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2017, cloudauth2019 } from '../support/call.js';
import { JPEG, open, PNG, walk } from '../support/h5.js';
import { queryH5, startH5 } from '../support/saf.js';
import { getMaterials, getStatus, openTask } from '../support/tasks.js';

const ONE = { accessKeyId: 'LTAImockOne' };
const TWO = { accessKeyId: 'LTAImockTwo' };
const manual = () => createCloudauthMock({ device: 'manual', sdkBuild: 'immediate' });
const pageOf = async (mock: CloudauthMock, options: typeof ONE) =>
  `${mock.url}/user_verify/cloudauth.html?token=${await openTask(mock, 'RPBasic', 'ticket', {}, options)}`;
const statusOf = async (mock: CloudauthMock, options: typeof ONE) =>
  (await getStatus(mock, 'RPBasic', 'ticket', options)).json.Data.StatusCode;

test('a page ends the task of its own account, under the same Biz and TicketId', async () => {
  await using mock = manual();
  const [one] = [await pageOf(mock, ONE), await pageOf(mock, TWO)];
  await walk(mock, one);
  expect([await statusOf(mock, ONE), await statusOf(mock, TWO)]).toEqual([1, -1]);
});

test('the pictures of two walks under the same names stay apart', async () => {
  await using mock = manual();
  const pages = [await pageOf(mock, ONE), await pageOf(mock, TWO)];
  await walk(mock, pages[0]!, JPEG);
  await walk(mock, pages[1]!, PNG);
  const bytes = [ONE, TWO].map(async (options) => {
    const { FacePic } = (await getMaterials(mock, 'RPBasic', 'ticket', options)).json.Data;
    return Buffer.from(await (await mock.fetch(new Request(FacePic))).arrayBuffer());
  });
  expect(await Promise.all(bytes)).toEqual([JPEG, PNG]);
});

test('the signature of one account opens no picture of the other', async () => {
  await using mock = manual();
  const pages = [await pageOf(mock, ONE), await pageOf(mock, TWO)];
  for (const page of pages) await walk(mock, page);
  const [one, two] = await Promise.all(
    [ONE, TWO].map(
      async (options) => new URL((await getMaterials(mock, 'RPBasic', 'ticket', options)).json.Data.FacePic),
    ),
  );
  one!.pathname = two!.pathname;
  expect((await mock.fetch(new Request(one!))).status).toBe(403);
});

test.each(['pass', 'expire'])(
  'another account cannot end a verification by its token, zimId or bizId: %s',
  async (end) => {
    await using mock = manual();
    const token = new URL(await pageOf(mock, ONE)).searchParams.get('token')!;
    const { zimId, bizId } = await startH5(mock, {}, ONE);
    const statuses = [token, zimId, bizId].map(async (id) => {
      const address = `${mock.url}/_mock/verifications/${id}/${end}?account=LTAImockTwo`;
      return (await mock.fetch(new Request(address, { method: 'POST' }))).status;
    });
    expect(await Promise.all(statuses)).toEqual([404, 404, 404]);
  },
);

test('another account asks in vain for a session that was ended on its page', async () => {
  await using mock = manual();
  const started = await startH5(mock, {}, ONE);
  await open(mock, `${started.url}&auto=pass`);
  const codes = [await queryH5(mock, started, ONE), await queryH5(mock, started, TWO)].map(({ Code }) => Code);
  expect(codes[0]).toBe(200);
  expect(codes[1]).not.toBe(200);
});

test('a reset of one account leaves the pages, pictures and packages of the other', async () => {
  await using mock = manual();
  await pageOf(mock, ONE);
  const page = await pageOf(mock, TWO);
  await walk(mock, page);
  const AppUrl = 'http://127.0.0.1/app.apk';
  const { TaskId } = (await call(mock, cloudauth2019('CreateRPSDK', { AppUrl }), TWO)).json;
  const { SdkUrl } = (await call(mock, cloudauth2019('DescribeRPSDK', { TaskId }), TWO)).json;
  await mock.reset({ account: 'LTAImockOne' });
  const { FacePic } = (await getMaterials(mock, 'RPBasic', 'ticket', TWO)).json.Data;
  const statuses = [page, FacePic, SdkUrl].map(async (url) => (await mock.fetch(new Request(url))).status);
  expect(await Promise.all(statuses)).toEqual([302, 200, 200]);
});

test('a build is unknown to another account', async () => {
  await using mock = manual();
  const { TaskId } = (await call(mock, cloudauth2019('CreateRPSDK', { AppUrl: 'http://127.0.0.1/a' }), ONE)).json;
  const { json } = await call(mock, cloudauth2019('DescribeRPSDK', { TaskId }), TWO);
  expect(json.SdkUrl ?? json.Code).not.toMatch(/zip/);
});

test('a token of one account cannot be submitted to by another', async () => {
  await using mock = manual();
  const VerifyToken = new URL(await pageOf(mock, ONE)).searchParams.get('token')!;
  const { json } = await call(
    mock,
    cloudauth2017('SubmitMaterials', { VerifyToken, 'Material.1.MaterialType': 'Name', 'Material.1.Value': '李三' }),
    TWO,
  );
  expect([json.Success ?? false, await statusOf(mock, ONE)]).toEqual([false, -1]);
});
