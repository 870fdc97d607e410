/** A parameter nobody reads, and that is nearly one somebody does, is named: who misspelt it would wait for the redirect. */
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { nearest } from '../../src/platform/nearest.js';
import { certifyUrl } from '../support/face.js';
import { open, pageUrl, post } from '../support/h5.js';
import { startH5 } from '../support/saf.js';

const said = (text: string) =>
  [...text.matchAll(/<code>([^<]*)<\/code> is no parameter of this page. Did you mean <code>([^<]*)<\/code>/g)].map(
    ([, name, meant]) => [name, meant],
  );
const english = { 'accept-language': 'en' };

test.each([
  ['sucessRedirect', 'successRedirect'],
  ['successredirect', 'successRedirect'],
  ['success_redirect', 'successRedirect'],
  ['failRedirct', 'failRedirect'],
  ['faliRedirect', 'failRedirect'],
  ['lnag', 'lang'],
  ['atuo', 'auto'],
])('%s on the H5 page: did you mean %s', async (name, meant) => {
  await using mock = createCloudauthMock();
  const { text } = await open(mock, await pageUrl(mock, { [name]: 'http://localhost/' }), english);
  expect(said(text)).toEqual([[name, meant]]);
});

test('on every screen, and where it ends', async () => {
  await using mock = createCloudauthMock();
  const url = await pageUrl(mock, { lang: 'en', sucessRedirect: 'http://localhost/' });
  const next = await post(mock, url);
  const screen = await open(mock, next.location!);
  const end = await post(mock, url, { end: 'pass' });
  const result = await open(mock, end.location!);
  expect([said(screen.text), said(result.text)]).toEqual([
    [['sucessRedirect', 'successRedirect']],
    [['sucessRedirect', 'successRedirect']],
  ]);
});

test('a misspelt token is named where the page says that there is none', async () => {
  await using mock = createCloudauthMock();
  const url = (await pageUrl(mock)).replace('?token=', '?Token=');
  expect(said((await open(mock, url, english)).text)).toEqual([['Token', 'token']]);
});

test('zimid on the SAF page', async () => {
  await using mock = createCloudauthMock();
  const url = (await startH5(mock)).url.replace('?zimId=', '?zimid=');
  expect(said((await open(mock, url, english)).text)).toEqual([['zimid', 'zimId']]);
});

test('certifyid on the page at CertifyUrl', async () => {
  await using mock = createCloudauthMock();
  const url = (await certifyUrl(mock)).replace('?certifyId=', '?certifyid=');
  expect(said((await open(mock, url, english)).text)).toEqual([['certifyid', 'certifyId']]);
});

test('in Chinese', async () => {
  await using mock = createCloudauthMock();
  const { text } = await open(mock, await pageUrl(mock, { lang: 'zh', sucessRedirect: 'x' }));
  expect(text).toContain('<code>sucessRedirect</code> 不是此页面的参数，是否应为 <code>successRedirect</code>？');
});

test.each(['utm_source', 'redirect', 'id', 'failRedirect', 'from', 't'])('%s is not remarked on', async (name) => {
  await using mock = createCloudauthMock();
  const { text } = await open(mock, await pageUrl(mock, { [name]: 'http://localhost/' }), english);
  expect(said(text)).toEqual([]);
});

test.each([
  ['getstatus', 'GetStatus'],
  ['GetSatus', 'GetStatus'],
  ['GteStatus', 'GetStatus'],
  ['GetStats', 'GetStatus'],
  ['GetStatus', undefined],
  ['GetMaterial', 'GetMaterials'],
  ['Describe', undefined],
  ['', undefined],
])('nearest to “%s” is %s', (word, expected) => {
  expect(nearest(word, ['GetStatus', 'GetMaterials', 'ab'])).toBe(expected);
});
