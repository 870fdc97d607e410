/** The server of the demo merchant: a client of the gateway like any other, for pages of this machine. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { SAF_PERSON } from '../support/scenario.js';
import { listening } from '../support/sdk.js';

let mock: CloudauthMock;
beforeAll(async () => {
  mock = await listening();
});
afterAll(() => mock.close());

async function ask(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const reply = await fetch(`${mock.url}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers });
  return { status: reply.status, ...((await reply.json()) as { Code: number; Message: string; Data: object }) };
}

test('/demo/init is an initH5 that the journal knows', async () => {
  const { Code, Data } = await ask('/demo/init', SAF_PERSON);
  expect([Code, Object.keys(Data)]).toEqual([200, ['zimId', 'bizId']]);
  expect((await mock.requests()).at(-1)?.operation).toBe('saf/2017-03-31/face_verify.initH5');
});

test('/demo/query gives queryH5’s answer, picture and all', async () => {
  const { Data } = await ask('/demo/init', SAF_PERSON);
  const answer = await ask('/demo/query', { ...Data, returnImage: '1' } as Record<string, string>);
  expect([answer.Code, Object.keys(answer.Data)]).toEqual([200, ['image']]);
});

test('what is missing is refused by the gateway, in its words', async () => {
  expect((await ask('/demo/init', { certNumber: '1', metainfo: '{}' })).Message).toBe(
    'init接口失败，name/certNumber不能为空',
  );
});

test.each(['https://evil.test', 'null'])('a page of %s cannot use the default key', async (origin) => {
  expect(await ask('/demo/init', SAF_PERSON, { origin })).toMatchObject({ status: 403, Code: 403 });
});

test('a default key with another secret is used with that', async () => {
  await using own = await createCloudauthMock({ port: 0, accessKeys: ['LTAImockDefault:another'] }).listen();
  const reply = await fetch(`${own.url}/demo/init`, { method: 'POST', body: new URLSearchParams(SAF_PERSON) });
  expect(((await reply.json()) as { Code: number }).Code).toBe(200);
});
