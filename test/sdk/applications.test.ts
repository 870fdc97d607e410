/**
 * Calls as public applications make them, written down with values of our own: by hand-made signatures, and by a sequence of
 * endpoints. What differs between them is how they encode, sort and send, so it is done here as they do it.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET } from '../../src/gateway/accounts.js';
import type { CloudauthMock } from '../../src/index.js';
import { FACE, WEB } from '../support/face.js';
import { listening } from '../support/sdk.js';

const sdk = createRequire(import.meta.url)('@alicloud/cloudauth20190307');

let mock: CloudauthMock;
beforeAll(async () => {
  mock = await listening();
});
afterAll(() => mock.close());

type Params = Record<string, string>;

const common = (): Params => ({
  AccessKeyId: DEFAULT_ACCESS_KEY_ID,
  Format: 'JSON',
  SignatureMethod: 'HMAC-SHA1',
  SignatureNonce: randomUUID(),
  SignatureVersion: '1.0',
  Timestamp: new Date().toISOString().replace(/\.\d+/, ''),
  Version: '2019-03-07',
});
/** Node programs replace what encodeURIComponent leaves; PHP's rawurlencode and Go's QueryEscape do it by themselves. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
const canonical = (params: Params): string =>
  Object.keys(params)
    .sort()
    .map((name) => `${encoded(name)}=${encoded(params[name]!)}`)
    .join('&');
const signature = (method: string, params: Params): string =>
  createHmac('sha1', `${DEFAULT_SECRET}&`)
    .update(`${method}&%2F&${encoded(canonical(params))}`)
    .digest('base64');
/** PHP's http_build_query, and so Guzzle and curl's CURLOPT_POSTFIELDS of it: a space becomes `+`. */
const httpBuildQuery = (params: Params): string => new URLSearchParams(params).toString();

const CHECK = { Action: 'Id2MetaVerify', ParamType: 'normal', IdentifyNum: '330103199001011233', UserName: '张三' };

test('a PHP application checks name and number by GET, with RegionId and the query as http_build_query makes it', async () => {
  const params = { ...common(), ...CHECK, RegionId: 'cn-shanghai' };
  const query = httpBuildQuery({ ...params, Signature: signature('GET', params) });
  const answer = await (await fetch(`${mock.url}/?${query}`)).json();
  expect(answer).toMatchObject({ Code: '200', Message: 'success', ResultObject: { BizCode: '1' } });
});

test('a PHP trait starts a verification by curl, everything in the form, and is told where to send the person', async () => {
  const params = {
    ...{ ...common(), ...FACE, Action: 'InitFaceVerify' },
    // the brackets of a browser's name have to be %28 and %29 in the string to sign
    MetaInfo: WEB.replace('(X11)', '(Windows NT 10.0; Win64; x64) Chrome/126.0 *'),
    ReturnUrl: 'https://shop.example/verify?order=1&from=app#/done',
  };
  const body = httpBuildQuery({ ...params, Signature: signature('POST', params) });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await (await fetch(mock.url, { method: 'POST', headers, body })).json();
  expect(answer).toMatchObject({ Code: '200', Message: 'success', ResultObject: { CertifyId: expect.any(String) } });
  expect((await fetch(answer.ResultObject.CertifyUrl)).status).toBe(200);
});

test('a Go program posts what it signed, sorted, and reads BizCode 2 where they do not belong together', async () => {
  const params = { ...common(), ...CHECK, UserName: '测试不通过' };
  const body = `Signature=${encoded(signature('POST', params))}&${canonical(params)}`;
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const answer = await (await fetch(`${mock.url}/`, { method: 'POST', headers, body })).json();
  expect(answer).toMatchObject({ Code: '200', ResultObject: { BizCode: '2' } });
});

test('a Node program signs in the query of a POST without a body', async () => {
  const params = { ...common(), ...CHECK };
  const url = `${mock.url}/?${canonical(params)}&Signature=${encoded(signature('POST', params))}`;
  const answer = await (await fetch(url, { method: 'POST' })).json();
  expect(answer).toMatchObject({ Code: '200', ResultObject: { BizCode: '1' } });
});

test('a Spring starter goes on to the next endpoint when the first is down, and asks for the result there', async () => {
  await mock.scenarios.add({
    rules: [{ on: '*FaceVerify', when: { host: '127.0.0.1' }, then: { fail: 'ServiceUnavailable' } }],
  });
  const { port } = new URL(mock.url);
  const clientOf = (host: string) =>
    new sdk.default({
      ...{ accessKeyId: DEFAULT_ACCESS_KEY_ID, accessKeySecret: DEFAULT_SECRET },
      ...{ endpoint: `${host}:${port}`, protocol: 'HTTP', connectTimeout: 3000, readTimeout: 6000 },
    });
  const asked: string[] = [];
  /** The help page's sample: on to the next for a failure of the service, or Code 500. */
  async function byEndpoints<T extends { body: { code?: string } }>(
    call: (client: InstanceType<typeof sdk.default>) => T,
  ) {
    for (const host of ['127.0.0.1', 'localhost']) {
      asked.push(host);
      const answer = await Promise.resolve(call(clientOf(host))).catch((error) => ({ body: { code: error.code } }));
      if (answer.body.code !== 'ServiceUnavailable' && answer.body.code !== '500') return answer as Awaited<T>;
    }
    throw new Error('every endpoint is down');
  }
  const { SceneId, ...face } = FACE;
  const members = Object.fromEntries(
    Object.entries(face).map(([name, value]) => [name[0]!.toLowerCase() + name.slice(1), value]),
  );
  const started = await byEndpoints((client) =>
    client.initFaceVerify(new sdk.InitFaceVerifyRequest({ ...members, sceneId: Number(SceneId) })),
  );
  const { certifyId } = started.body.resultObject;
  const ended = await byEndpoints((client) =>
    client.describeFaceVerify(new sdk.DescribeFaceVerifyRequest({ sceneId: Number(SceneId), certifyId })),
  );
  await mock.reset();
  expect(ended.body.resultObject).toMatchObject({ passed: 'T', subCode: '200' });
  expect(asked).toEqual(['127.0.0.1', 'localhost', '127.0.0.1', 'localhost']);
});
