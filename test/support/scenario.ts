/** The verbs of a test about scenarios: an emulator that has some, and short calls to it. */
import { type CloudauthMock, createCloudauthMock, type MockOptions, type Scenario } from '../../src/index.js';
import { type CallOptions, call, cloudauth2019, faceVerify, type Reply } from './call.js';

/** In process, with rules for account `default` written as in a file. */
export async function withRules(rules: string | readonly object[], options: MockOptions = {}): Promise<CloudauthMock> {
  const mock = createCloudauthMock(options);
  await mock.scenarios.add(typeof rules === 'string' ? rules : ({ rules } as Scenario));
  return mock;
}

/** The cheapest call there is: it needs no state and leaves none that matters. */
export const UPLOAD = cloudauth2019('DescribeOssUploadToken');
export const upload = (mock: CloudauthMock, options?: CallOptions): Promise<Reply> => call(mock, UPLOAD, options);

/** What each of `times` calls answered: its code, `ok` for a success. */
export async function codes(mock: CloudauthMock, times: number, send = upload): Promise<string[]> {
  const seen: string[] = [];
  for (let n = 0; n < times; n++) seen.push((await send(mock)).json.Code ?? 'ok');
  return seen;
}

export const SAF_PERSON = { name: '张三', certNumber: '330103xxxxxxxxxxxx', metainfo: '{}' };

/** A SAF call; of its answer what counts. */
export async function saf(
  mock: CloudauthMock,
  members: Record<string, unknown>,
  options: CallOptions = {},
): Promise<{ Code: number; Message: string; Data: Record<string, string> }> {
  return (await call(mock, faceVerify(members), options)).json;
}
export const init = (mock: CloudauthMock, more: object = {}, options: CallOptions = {}) =>
  saf(mock, { method: 'init', ...SAF_PERSON, ...more }, options);
export const query = (mock: CloudauthMock, ids: object, options: CallOptions = {}) =>
  saf(mock, { method: 'query', ...ids }, options);

/** The same emulator by its open port: what a client on the network sees. */
export const bySocket = (mock: CloudauthMock): CloudauthMock => ({
  ...mock,
  url: mock.url,
  fetch: (request: Request) => fetch(new Request(mock.url, request)),
});
