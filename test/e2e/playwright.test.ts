/** `cloudauth-mock/playwright` on pages in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CloudauthMock } from '../../src/index.js';
import { endVerification, openVerification } from '../../src/playwright.js';
import { onPage, openBrowser } from '../support/browser.js';
import { init, WEB } from '../support/face.js';
import { pageUrl } from '../support/h5.js';
import { bySocket } from '../support/scenario.js';
import { listening } from '../support/sdk.js';

let browser: Browser;
let mock: CloudauthMock;
beforeAll(async () => {
  [browser, mock] = await Promise.all([openBrowser(), listening()]);
});
beforeEach(() => mock.reset());
afterAll(() => Promise.all([browser.close(), mock.close()]));

type Outcome = Parameters<typeof endVerification>[1];
const standing = async (id: string) => {
  const { status, reason, left, expired } = await mock.verifications.get(id);
  return { status, reason, left, expired };
};

test.each<[Outcome, object]>([
  ['pass', { status: 'passed' }],
  ['fail', { status: 'failed', reason: '身份证照片模糊，光线问题造成字体无法识别' }],
  ['fail:no-card', { status: 'failed', reason: '提交的照片非身份证照片' }],
  ['quit', { status: 'open', left: true }],
  ['expire', { status: 'open', expired: true }],
])('an H5 page ends with %s', async (outcome, stands) => {
  const url = await pageUrl(bySocket(mock));
  const heading = await onPage(browser, async (page) => {
    await openVerification(page, url);
    await endVerification(page, outcome);
    return page.locator('h1').count();
  });
  expect([heading, await standing('ticket')]).toEqual([1, stands]);
});

test('a financial-grade page ends with its SubCode, and the person is back at ReturnUrl', async () => {
  const { ResultObject } = (await init(bySocket(mock), { MetaInfo: WEB, ReturnUrl: `${mock.url}/healthz` })).json;
  const end = await onPage(browser, async (page) => {
    await openVerification(page, ResultObject.CertifyUrl);
    await endVerification(page, 'fail:205');
    await page.waitForURL('**/healthz*');
    return new URL(page.url()).pathname;
  });
  expect([end, await standing(ResultObject.CertifyId)]).toEqual(['/healthz', { status: 'failed', reason: '205' }]);
});

test('the SAF page ends within the merchant that frames it, later than it is asked for', async () => {
  const listed = await onPage(browser, async (page: Page) => {
    await page.goto(`${mock.url}/demo/saf.html?lang=zh`);
    await Promise.all([endVerification(page, 'fail:Z1146'), page.click('[type=submit]')]);
    await page.locator('.log li', { hasText: /^queryH5/ }).waitFor();
    return mock.verifications.list();
  });
  expect(listed).toEqual([expect.objectContaining({ product: 'saf', status: 'failed', reason: 'Z1146' })]);
});

test('an end the page does not have is refused with those it has', async () => {
  const url = await pageUrl(bySocket(mock));
  const ended = onPage(browser, async (page) => {
    await openVerification(page, url);
    await endVerification(page, 'fail:Z1146');
  });
  await expect(ended).rejects.toThrow(
    "this page cannot end with 'fail:Z1146'; there are: fail, pass, fail:blurred, fail:mismatch, fail:no-card, quit, expire",
  );
});

test('where no verification is shown it says so, and where it looked', async () => {
  const ended = onPage(browser, async (page) => {
    await page.goto(`${mock.url}/healthz`);
    await endVerification(page, 'pass', { timeout: 50 });
  });
  await expect(ended).rejects.toThrow(
    `no verification that can be ended was shown within 50 ms, at ${mock.url}/healthz`,
  );
});

test('an address of the vendor is not opened', async () => {
  const opened = onPage(browser, (page) => openVerification(page, 'https://t.aliyun.com/h5/face.html?certifyId=1'));
  await expect(opened).rejects.toThrow(
    "t.aliyun.com is the vendor's own: an emulator that listens hands out addresses that lead to it",
  );
});
