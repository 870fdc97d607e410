/** What real clients put on the wire, byte by byte, against a listening emulator. */

import { createHash, createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test, vi } from 'vitest';
import { createCloudauthMock, DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET, type MockOptions } from '../../src/index.js';
import { call, cloudauth2017, cloudauth2019, faceVerify, signedParams } from '../support/call.js';
import { connectRaw, request, sendRaw } from '../support/raw.js';
import { popCore } from '../support/sdk.js';

const MB = 1024 * 1024;
const SHAPE = ['RequestId', 'HostId', 'Code', 'Message'];
const FORM = { Host: 'localhost', 'Content-Type': 'application/x-www-form-urlencoded' };
const UPLOAD_TOKEN = cloudauth2019('DescribeOssUploadToken');

const listening = (options: MockOptions = {}) => createCloudauthMock({ port: 0, ...options }).listen();
const signed = (method: string, params: Record<string, string> = UPLOAD_TOKEN) => `${signedParams(params, { method })}`;
const withLength = (body: string) => ({ ...FORM, 'Content-Length': `${Buffer.byteLength(body)}` });
const chunked = (...parts: string[]) =>
  [...parts, ''].map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`).join('');

/** Through Node's own HTTP client: resolves with the answer even when it comes before the request is all sent. */
async function viaNode(url: string, options: { method: string; path?: string; headers?: object }, body = '') {
  const { hostname, port } = new URL(url);
  const sending = httpRequest({ hostname, port, ...options } as object);
  sending.end(body);
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** ACS3 as the page gives it, computed here and not by the code under test. */
function acs3(path: string, host: string, query = ''): string {
  const sha256 = (value: string) => createHash('sha256').update(value).digest('hex');
  const headers: Record<string, string> = {
    host,
    'x-acs-action': 'DescribeOssUploadToken',
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': `${new Date().toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-version': '2019-03-07',
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = ['GET', path, query, lines.join(''), names, sha256('')].join('\n');
  const signature = createHmac('sha256', DEFAULT_SECRET)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  return request(`GET ${path}${query && `?${query}`}`, {
    ...headers,
    Authorization: `ACS3-HMAC-SHA256 Credential=${DEFAULT_ACCESS_KEY_ID},SignedHeaders=${names},Signature=${signature}`,
  });
}

describe('ways to send a body', () => {
  test('a chunked form is read whole', async () => {
    await using mock = await listening();
    const body = signed('POST');
    const headers = { ...FORM, 'Transfer-Encoding': 'chunked' };
    const reply = await sendRaw(mock.url, request('POST /', headers, chunked(body.slice(0, 9), body.slice(9))));
    expect(reply.status).toBe(200);
  });

  test('POST with neither Content-Length nor Transfer-Encoding carries its parameters in the URL', async () => {
    await using mock = await listening();
    const reply = await sendRaw(mock.url, request(`POST /?${signed('POST')}`, FORM));
    expect(reply.status).toBe(200);
  });

  test('Expect: 100-continue is answered, then the body is taken', async () => {
    await using mock = await listening();
    await using connection = await connectRaw(mock.url);
    const body = signed('POST');
    connection.send(request('POST /', { ...withLength(body), Expect: '100-continue' }));
    await connection.replies(1);
    connection.send(body);
    expect((await connection.replies(2)).map((reply) => reply.status)).toEqual([100, 200]);
  });

  test('an expectation nobody knows is passed over', async () => {
    await using mock = await listening();
    const reply = await sendRaw(mock.url, request(`GET /?${signed('GET')}`, { Host: 'localhost', Expect: 'miracles' }));
    expect(reply.status).toBe(200);
  });

  test('a picture of 300 KB fits into the URL', async () => {
    await using mock = await listening();
    const match = {
      method: 'match',
      name: '张三',
      certNumber: '330103xxxxxxxxxxxx',
      imgbase64: '/9j/'.repeat(75 * 1024),
    };
    const reply = await sendRaw(mock.url, request(`POST /?${signed('POST', faceVerify(match))}`, FORM));
    expect(reply.json.Code).toBe(200);
  });

  test('both products answer on one port', async () => {
    await using mock = await listening();
    const init = faceVerify({ method: 'init', name: 'a', certNumber: 'b', metainfo: '{}' });
    const replies = [UPLOAD_TOKEN, init].map((params) => call({ fetch }, params, { url: `${mock.url}/` }));
    expect((await Promise.all(replies)).map((reply) => Object.keys(reply.json))).toEqual([
      ['OssUploadToken', 'RequestId'],
      expect.arrayContaining(['Data', 'Code']),
    ]);
  });
});

describe('request targets and hosts as they were sent', () => {
  test('an absolute-form target is understood', async () => {
    await using mock = await listening();
    const target = `http://CLOUDAUTH.aliyuncs.com:80/?${signed('GET')}`;
    const reply = await sendRaw(mock.url, request(`GET ${target}`, { Host: 'CLOUDAUTH.aliyuncs.com:80' }));
    expect(reply.status).toBe(200);
  });

  test.each([
    'CloudAuth.Example',
    'localhost:80',
    '127.0.0.1:65536',
    '999.1.2.3.4',
    'xn--a',
    '[::1]:4520',
    'a b',
    '<"\\^`{|}>',
    '',
  ])('ACS3 signs over the raw Host «%s»', async (host) => {
    await using mock = await listening();
    expect((await sendRaw(mock.url, acs3('/', host))).status).toBe(200);
  });

  test('a request without Host is answered like any other', async () => {
    await using mock = await listening();
    const reply = await sendRaw(mock.url, request(`GET /?${signed('GET')}`, {}));
    expect(reply.status).toBe(200);
  });

  test.each(["/it's", '/a/../b', '/./', '/a\\b', '//two//slashes', '/%2e%2E/', '/{a}|^`"<>', '/a;b=c@d'])(
    'ACS3 signs over the raw path «%s»',
    async (path) => {
      await using mock = await listening();
      expect((await sendRaw(mock.url, acs3(path, 'localhost'))).status).toBe(200);
    },
  );

  test("an unescaped ' and \\ and .. in the query are values like others", async () => {
    await using mock = await listening();
    const params = cloudauth2017('GetVerifyToken', { Biz: 'RPMin', TicketId: "it's/../a\\b" });
    const query = signed('GET', params).replace('%27', "'").replace('%5C', '\\').replaceAll('%2F', '/');
    const reply = await sendRaw(mock.url, request(`GET /?${query}`, { Host: 'localhost' }));
    expect(reply.json.Code).toBe('1');
  });
});

describe('what cannot be read', () => {
  test.each([
    ['JSON', 'application/json;charset=utf-8', /^\{"Recommend"/],
    ['XML', 'text/xml;charset=utf-8', /^<\?xml version='1\.0' encoding='UTF-8'\?><Error>/],
  ])('raw UTF-8 bytes in the URL get a 400 in %s that names the cause', async (format, contentType, body) => {
    await using mock = await listening();
    const reply = await sendRaw(
      mock.url,
      Buffer.from(request(`GET /?Format=${format}&Name=张三`, { Host: 'localhost' })),
    );
    expect(reply).toMatchObject({
      status: 400,
      headers: { 'content-type': contentType },
      body: expect.stringMatching(body),
    });
    expect(reply.body).toContain('the request target holds raw bytes; percent-encode it as UTF-8');
  });

  test.each([
    ['documents', SHAPE],
    ['gateway', ['Recommend', 'Message', 'RequestId', 'HostId', 'Code']],
  ] as const)('of a version of Cloudauth they get it as --errors %s says', async (errors, fields) => {
    await using mock = await listening({ errors });
    const target = 'GET /?Version=2017-11-17&Format=JSON&Name=张三';
    const reply = await sendRaw(mock.url, Buffer.from(request(target, { Host: 'localhost' })));
    expect(Object.keys(reply.json)).toEqual(fields);
  });

  test('headers over 8 MB get a documented-shape 431, and the client sees it', async () => {
    await using mock = await listening();
    const reply = await viaNode(mock.url, { method: 'GET', path: `/?Name=${'a'.repeat(9 * MB)}` });
    expect(reply).toMatchObject({ status: 431, headers: { 'x-cloudauth-mock': expect.any(String) } });
    expect(reply.body).toContain('<Code>InvalidParameter</Code>');
  });

  test.each([
    ['garbage', '\x00\x01\x02 hello\r\n\r\n'],
    ['a TLS hello', Buffer.from('16030100f8010000f40303', 'hex')],
    ['a method HTTP has not', request('FETCH /', { Host: 'localhost' })],
    ['a broken chunk', request('POST /', { ...FORM, 'Transfer-Encoding': 'chunked' }, 'zz\r\n')],
    ['two lengths of one body', request('POST /', { ...withLength('a'), 'Transfer-Encoding': 'chunked' }, 'a')],
  ])('%s gets a documented-shape 400 and the connection ends', async (_title, bytes) => {
    await using mock = await listening();
    await using connection = await connectRaw(mock.url);
    connection.send(bytes);
    const [reply] = await connection.replies(1);
    await connection.closed;
    expect(reply).toMatchObject({ status: 400, body: expect.stringContaining('<Code>InvalidParameter</Code>') });
  });

  test('a client that goes away in mid-body leaves no trace, and the next one is answered', async () => {
    const complaints = vi.spyOn(console, 'error');
    await using mock = await listening();
    const connection = await connectRaw(mock.url);
    connection.send(request('POST /', { ...FORM, 'Content-Length': '1000' }, 'Action='));
    connection.destroy();
    await connection.closed;
    const reply = await call({ fetch }, UPLOAD_TOKEN, { url: `${mock.url}/` });
    expect(reply.status).toBe(200);
    expect(complaints).not.toHaveBeenCalled();
  });
});

describe('more than one request on a connection', () => {
  test('pipelined requests are answered in their order', async () => {
    await using mock = await listening();
    await using connection = await connectRaw(mock.url);
    const ask = (params: Record<string, string>) => request(`GET /?${signed('GET', params)}`, { Host: 'localhost' });
    connection.send(ask(UPLOAD_TOKEN) + ask(cloudauth2019('Nope')) + ask(UPLOAD_TOKEN));
    expect((await connection.replies(3)).map((reply) => reply.status)).toEqual([200, 400, 200]);
  });

  test('garbage after a good request does not take its answer away', async () => {
    await using mock = await listening();
    await using connection = await connectRaw(mock.url);
    connection.send(`${request(`GET /?${signed('GET')}`, { Host: 'localhost' })}\x00garbage\r\n\r\n`);
    expect((await connection.replies(2)).map((reply) => reply.status)).toEqual([200, 400]);
  });
});

describe('the size of a body', () => {
  const padded = (bytes: number) => {
    const form = `${new URLSearchParams({ Format: 'JSON', ...UPLOAD_TOKEN })}&Padding=`;
    return form + 'a'.repeat(bytes - form.length);
  };

  test('exactly 8 MB passes', async () => {
    await using mock = await listening({ signature: 'off' });
    const reply = await viaNode(mock.url, { method: 'POST', headers: FORM }, padded(8 * MB));
    expect(reply.status).toBe(200);
  });

  test.each([
    ['one byte over 8 MB', 8 * MB + 1],
    ['9 MB', 9 * MB],
    ['40 MB', 40 * MB],
  ])('%s is refused in documented shape, and Node’s client sees it', async (_title, bytes) => {
    await using mock = await listening();
    const reply = await viaNode(mock.url, { method: 'POST', headers: FORM }, padded(bytes));
    expect(reply).toMatchObject({ status: 400, headers: { connection: 'close' } });
    expect(JSON.parse(reply.body)).toMatchObject({
      Code: 'InvalidParameter',
      Message: expect.stringContaining('8 MB'),
    });
    expect(Object.keys(JSON.parse(reply.body))).toEqual(SHAPE);
  });

  test.each([9, 40])('pop-core sees the refusal of a picture of %i MB', async (megabytes) => {
    await using mock = await listening();
    const params = {
      VerifyToken: 'x',
      'Material.1.MaterialType': 'FacePic',
      'Material.1.Value': 'a'.repeat(megabytes * MB),
    };
    await expect(popCore(mock.url)('2017-11-17', 'SubmitMaterials', params)).rejects.toMatchObject({
      code: 'InvalidParameter',
    });
  });
});

describe('methods', () => {
  test.each(['PUT', 'DELETE', 'PATCH'])('%s is refused in documented shape', async (method) => {
    await using mock = await listening();
    const reply = await sendRaw(mock.url, request(`${method} /?${signed(method)}`, { Host: 'localhost' }));
    expect(reply).toMatchObject({ status: 400, json: { Code: 'UnsupportedHTTPMethod' } });
    expect(Object.keys(reply.json)).toEqual(SHAPE);
  });

  test('HEAD is refused by its status and has no body', async () => {
    await using mock = await listening();
    const reply = await viaNode(mock.url, { method: 'HEAD', path: `/?${signed('HEAD')}` });
    expect(reply).toMatchObject({ status: 400, body: '', headers: { 'x-acs-request-id': expect.any(String) } });
  });

  test('HEAD that cannot be read is refused without a body as well', async () => {
    await using mock = await listening();
    const { port } = new URL(mock.url);
    const socket = connect({ port: Number(port), host: '127.0.0.1' });
    socket.write('HEAD /a b HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const said = (await socket.toArray()).join('');
    expect(said).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^{<]*\r\n\r\n$/);
  });

  test('OPTIONS answers a browser’s preflight', async () => {
    await using mock = await listening();
    const reply = await viaNode(mock.url, { method: 'OPTIONS' });
    expect(reply).toMatchObject({
      status: 200,
      headers: {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'POST, GET, OPTIONS, PUT, DELETE',
      },
    });
  });
});

describe('addresses handed out', () => {
  const BUILD = cloudauth2019('CreateRPSDK', { AppUrl: 'https://example.com/a.apk' });
  const hosts = [
    'cloudauth.aliyuncs.com',
    'Saf.CN-shanghai.AliyunCS.com:443',
    'h5.m.taobao.com',
    'example.aliyun.com.',
  ];

  async function addresses(url: string, host: string): Promise<string[]> {
    const ask = async (params: Record<string, string>) => {
      const body = signed('POST', params);
      return (await sendRaw(url, request('POST /', { ...withLength(body), Host: host }, body))).json;
    };
    const verification = await ask(cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: host }));
    const upload = await ask(UPLOAD_TOKEN);
    const sdk = await ask(cloudauth2019('DescribeRPSDK', { TaskId: (await ask(BUILD)).TaskId }));
    return [
      verification.Data.StsToken.EndPoint,
      verification.Data.CloudauthPageUrl,
      upload.OssUploadToken.EndPoint,
      sdk.SdkUrl,
    ];
  }

  test.each(hosts)('the bound address stands in for the vendor host %s', async (host) => {
    await using mock = await listening({ sdkBuild: 'immediate' });
    for (const address of await addresses(mock.url, host)) expect(new URL(address).origin).toBe(mock.url);
  });

  test('a host of the caller’s own is kept', async () => {
    await using mock = await listening({ sdkBuild: 'immediate' });
    for (const address of await addresses(mock.url, 'verify.test:8080')) {
      expect(new URL(address).origin).toBe('http://verify.test:8080');
    }
  });

  test.each(['cloudauth-mock', 'cloudauth-mock:8080'])(
    'called as %s, the EndPoint alone is the address it was reached at',
    async (host) => {
      await using mock = await listening({ sdkBuild: 'immediate' });
      const [sts, page, upload, sdk] = (await addresses(mock.url, host)).map((each) => new URL(each).origin);
      expect([sts, page, upload, sdk]).toEqual([mock.url, `http://${host}`, mock.url, `http://${host}`]);
    },
  );

  test.each([
    ['::', '127.0.0.1'],
    ['::1', '[::1]'],
  ])('of localhost by IPv6, bound to %s, the EndPoint is %s', async (host, address) => {
    await using mock = await listening({ host });
    const url = `http://[::1]:${new URL(mock.url).port}`;
    expect((await addresses(url, 'localhost:8080'))[0]).toBe(`http://${address}:8080`);
  });

  test('of localhost the port stays, which may lead into a container', async () => {
    await using mock = await listening({ sdkBuild: 'immediate' });
    expect((await addresses(mock.url, 'localhost:8080'))[0]).toBe('http://127.0.0.1:8080');
  });

  test('the public URL goes before every host', async () => {
    await using mock = await listening({ sdkBuild: 'immediate', publicUrl: 'https://public.test/verify' });
    for (const host of ['verify.test', ...hosts]) {
      for (const address of await addresses(mock.url, host)) expect(address).toMatch(/^https:\/\/public\.test\/verify/);
    }
  });
});
