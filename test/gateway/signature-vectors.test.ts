import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseTimestamp } from '../../src/gateway/common-params.js';
import { assemble } from '../../src/gateway/request.js';
import { acs3Signature, acs3StringToSign, canonicalRequest } from '../../src/gateway/signature-acs3.js';
import { rpcSignature, rpcStringToSign } from '../../src/gateway/signature-rpc.js';
import { createCloudauthMock, type MockOptions, manualClock } from '../../src/index.js';
import { percentEncode } from '../../src/platform/url-text.js';
import { type CallOptions, call, cloudauth2019, read, signedParams } from '../support/call.js';

const SECRET = 'testsecret';
const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** For `%s` titles, which are printed in full. */
const titled = <V extends { name: string }>(vectors: readonly V[]) =>
  vectors.map((vector) => [vector.name, vector] as const);

/** What every RPC call carries. */
const COMMON = { Format: 'JSON', SignatureMethod: 'HMAC-SHA1', SignatureVersion: '1.0' };

describe('RPC 1.0', () => {
  const init = String.raw`{"method":"init","certNumber":"33010320180101010X","name":"张三","metainfo":"{\"appName\":\"demo app*~\"}"}`;
  const vectors: {
    name: string;
    method: string;
    params: Record<string, string>;
    stringToSign: string;
    signature: string;
  }[] = [
    {
      name: 'the example every vendor page prints (GET)',
      method: 'GET',
      params: {
        ...COMMON,
        Format: 'XML',
        AccessKeyId: 'testid',
        Action: 'DescribeRegions',
        SignatureNonce: '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf',
        Timestamp: '2016-02-23T12:46:24Z',
        Version: '2014-05-26',
      },
      stringToSign:
        'GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion%3D1.0%26Timestamp%3D2016-02-23T12%253A46%253A24Z%26Version%3D2014-05-26',
      signature: 'OLeaidS1JvxuMvnyHOwuJ+uX5qY=',
    },
    {
      name: 'SAF init with Chinese, *, ~, a space, quotes and a backslash (POST)',
      method: 'POST',
      params: {
        ...COMMON,
        AccessKeyId: 'testid',
        Action: 'ExecuteRequest',
        Service: 'face_verify',
        ServiceParameters: init,
        SignatureNonce: '15215528852396',
        Timestamp: '2019-09-20T09:44:16Z',
        Version: '2017-03-31',
      },
      stringToSign:
        'POST&%2F&AccessKeyId%3Dtestid%26Action%3DExecuteRequest%26Format%3DJSON%26Service%3Dface_verify%26ServiceParameters%3D%257B%2522method%2522%253A%2522init%2522%252C%2522certNumber%2522%253A%252233010320180101010X%2522%252C%2522name%2522%253A%2522%25E5%25BC%25A0%25E4%25B8%2589%2522%252C%2522metainfo%2522%253A%2522%257B%255C%2522appName%255C%2522%253A%255C%2522demo%2520app%252A~%255C%2522%257D%2522%257D%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D15215528852396%26SignatureVersion%3D1.0%26Timestamp%3D2019-09-20T09%253A44%253A16Z%26Version%3D2017-03-31',
      signature: 'A7bcdZVrsxDcIaI8VEf7IqoHCC4=',
    },
    {
      name: 'an STS credential with + / = in its token (GET)',
      method: 'GET',
      params: {
        ...COMMON,
        AccessKeyId: 'STS.testid',
        SecurityToken: 'CAIS+token/abc==',
        Action: 'ExecuteRequest',
        Service: 'intl_face_verify',
        ServiceParameters: '{"resourceCode":"00840000"}',
        SignatureNonce: 'nonce-0001',
        Timestamp: '2019-09-20T09:44:16Z',
        Version: '2019-05-21',
      },
      stringToSign:
        'GET&%2F&AccessKeyId%3DSTS.testid%26Action%3DExecuteRequest%26Format%3DJSON%26SecurityToken%3DCAIS%252Btoken%252Fabc%253D%253D%26Service%3Dintl_face_verify%26ServiceParameters%3D%257B%2522resourceCode%2522%253A%252200840000%2522%257D%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dnonce-0001%26SignatureVersion%3D1.0%26Timestamp%3D2019-09-20T09%253A44%253A16Z%26Version%3D2019-05-21',
      signature: 'fBgwY7MgwtvulrpAAjrZK+5/8zw=',
    },
  ];

  test.each(titled(vectors))('%s: the string to sign', (_name, { method, params, stringToSign }) => {
    expect(rpcStringToSign(method, new Map(Object.entries(params)))).toBe(stringToSign);
  });

  test.each(titled(vectors))('%s: the signature', (_name, { stringToSign, signature }) => {
    expect(rpcSignature(stringToSign, SECRET)).toBe(signature);
  });

  const known: MockOptions['accessKeys'] = [
    { id: 'testid', secret: SECRET },
    { id: 'STS.testid', secret: SECRET, securityToken: 'CAIS+token/abc==' },
  ];

  test.each(titled(vectors.slice(1)))(
    '%s: a mock accepts it at its own time',
    async (_name, { method, params, signature }) => {
      await using mock = createCloudauthMock({ clock: manualClock(params.Timestamp!), accessKeys: known });
      const query = new URLSearchParams({ ...params, Signature: signature });
      const reply = await read(
        await mock.fetch(new Request(`https://saf.cn-shanghai.aliyuncs.com/?${query}`, { method })),
      );
      expect(reply).toMatchObject({ status: 200, text: expect.stringContaining('"Code":') });
    },
  );
});

describe('ACS3-HMAC-SHA256', () => {
  const form =
    'Service=face_verify&ServiceParameters=%7B%22method%22%3A%22init%22%2C%22name%22%3A%22%E5%BC%A0%E4%B8%89%22%7D';
  const common = {
    'x-acs-action': 'ExecuteRequest',
    'x-acs-content-sha256': EMPTY_HASH,
    'x-acs-date': '2019-09-20T09:44:16Z',
    'x-acs-signature-nonce': '15215528852396',
    'x-acs-version': '2017-03-31',
  };
  const signing = (names: string) => names.split(';');
  const vectors = [
    {
      name: 'POST, parameters in the query, empty body',
      method: 'POST',
      target: `/?Service=face_verify&ServiceParameters=${percentEncode('{"method":"query","bizId":"b1","queryId":"q1"}')}`,
      host: 'saf.cn-shanghai.aliyuncs.com',
      headers: { ...common, 'x-acs-credentials-provider': 'static_ak' },
      signed: signing(
        'host;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version',
      ),
      hash: '58f8857e77f84733624391dc65b097c814d99ce48292780b8c3c164c419664b6',
      signature: '7b9d9e2a418078f279e000c5ead14d6b11d59d4b35535f4b3b62f65215286bbc',
    },
    {
      name: 'POST, parameters in a form',
      method: 'POST',
      target: '/',
      host: 'saf.cn-shanghai.aliyuncs.com',
      headers: {
        ...common,
        'content-type': 'application/x-www-form-urlencoded',
        'x-acs-content-sha256': 'a48b622c423dbb7674dae443972322ed562954198d51b2a81d81ab49ab440486',
        'x-acs-credentials-provider': 'static_ak',
      },
      body: form,
      signed: signing(
        'content-type;host;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version',
      ),
      hash: '079b408b73b0e7cc0a94d50390840733985cbdd3cb74a15e6fc87aab379a29bc',
      signature: '0f33696dd85ca09dc9a15f668f25565e389d032694c9d69047f927ba84d4409f',
    },
    {
      name: 'GET with an STS credential',
      method: 'GET',
      target: '/?Service=intl_face_verify',
      host: 'saf.cn-shanghai.aliyuncs.com',
      headers: {
        ...common,
        'x-acs-accesskey-id': 'testid',
        'x-acs-credentials-provider': 'static_sts',
        'x-acs-security-token': 'CAIS+token/abc==',
      },
      signed: signing(
        'host;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version',
      ),
      hash: '05e6e25dc59936e1042bb88fc16e45ce9152b23b001b0976a050e79fec8490be',
      signature: '1b2603369e0548181d8741fffae9ba19bad1b748fe5f33d94e9574d62c912270',
    },
    {
      name: 'encoding corners: x y+z*~/=& and an empty value, Host with a port',
      method: 'GET',
      target: '/?Service=x+y%2Bz*~%2F%3D%26&A.1=',
      host: 'localhost:8080',
      headers: { ...common, 'x-acs-signature-nonce': 'n1' },
      signed: signing('host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version'),
      hash: 'd0c3526fd8d2665889dcec2b36dbf6424df98021bc385cd967eecbf2a43e644f',
      signature: '9a57da5676806c16e8064ba0d127224f05ba708c18ecd0156836b4082858f035',
    },
  ];

  const canonicalOf = ({ method, target, host, headers, body = '', signed }: (typeof vectors)[number]) =>
    canonicalRequest(assemble(method, target, host, { host, ...headers }, Buffer.from(body), false, true), signed);

  test.each(titled(vectors))('%s: the hash of the canonical request', (_name, vector) => {
    expect(createHash('sha256').update(canonicalOf(vector)).digest('hex')).toBe(vector.hash);
  });

  test.each(titled(vectors))('%s: the string to sign', (_name, vector) => {
    expect(acs3StringToSign(canonicalOf(vector))).toBe(`ACS3-HMAC-SHA256\n${vector.hash}`);
  });

  test.each(titled(vectors))('%s: the signature', (_name, { hash, signature }) => {
    expect(acs3Signature(`ACS3-HMAC-SHA256\n${hash}`, SECRET)).toBe(signature);
  });

  test('the canonical request, line by line', () => {
    expect(canonicalOf(vectors[0]!).split('\n')).toEqual([
      'POST',
      '/',
      'Service=face_verify&ServiceParameters=%7B%22method%22%3A%22query%22%2C%22bizId%22%3A%22b1%22%2C%22queryId%22%3A%22q1%22%7D',
      'host:saf.cn-shanghai.aliyuncs.com',
      'x-acs-action:ExecuteRequest',
      `x-acs-content-sha256:${EMPTY_HASH}`,
      'x-acs-credentials-provider:static_ak',
      'x-acs-date:2019-09-20T09:44:16Z',
      'x-acs-signature-nonce:15215528852396',
      'x-acs-version:2017-03-31',
      '',
      vectors[0]!.signed.join(';'),
      EMPTY_HASH,
    ]);
  });

  test('an empty value is signed as `name=`, everything else by RFC 3986', () => {
    expect(canonicalOf(vectors[3]!).split('\n')[2]).toBe('A.1=&Service=x%20y%2Bz%2A~%2F%3D%26');
  });
});

describe('encoding', () => {
  test.each([
    ['-_.~', '-_.~'],
    ['*', '%2A'],
    ['+', '%2B'],
    [' ', '%20'],
    ['%', '%25'],
    [`!'()`, '%21%27%28%29'],
    ['/?#&=:;,@$', '%2F%3F%23%26%3D%3A%3B%2C%40%24'],
    ['张三', '%E5%BC%A0%E4%B8%89'],
    ['𠮷', '%F0%A0%AE%B7'],
    ['\n\0', '%0A%00'],
    ['', ''],
  ])('%j becomes %j', (value, encoded) => {
    expect(percentEncode(value)).toBe(encoded);
  });

  test('parameters are sorted by code unit: upper case before lower, dots before digits', () => {
    const params = new Map(['b', 'a', 'B', 'A.10', 'A.2', 'A', 'A1'].map((name) => [name, '']));
    const sorted = ['A=', 'A.10=', 'A.2=', 'A1=', 'B=', 'a=', 'b='];
    expect(decodeURIComponent(rpcStringToSign('GET', params).slice('GET&%2F&'.length)).split('&')).toEqual(sorted);
  });

  test('Signature is the one parameter that is not signed', () => {
    const params = new Map([
      ['Signature', 'x'],
      ['SignatureType', ''],
    ]);
    expect(rpcStringToSign('GET', params)).toBe('GET&%2F&SignatureType%3D');
  });
});

describe('what real clients send verifies', () => {
  const NAME = `*~+ %!'()/=&"\\张三`;
  const SETTING = { Version: '2019-03-07', Action: 'DescribeOssUploadToken', UserData: NAME };
  const UPLOAD = cloudauth2019('DescribeOssUploadToken');

  async function status(options: CallOptions = {}, params: Record<string, string> = SETTING): Promise<number> {
    await using mock = createCloudauthMock();
    return (await call(mock, params, options)).status;
  }

  async function statusOf(rewrite: (query: string) => string): Promise<number> {
    await using mock = createCloudauthMock();
    const query = rewrite(canonical(signedParams(SETTING, { method: 'GET' })));
    return (await mock.fetch(new Request(`https://cloudauth.aliyuncs.com/?${query}`))).status;
  }
  const canonical = (form: URLSearchParams) =>
    [...form].map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&');

  test.each<[string, (query: string) => string]>([
    ['everything by RFC 3986', (query) => query],
    ['a raw * in the URL', (query) => query.replaceAll('%2A', '*')],
    ['a space sent as +', (query) => query.replaceAll('%20', '+')],
    ['~ sent as %7E', (query) => query.replaceAll('~', '%7E')],
    ['lower-case escapes', (query) => query.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())],
    ["!'() left raw", (query) => query.replace(/%2[1789]/g, decodeURIComponent)],
    ['letters escaped for no reason', (query) => query.replace('Version=2019', '%56ersion=%32019')],
    ['an unencoded Signature', (query) => query.replace(/Signature=[^&]*/, decodeURIComponent)],
    ['parameters in another order', (query) => query.split('&').reverse().join('&')],
    ['empty pairs between', (query) => `&&${query.replaceAll('&', '&&')}&`],
  ])('%s', async (_title, rewrite) => {
    expect(await statusOf(rewrite)).toBe(200);
  });

  test('a signature with a + in it, sent unencoded, verifies: the platform’s own example does so', async () => {
    await using mock = createCloudauthMock();
    let form: URLSearchParams;
    do form = signedParams(UPLOAD, { method: 'GET' });
    while (!form.get('Signature')!.includes('+'));
    const query = canonical(form).replace(/Signature=[^&]*/, `Signature=${form.get('Signature')}`);
    expect((await mock.fetch(new Request(`https://cloudauth.aliyuncs.com/?${query}`))).status).toBe(200);
  });

  test.each<[string, Record<string, string>]>([
    ['Hmac-SHA1, as two pages spell it', { SignatureMethod: 'Hmac-SHA1' }],
    ['an empty SignatureType, as Python and Go send it', { SignatureType: '' }],
    ['json in lower case', { Format: 'json' }],
    ['an unknown RegionId', { RegionId: 'cn-nowhere' }],
    ['a nonce of any form', { SignatureNonce: '随机 数*' }],
    ['an empty business value', { Lang: '' }],
  ])('%s', async (_title, common) => {
    expect(await status({ common })).toBe(200);
  });

  test('parameters split over query and form are signed together', async () => {
    await using mock = createCloudauthMock();
    const all = [...signedParams(SETTING, { method: 'POST' })];
    const [query, body] = [new URLSearchParams(all.slice(0, 5)), new URLSearchParams(all.slice(5))];
    const request = new Request(`https://cloudauth.aliyuncs.com/?${query}`, { method: 'POST', body });
    expect((await mock.fetch(request)).status).toBe(200);
  });

  test.each([
    ['2014-7-29T12:00:00Z', '2014-07-29T12:00:00Z'],
    ['2019-1-2T03:04:05Z', '2019-01-02T03:04:05Z'],
    ['2018-07-05T08:24:38.312Z', '2018-07-05T08:24:38.312Z'],
    ['2018-07-05T08:24:38.312456789Z', '2018-07-05T08:24:38.312Z'],
  ])('Timestamp %s is accepted at its own time', async (Timestamp, at) => {
    await using mock = createCloudauthMock({ clock: manualClock(at) });
    expect((await call(mock, UPLOAD, { common: { Timestamp } })).status).toBe(200);
  });
});

describe('Timestamp', () => {
  test('one-digit months and days are read', () => {
    expect(parseTimestamp('2014-7-29T12:00:00Z')).toBe(Date.UTC(2014, 6, 29, 12));
  });

  test.each([
    '2014-07-29 12:00:00',
    '2014-07-29T12:00:00',
    '2014-07-29T12:00:00+08:00',
    '1406635200',
    '2014-13-01T00:00:00Z',
    '2014-02-30T00:00:00Z',
    '2014-07-29T24:00:00Z',
    'Tue, 29 Jul 2014 12:00:00 GMT',
  ])('%s is not well formatted', async (Timestamp) => {
    await using mock = createCloudauthMock();
    const reply = await call(mock, cloudauth2019('DescribeOssUploadToken'), { common: { Timestamp } });
    expect(reply.json.Code).toBe('InvalidTimeStamp.Format');
  });

  const NOW = Date.parse('2026-01-01T00:00:00Z');
  test.each([
    [-900, 200],
    [900, 200],
    [-901, 400],
    [901, 400],
  ])('%i s off answers %i', async (seconds, status) => {
    await using mock = createCloudauthMock({ clock: manualClock(NOW) });
    const reply = await call(mock, cloudauth2019('DescribeOssUploadToken'), { at: NOW + seconds * 1000 });
    expect(reply.status).toBe(status);
  });
});
