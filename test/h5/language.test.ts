import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { open, pageUrl } from '../support/h5.js';

const TITLE = { zh: '<h1>实人认证</h1>', en: '<h1>Identity verification</h1>' } as const;

test.each<[lang: string | undefined, accepted: string | undefined, spoken: 'zh' | 'en']>([
  [undefined, undefined, 'zh'],
  [undefined, '*', 'zh'],
  [undefined, 'zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  [undefined, 'en-GB,en;q=0.9,zh;q=0.8', 'en'],
  [undefined, 'fr-FR,fr;q=0.9', 'en'],
  [undefined, 'fr,zh;q=0.5', 'zh'],
  ['en', 'zh-CN', 'en'],
  ['zh', 'en', 'zh'],
  ['fr', 'en', 'en'],
])('?lang=%s and Accept-Language %s: %s', async (lang, accepted, spoken) => {
  await using mock = createCloudauthMock();
  const url = await pageUrl(mock, lang ? { lang } : {});
  const { text } = await open(mock, url, accepted ? { 'accept-language': accepted } : {});
  expect(text).toContain(TITLE[spoken]);
  expect(text).toContain(`<html lang="${spoken === 'zh' ? 'zh-CN' : 'en'}">`);
});

test('the switch does not end a task a second time', async () => {
  await using mock = createCloudauthMock();
  const { text } = await open(mock, await pageUrl(mock, { auto: 'nonsense' }));
  const path = /href="([^"]+)" lang="en"/.exec(text)![1]!;
  expect(path).not.toContain('auto');
});

test('the switch shows the same screen in the other language, and keeps the redirects', async () => {
  await using mock = createCloudauthMock();
  const url = await pageUrl(mock, { step: 'PRIVACY', successRedirect: '/pages/index/index' });
  const { text } = await open(mock, url);
  const path = /href="([^"]+)" lang="en"/.exec(text)![1]!.replaceAll('&amp;', '&');
  const other = await open(mock, String(new URL(path, url)));
  expect(other.text).toContain('<h1>Consent</h1>');
  expect(new URL(path, url).searchParams.get('successRedirect')).toBe('/pages/index/index');
});
