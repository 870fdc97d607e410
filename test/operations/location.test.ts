/** Location: what DescribeEndpoints answers leads here, however the caller has come. */
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { type CallOptions, call, read, signedRequest } from '../support/call.js';
import { listening, popCore } from '../support/sdk.js';

const VERSION = '2015-06-12';
const ask = (ServiceCode: string, Id = 'cn-shanghai', more: Record<string, string> = {}) => ({
  ...{ Version: VERSION, Action: 'DescribeEndpoints', Id, ServiceCode },
  ...more,
});
const endpointsOf = async (mock: Pick<CloudauthMock, 'fetch'>, params: Record<string, string>, options?: CallOptions) =>
  // biome-ignore lint/suspicious/noExplicitAny: as the SDKs read it
  (await call(mock, params, options)).json.Endpoints.Endpoint.map((one: any) => one.Endpoint);

let mock: CloudauthMock;
beforeAll(async () => {
  mock = await listening();
});
afterAll(() => mock.close());

const vendor = 'http://location-readonly.aliyuncs.com/';

test.each([
  ['cloudauth', 'cn-shanghai', ['cloudauth.aliyuncs.com']],
  ['cloudauth', 'cn-beijing', ['cloudauth.cn-beijing.aliyuncs.com']],
  ['Cloudauth', 'eu-central-1', ['cloudauth.aliyuncs.com']],
  ['saf', 'ap-southeast-1', ['saf.ap-southeast-1.aliyuncs.com']],
  ['saf', 'me-east-1', []],
  ['cloudauth-intl', 'cn-hongkong', ['cloudauth-intl.cn-hongkong.aliyuncs.com']],
  ['cloudauth-intl', 'cn-shanghai', []],
  ['openplatform', 'cn-shanghai', ['openplatform.aliyuncs.com']],
  ['sts', 'cn-hangzhou', ['sts.cn-hangzhou.aliyuncs.com']],
  ['location', 'cn-hangzhou', ['location-readonly.aliyuncs.com']],
  ['oss', 'cn-zhangjiakou', ['oss-cn-zhangjiakou.aliyuncs.com']],
])('who came by a name of the vendor stays with its names: %s in %s is at %j', async (service, region, hosts) => {
  expect(await endpointsOf(mock, ask(service, region), { url: vendor })).toEqual(hosts);
});

test.each(['cloudauth', 'saf', 'sts', 'oss'])(
  'over a socket the endpoint of %s is where the caller asked',
  async (service) => {
    expect(await endpointsOf({ fetch }, ask(service), { url: `${mock.url}/` })).toEqual([new URL(mock.url).host]);
  },
);

/** As a hosts file has it: the vendor's name, this port. */
const byName = (host: string) =>
  new Promise<string>((resolve, reject) => {
    const { search } = new URL(signedRequest(ask('saf'), { method: 'GET', url: `http://${host}/` }).url);
    request(`${mock.url}/${search}`, { headers: { host } }, (reply) => {
      let body = '';
      reply.on('data', (part) => {
        body += part;
      });
      reply.on('end', () => resolve(JSON.parse(body).Endpoints.Endpoint[0].Endpoint));
    })
      .on('error', reject)
      .end();
  });

test.each([
  ['location.aliyuncs.com', 'saf.cn-shanghai.aliyuncs.com'],
  ['location-readonly.aliyuncs.com:8080', 'saf.cn-shanghai.aliyuncs.com:8080'],
  ['emulator.test:4520', 'emulator.test:4520'],
])('who came as %s over a socket is sent to %s', async (host, endpoint) => {
  expect(await byName(host)).toBe(endpoint);
});

test('with a public URL that is where it is', async () => {
  await using behind = createCloudauthMock({ publicUrl: 'https://mock.example.com:8443' });
  expect(await endpointsOf(behind, ask('cloudauth'), { url: vendor })).toEqual(['mock.example.com:8443']);
});

test('an endpoint that was answered takes the next call of pop-core', async () => {
  const call = popCore(mock.url);
  const { Endpoints } = await call(VERSION, 'DescribeEndpoints', { Id: 'cn-shanghai', ServiceCode: 'sts' });
  const next = popCore(`http://${Endpoints.Endpoint[0].Endpoint}`);
  expect(await next('2015-04-01', 'GetCallerIdentity')).toMatchObject({ IdentityType: 'RAMUser' });
});

test('what was asked comes back as it was written: SDKs compare', async () => {
  const { json } = await call(mock, ask('SAF', 'cn-shanghai', { Type: 'innerAPI' }));
  expect(json).toMatchObject({
    Success: true,
    Endpoints: { Endpoint: [{ Id: 'cn-shanghai', SerivceCode: 'SAF', Type: 'innerAPI' }] },
  });
});

test.each([
  ['an unknown region', ask('saf', 'cn-nowhere'), 'InvalidRegionId', 'The specified region does not exist.'],
  ['an unknown product', ask('ecs'), 'Illegal Parameter', 'Please check the parameters'],
  ['an unknown type', ask('saf', 'cn-shanghai', { Type: 'x' }), 'Illegal Parameter', 'Please check the parameters'],
])('%s is refused', async (_what, params, Code, Message) => {
  const { status, json } = await call(mock, params);
  expect([status, json]).toEqual([400, expect.objectContaining({ Code, Message })]);
});

test('a product that is not emulated is told which there are', async () => {
  const { headers } = await read(await mock.fetch(signedRequest(ask('ecs'))));
  expect(headers.get('x-cloudauth-mock-hint')).toContain('cloudauth, cloudauth-intl, saf');
});
