/** The information checks through the vendor's package: what its model classes make of each answer. */
import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET } from '../../src/gateway/accounts.js';
import type { CloudauthMock } from '../../src/index.js';
import { CHECKS } from '../support/checks.js';
import { listening, popCore } from '../support/sdk.js';

interface Model {
  new (members: object): object;
  names(): Record<string, string>;
}
const sdk = createRequire(import.meta.url)('@alicloud/cloudauth20190307');
/** The package has no method for the others. */
const known = Object.keys(CHECKS).filter((name) => `${name}Request` in sdk);

let mock: CloudauthMock;
beforeAll(async () => {
  mock = await listening();
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

const camel = (name: string) => name[0]!.toLowerCase() + name.slice(1);
/** Names of members as the package writes them. */
const asMembers = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(asMembers);
  if (value === null || typeof value !== 'object' || 'asymmetricMatch' in value) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [camel(name), asMembers(child)]));
};

async function typed(name: string, params: Readonly<Record<string, unknown>>) {
  const keys = { accessKeyId: DEFAULT_ACCESS_KEY_ID, accessKeySecret: DEFAULT_SECRET };
  const client = new sdk.default({ ...keys, endpoint: new URL(mock.url).host, protocol: 'HTTP' });
  const request = sdk[`${name}Request`] as Model;
  const members = Object.entries(request.names()).map(([member, written]) => [member, params[written]]);
  return (await client[camel(name)](new request(Object.fromEntries(members)))).body;
}

test('the package knows all but five', () => {
  const others = Object.keys(CHECKS).filter((name) => !known.includes(name));
  expect(others.sort()).toEqual([
    'Id2MetaVerifyWithOCR',
    'Id3MetaVerify',
    'Id3MetaVerifyWithOCR',
    'Mobile2MetaVerify',
    'MobileRecycledMetaVerify',
  ]);
});

describe.each(known)('%s', (name) => {
  const { params, right, answers } = CHECKS[name]!;

  test('its answer has members of the package', async () => {
    const { code, message, resultObject } = await typed(name, params);
    expect([code, message]).toEqual(['200', 'success']);
    expect(resultObject).toMatchObject(asMembers(right) as object);
  });

  test('so has the last answer it can give', async () => {
    const [reason, said] = Object.entries(answers).at(-1)!;
    mock.failNext(name, reason as never);
    expect((await typed(name, params)).resultObject).toMatchObject(asMembers(said) as object);
  });

  test('an error of its page is a code of the body, without a result', async () => {
    mock.failNext(name, '412' as never);
    const { code, message, resultObject } = await typed(name, params);
    expect([code, message, resultObject]).toEqual(['412', '欠费中', undefined]);
  });
});

test.each(Object.keys(CHECKS))('%s answers pop-core, which knows it by its name alone', async (name) => {
  const { params, right } = CHECKS[name]!;
  const answer = await popCore(mock.url)('2019-03-07', name, params).catch((error) => error.data);
  expect(answer.ResultObject).toMatchObject(right);
});

test('a list of the typed request arrives as JSON', async () => {
  const MerchantDetail = [new sdk.CredentialVerifyRequestMerchantDetail({ key: 'name', value: '测试店' })];
  const { code } = await typed('CredentialVerify', { ...CHECKS.CredentialVerify!.params, MerchantDetail });
  expect(code).toBe('200');
});
