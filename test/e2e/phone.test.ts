/** The simulated phone in a real browser: what Chromium sends with a form is not what a test would make up. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { onPage, openBrowser } from '../support/browser.js';
import { init } from '../support/scenario.js';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const listening = (adminToken?: string) => createCloudauthMock({ port: 0, device: 'manual', adminToken }).listen();

test('a button ends the verification and shows what the SDK reports', async () => {
  await using mock = await listening();
  await init(mock);
  const said = await onPage(browser, async (page) => {
    await page.goto(`${mock.url}/_mock/phone`);
    await page.click('button[value=pass]');
    return page.textContent('[role=status]');
  });
  expect([said?.includes('1000'), (await mock.verifications.list())[0]?.status]).toEqual([true, 'passed']);
});

test('what begins while the page is open appears on it', async () => {
  await using mock = await listening();
  const shown = await onPage(browser, async (page) => {
    await page.goto(`${mock.url}/_mock/phone`);
    const { Data } = await init(mock);
    return page.waitForSelector(`text=${Data.queryId}`);
  });
  expect(shown).toBeTruthy();
});

test('the list stays as it is under the pointer, and a notice says that there is more', async () => {
  await using mock = await listening();
  const { Data: first } = await init(mock);
  const looks = await onPage(browser, async (page) => {
    await page.goto(`${mock.url}/_mock/phone`);
    const cards = page.locator('#open section');
    await page.hover(`text=${first.queryId}`);
    await init(mock);
    await page.locator('#stale').waitFor();
    const under = await cards.count();
    await page.mouse.move(0, 0);
    await page.locator('#stale').waitFor({ state: 'hidden' });
    return [under, await cards.count()];
  });
  expect(looks).toEqual([1, 2]);
});

test('behind --admin-token the browser’s password is enough to press a button', async () => {
  await using mock = await listening('secret');
  await init(mock);
  const httpCredentials = { username: 'me', password: 'secret' };
  await onPage(
    browser,
    async (page) => {
      await page.goto(`${mock.url}/_mock/phone`);
      await page.click('button[value=quit]');
      await page.waitForSelector('[role=status]');
    },
    { httpCredentials },
  );
  expect((await mock.verifications.list())[0]?.status).toBe('quit');
});

test('behind --admin-token the merchant’s scripts work with the same password', async () => {
  await using mock = await listening('secret');
  const frame = await onPage(
    browser,
    async (page) => {
      await page.goto(`${mock.url}/demo/saf.html`);
      await page.click('button[type=submit]');
      return (await page.waitForSelector('iframe')).getAttribute('src');
    },
    { httpCredentials: { username: 'me', password: 'secret' } },
  );
  expect(frame).toMatch(/zimId=[0-9a-f]{32}/);
});
