/** Which addresses are called back: the judge is that of test/outgoing/way-out.test.ts, here met through the front door. */
import { describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock, type MockOptions } from '../../src/index.js';
import { certifyId, init } from '../support/face.js';
import { saying } from '../support/hints.js';
import { receiver } from '../support/receiver.js';

const MANUAL: MockOptions = { device: 'manual' };

/** What InitFaceVerify says of the address, and what is told of it in the end. */
async function told(mock: CloudauthMock, CallbackUrl: string, headers: Record<string, string> = {}) {
  const { json, hint } = await init(mock, { CallbackUrl }, { headers });
  await mock.verifications.pass(json.ResultObject.CertifyId);
  const { outcome, url, hint: why } = await mock.callbacks.next();
  return { code: json.Code, hint, outcome, why, isThere: url.startsWith(CallbackUrl) };
}

const notCalled = async (why: string, ...more: string[]) => {
  const said = await saying(['no-callback', { why }]);
  return { code: '200', hint: [said, ...more].join(' '), outcome: 'not-called', why: said, isThere: true };
};

describe('by policy', () => {
  test.each([
    'https://www.example.com/cb',
    'https://8.8.8.8/cb',
    'https://10.0.0.1/',
    'https://[2001:4860:4860::8888]/',
  ])('loopback: %s is neither checked nor called', async (url) => {
    await using mock = createCloudauthMock(MANUAL);
    expect(await told(mock, url)).toEqual(await notCalled('callback-not-allowed'));
  });

  test('off: not even this machine', async () => {
    await using server = await receiver();
    await using mock = createCloudauthMock({ ...MANUAL, callback: 'off' });
    expect(await told(mock, server.url)).toEqual(await notCalled('callback-is-off'));
    expect(server.asked).toEqual([]);
  });

  test.each([
    ...['10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.100.100.200', '100.64.0.1', '0.0.0.0'],
    ...['224.0.0.1', '255.255.255.255', '203.0.113.9', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376'],
    ...['[::]', '[::ffff:127.0.0.1]', '[::ffff:a9fe:a9fe]', '[64:ff9b::a9fe:a9fe]', '[fe80::1]', '[fd00::1]'],
    ...['[2002:7f00:1::]', '[2001:db8::1]'],
  ])('public: %s is neither checked nor called', async (host) => {
    await using mock = createCloudauthMock({ ...MANUAL, callback: 'public' });
    expect(await told(mock, `https://${host}/cb`)).toEqual(await notCalled('callback-not-allowed'));
  });

  test.each(['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '127.1'])('%s is this machine', async (host) => {
    await using server = await receiver();
    await using mock = createCloudauthMock(MANUAL);
    await mock.verifications.pass(await certifyId(mock, { CallbackUrl: `http://${host}:${server.port}/cb` }));
    expect((await mock.callbacks.next()).outcome).toBe('delivered');
  });
});

describe('hosts that are named', () => {
  // nobody answers a name of this domain (RFC 6761), so to be asked for is as far as it comes
  test.each(['receiver.invalid', 'RECEIVER.invalid.'])('%s is looked up, whatever the policy', async (host) => {
    await using mock = createCloudauthMock({ ...MANUAL, callbackHost: 'receiver.invalid' });
    const { json, hint } = await init(mock, { CallbackUrl: `http://${host}/cb` });
    expect([json.Code, hint]).toEqual(['401', expect.stringMatching(/cannot be reached|did not come in time/)]);
  });

  test.each(['other.invalid', 'receiver.invalid.example.com', '10.0.0.1'])('%s is not named', async (host) => {
    await using mock = createCloudauthMock({ ...MANUAL, callbackHost: 'receiver.invalid' });
    expect(await told(mock, `https://${host}/cb`)).toEqual(await notCalled('callback-not-allowed'));
  });

  test.each(['100.100.100.200', '100.64.0.1', '0.0.0.0', '203.0.113.9', '[fd00:ec2::254]', '[::ffff:a9fe:a9fe]'])(
    '%s is never called, though it is named',
    async (host) => {
      await using mock = createCloudauthMock({ ...MANUAL, callback: 'public', callbackHosts: [host] });
      expect(await told(mock, `https://${host}/cb`)).toEqual(await notCalled('callback-not-allowed'));
    },
  );

  test.each(['169.254.169.254', '2852039166', '0xa9fea9fe', '[fe80::1]'])('%s is refused where it is named', (host) => {
    expect(() => createCloudauthMock({ callbackHosts: [host] })).toThrow('link-local');
  });

  test('names are of no use where nobody is called', () => {
    expect(() => createCloudauthMock({ callback: 'off', callbackHost: 'app' })).toThrow(
      '--callback-host: with --callback off nobody is called',
    );
  });
});

test('of http elsewhere it is said that the vendor wants https', async () => {
  await using mock = createCloudauthMock(MANUAL);
  const said = await saying('callback-http');
  expect(await told(mock, 'http://www.example.com/cb')).toEqual(await notCalled('callback-not-allowed', said));
});

test('the emulator never calls itself', async () => {
  await using mock = await createCloudauthMock({ ...MANUAL, port: 0 }).listen();
  const { port } = new URL(mock.url);
  for (const host of ['127.0.0.1', 'localhost', '127.0.0.9'])
    expect(await told(mock, `http://${host}:${port}/_mock/clock`)).toEqual(await notCalled('callback-to-itself'));
});

test('nor by the address it is known by', async () => {
  await using mock = createCloudauthMock({ ...MANUAL, publicUrl: 'http://localhost:9' });
  expect(await told(mock, 'http://localhost:9/')).toEqual(await notCalled('callback-to-itself'));
});

test('another emulator answers no callback', async () => {
  await using other = await createCloudauthMock({ port: 0 }).listen();
  await using mock = createCloudauthMock(MANUAL);
  await mock.verifications.pass(await certifyId(mock, { CallbackUrl: `${other.url}/?Action=GetStatus` }));
  const { outcome, attempts } = await mock.callbacks.next();
  expect([outcome, attempts.map((one) => 'status' in one && one.status)]).toEqual(['given-up', [403, 403, 403]]);
});

test('for a web page of another machine nothing is called', async () => {
  await using server = await receiver();
  await using mock = createCloudauthMock({ ...MANUAL, allowedOrigin: '*' });
  expect(await told(mock, server.url, { origin: 'https://evil.example' })).toEqual(
    await notCalled('asked-for-by-a-web-page'),
  );
  expect(server.asked).toEqual([]);
});
