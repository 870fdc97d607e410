/** Nothing of an address, a form or a person reaches SAF's page or the merchant's as markup. */
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { open, post } from '../support/h5.js';
import { startH5 } from '../support/saf.js';

const ATTACKS = [
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '</title><script>alert(1)</script>',
  '<svg/onload=alert(1)>',
  '&lt;script&gt;',
  '\u2028</style>',
];
const cross = (names: string[]) => names.flatMap((name) => ATTACKS.map((attack) => [name, attack] as const));

test.each(cross(['zimId', 'auto', 'lang', 'other']))('parameter %s: %j is text or nothing', async (name, attack) => {
  await using mock = createCloudauthMock();
  const url = new URL((await startH5(mock)).url);
  url.searchParams.set(name, attack);
  const shop = `${mock.url}/demo/saf.html?${new URLSearchParams({ [name]: attack })}`;
  const seen = [await open(mock, String(url)), await post(mock, String(url)), await open(mock, shop)];
  expect(seen.filter(({ text }) => text.includes(attack))).toEqual([]);
});

test.each(cross(['end', 'visit', 'frame']))('field %s: %j is text or nothing', async (name, attack) => {
  await using mock = createCloudauthMock();
  const { text } = await post(mock, (await startH5(mock)).url, { [name]: attack });
  expect(text).not.toContain(attack);
});

test('name and number of the person are nowhere on the page', async () => {
  await using mock = createCloudauthMock();
  const { url } = await startH5(mock, { name: '李四', certNumber: '990000199003070021' });
  const seen = [await open(mock, url), await open(mock, `${url}&auto=Z1146`)];
  expect(seen.filter(({ text }) => /李四|990000199003070021/.test(text))).toEqual([]);
});
