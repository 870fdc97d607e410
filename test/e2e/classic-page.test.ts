/** DescribeVerifyToken → VerifyPageUrl → DescribeVerifyResult in a real browser, over loopback http, for each VerifyStatus. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CloudauthMock } from '../../src/index.js';
import { verifyStatuses } from '../../src/products/cloudauth/classic.js';
import { onPage, openBrowser } from '../support/browser.js';
import { PERSON, pageOf, result } from '../support/classic.js';
import { type Merchant, openMerchant } from '../support/merchant.js';
import { bySocket } from '../support/scenario.js';
import { listening } from '../support/sdk.js';

let browser: Browser;
let mock: CloudauthMock;
let merchant: Merchant;
let shop: string;
beforeAll(async () => {
  merchant = await openMerchant();
  shop = merchant.url;
  [browser, mock] = await Promise.all([openBrowser(), listening({ device: 'manual' })]);
});
beforeEach(() => mock.reset());
afterAll(async () => {
  await Promise.all([browser.close(), mock.close()]);
  merchant.close();
});

/** Of a task whose person goes back to the shop. */
const fresh = (append: Record<string, string> = {}, params: Record<string, string> = {}) =>
  pageOf(bySocket(mock), append, { PassedRedirectUrl: `${shop}/ok`, FailedRedirectUrl: `${shop}/no`, ...params });
const status = async (): Promise<number> => (await result(bySocket(mock))).json.VerifyStatus;

/** Guide, consent, and as many pictures as the scheme asks for. */
async function shootAll(page: Page, url: string, pictures: number): Promise<void> {
  await page.goto(url);
  await page.click('[type=submit]');
  await page.check('[name=agree]');
  await page.click('[type=submit]');
  for (let picture = 0; picture < pictures; picture++) {
    await page.click('[data-state=ready] [data-shoot]');
    await page.click('.card form:first-of-type [type=submit]:enabled');
  }
}

test.each([
  ['RPBasic', 3],
  ['RPBioOnly', 1],
])('%s with the camera: %i pictures, back to the shop, VerifyStatus 1', async (BizType, pictures) => {
  const url = await fresh({}, { BizType, ...PERSON });
  const end = await onPage(browser, async (page) => {
    await shootAll(page, url, pictures);
    await page.waitForURL(`${shop}/**`);
    return page.url();
  });
  const { VerifyStatus, Material } = (await result(bySocket(mock), { BizType })).json;
  const face = Buffer.from(await (await fetch(Material.FaceImageUrl)).arrayBuffer());
  expect([end, VerifyStatus, face.subarray(0, 3).toString('hex')]).toEqual([`${shop}/ok`, 1, 'ffd8ff']);
});

const WORDS = [['pass', 1] as const, ...Object.keys(verifyStatuses).map((word) => [word, Number(word)] as const)];

describe.each(WORDS)('%s', (word, expected) => {
  const path = expected === 1 ? '/ok' : '/no';

  test(`the tester’s button: VerifyStatus ${expected}`, async () => {
    const url = await fresh();
    const end = await onPage(browser, async (page) => {
      await page.goto(url);
      await page.click('summary');
      await page.click(`.tester [value="${word}"]`);
      await page.waitForURL(`${shop}/**`);
      return page.url();
    });
    expect([end, await status()]).toEqual([shop + path, expected]);
  });

  test(`auto=: VerifyStatus ${expected}`, async () => {
    const url = await fresh({ auto: word });
    const end = await onPage(browser, async (page) => {
      await page.goto(url);
      return page.url();
    });
    expect([end, await status()]).toEqual([shop + path, expected]);
  });
});

test('who leaves is told so, VerifyStatus stays −1, and can go on', async () => {
  const url = await fresh();
  const seen = await onPage(browser, async (page) => {
    await page.goto(url);
    await page.click('[value=quit]');
    await page.waitForURL('**/result.html*');
    const left = [await page.locator('h1').innerText(), await status()];
    await page.click('.button.second');
    await page.click('summary');
    await page.click('.tester [value=pass]');
    await page.waitForURL(`${shop}/**`);
    return left;
  });
  expect([...seen, await status()]).toEqual(['认证未完成', -1, 1]);
});

test('a magic person walks the page to the VerifyStatus of the name', async () => {
  const url = await fresh({}, { BizType: 'RPBioOnly', ...PERSON, Name: '李三~status:9' });
  await onPage(browser, async (page) => {
    await shootAll(page, url, 1);
    await page.waitForURL(`${shop}/no`);
  });
  expect((await result(bySocket(mock), { BizType: 'RPBioOnly' })).json.VerifyStatus).toBe(9);
});
