/** Every operation the vendor's package for Cloudauth 2019-03-07 has a method for, called by it and, by the same name, by pop-core. */
import '../../src/products/eager.js';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET } from '../../src/gateway/accounts.js';
import type { CloudauthMock } from '../../src/index.js';
import { versions } from '../../src/products/index.js';
import { examplesOf } from '../support/examples.js';
import { listening, popCore } from '../support/sdk.js';

interface Model {
  new (members: object): object;
  names(): Record<string, string>;
}
type Method = (request?: object) => Promise<{ body: { requestId?: string } }>;
const sdk = createRequire(import.meta.url)('@alicloud/cloudauth20190307');
const version = versions.find((one) => one.product === 'cloudauth' && one.version === '2019-03-07')!;
const names = Object.keys(sdk)
  .filter((name) => name.endsWith('ResponseBody'))
  .map((name) => name.slice(0, -'ResponseBody'.length));

let mock: CloudauthMock;
beforeAll(async () => {
  mock = await listening();
});
afterAll(() => mock.close());

const CLIENTS: readonly [
  name: string,
  client: () => (name: string, params: Record<string, string>) => Promise<unknown>,
][] = [
  ['the package by ACS3', () => typed()],
  ['the package by v2', () => typed('v2')],
  ['pop-core', () => (name, params) => popCore(mock.url)('2019-03-07', name, params)],
];

function typed(signatureAlgorithm?: 'v2') {
  const keys = { accessKeyId: DEFAULT_ACCESS_KEY_ID, accessKeySecret: DEFAULT_SECRET, signatureAlgorithm };
  const client = new sdk.default({ ...keys, endpoint: new URL(mock.url).host, protocol: 'HTTP' });
  return async (name: string, params: Record<string, string>) => {
    const method: Method = client[name[0]!.toLowerCase() + name.slice(1)].bind(client);
    const request = sdk[`${name}Request`] as Model | undefined;
    const members = Object.entries(request?.names() ?? {}).map(([member, written]) => [member, params[written]]);
    const { body } = await (request ? method(new request(Object.fromEntries(members))) : method());
    return { RequestId: body.requestId };
  };
}

test.each(CLIENTS)('%s calls all 43, and reads an answer', async (_name, client) => {
  const call = client();
  const unread: string[] = [];
  for (const name of names) {
    // pop-core throws what is refused in the body of a 200, such as a CertifyId nobody was given: that is an answer too
    const answer = await call(name, examplesOf(version.find(name)!)).catch((error) => ({
      RequestId: error.entry?.response?.statusCode === 200 ? error.data?.RequestId : undefined,
      error,
    }));
    if (!/^[0-9A-F-]{36}$/.test((answer as { RequestId?: string }).RequestId ?? ''))
      unread.push(`${name} ${JSON.stringify(answer)}`);
  }
  expect(names.length).toBe(43);
  expect(unread).toEqual([]);
});
