/** A page says under which address another device opens it, where one can. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { addressElsewhere } from '../../src/pages/ui/elsewhere.js';
import { networkHosts } from '../../src/platform/network.js';
import { certifyUrl } from '../support/face.js';

const LAN = ['192.168.1.5', '10.0.0.7'];

test.each([
  ['bound to this machine', 'http://127.0.0.1:4520/p?a=1', { host: '127.0.0.1' }, undefined],
  ['bound wide', 'http://127.0.0.1:4520/p?a=1', { host: '0.0.0.0' }, 'http://192.168.1.5:4520/p?a=1'],
  ['bound wide, by https', 'https://localhost:4543/p', { host: '0.0.0.0' }, 'https://192.168.1.5:4543/p'],
  ['bound wide, opened from elsewhere', 'http://10.0.0.7:4520/p', { host: '0.0.0.0' }, 'http://10.0.0.7:4520/p'],
  ['bound to one address', 'http://127.0.0.1:4520/p', { host: '10.0.0.7' }, 'http://10.0.0.7:4520/p'],
  [
    'at --public-url',
    'http://127.0.0.1:4520/p',
    { host: '127.0.0.1', publicUrl: 'https://m.test/x' },
    'https://m.test/x/p',
  ],
])('%s', (_where, url, { host, publicUrl }: { host: string; publicUrl?: string }, address) => {
  expect(addressElsewhere(url, { host, publicUrl }, LAN)).toBe(address);
});

test('a machine without a network has none', () => {
  expect(addressElsewhere('http://127.0.0.1:4520/', { host: '0.0.0.0', publicUrl: undefined }, [])).toBeUndefined();
});

describe.each([
  ['--public-url', { publicUrl: 'https://mock.test' }, 1],
  ['nothing', {}, 0],
])('with %s', (_how, options, count) => {
  let mock: CloudauthMock;
  beforeAll(() => {
    mock = createCloudauthMock(options);
  });
  afterAll(() => mock.close());

  test(`a page of a verification has ${count} QR code`, async () => {
    const html = await (await mock.fetch(new Request(await certifyUrl(mock)))).text();
    expect(html.match(/<svg [^>]*viewBox="0 0 \d+ \d+"><rect fill="white"/g) ?? []).toHaveLength(count);
    expect(html.includes('<code>https://mock.test/')).toBe(count === 1);
  });
});

test.each([
  ['the admin token', { adminToken: 'secret' }, { authorization: 'Bearer secret' }, true],
  ['a host that is let in', { allowedHost: networkHosts('0.0.0.0') }, {}, true],
  ['this machine alone', { allowedHost: '127.0.0.1' }, {}, false],
])('bound wide, the phone has a code with %s: %s', async (_who, options, headers, hasOne) => {
  await using mock = await createCloudauthMock({ port: 0, host: '0.0.0.0', ...options }).listen();
  const html = await (await fetch(`${mock.url}/_mock/phone`, { headers })).text();
  expect(html.includes('<svg ')).toBe(hasOne && networkHosts('0.0.0.0').length > 0);
});
