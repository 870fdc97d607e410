/** Nothing of an address or a form reaches a page as markup, and no page runs what is not ours. */
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { open, pageUrl, post } from '../support/h5.js';

const ATTACKS = [
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '</title><script>alert(1)</script>',
  '<svg/onload=alert(1)>',
  '&lt;script&gt;',
  '\u2028</style>',
];
const PARAMETERS = ['token', 'lang', 'auto', 'successRedirect', 'failRedirect', 'step', 'other'];
const FIELDS = ['end', 'agree', 'FacePic', 'IdCardFrontPic'];
const cross = (names: string[]) => names.flatMap((name) => ATTACKS.map((attack) => [name, attack] as const));

/** What could become markup: the attack as it was sent. `&lt;` must come out as `&amp;lt;`, or not at all. */
const carries = (text: string, attack: string) => text.includes(attack);

test.each(cross(PARAMETERS))('parameter %s: %j is text or nothing', async (name, attack) => {
  await using mock = createCloudauthMock();
  const url = await pageUrl(mock, { successRedirect: '/pages/a', [name]: attack });
  const seen = [await open(mock, url), await post(mock, url, { end: 'blurred' }), await post(mock, url)];
  const results = seen.flatMap(({ location }) => (location ? [location] : []));
  for (const location of results) seen.push(await open(mock, location));
  expect(seen.filter(({ text }) => carries(text, attack))).toEqual([]);
});

test.each(cross(['successRedirect', 'failRedirect']))('mini-program path in %s: /%j is text', async (name, attack) => {
  await using mock = createCloudauthMock();
  const auto = name === 'successRedirect' ? 'pass' : 'fail';
  const { location } = await open(mock, await pageUrl(mock, { [name]: `/${attack.replaceAll(' ', '')}`, auto }));
  expect(carries((await open(mock, location!)).text, attack.replaceAll(' ', ''))).toBe(false);
});

test.each(cross(FIELDS))('field %s: %j is text or nothing', async (name, attack) => {
  await using mock = createCloudauthMock();
  const url = await pageUrl(mock);
  const steps = ['PRIVACY', 'FACE_LIVENESS', 'ID_PHOTO_FRONT'];
  const seen = await Promise.all(steps.map((step) => post(mock, `${url}&step=${step}`, { [name]: attack })));
  expect(seen.filter(({ text }) => carries(text, attack))).toEqual([]);
});

test.each(ATTACKS)('name and number %j of Binding are nowhere on the page', async (attack) => {
  await using mock = createCloudauthMock();
  const Binding = JSON.stringify({ Name: attack, IdentificationNumber: '990000199003070021' });
  const { text } = await open(mock, await pageUrl(mock, {}, { Binding }));
  expect([carries(text, attack), text.includes('990000199003070021')]).toEqual([false, false]);
});

test('every page says what it may load: nothing from elsewhere', async () => {
  await using mock = createCloudauthMock();
  const url = await pageUrl(mock);
  const pages = [
    url,
    `${url}&step=FACE_LIVENESS`,
    url.replace('cloudauth', 'result'),
    url.replace('token', 'none'),
    `${url}&auto=x`,
  ];
  const answers = await Promise.all(pages.map((page) => open(mock, page)));
  for (const { headers } of answers) {
    const policy = headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; script-src ('none'|'sha256-)/);
    expect(policy).not.toContain('unsafe');
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
  }
});

test('no page names another host', async () => {
  await using mock = createCloudauthMock();
  const { text } = await open(mock, await pageUrl(mock));
  expect(text).not.toMatch(/(src|href|action)="?(https?:)?\/\//);
});

test('links are relative: behind a proxy with a folder of its own they still lead here', async () => {
  await using mock = createCloudauthMock();
  const { text } = await open(mock, await pageUrl(mock));
  const links = [...text.matchAll(/(?:href|action|data-leave)="([^"]*)"/g)].map(([, link]) => link!);
  expect(links.filter((link) => link.startsWith('/'))).toEqual([]);
  expect(links.length).toBeGreaterThan(3);
});
