/** The simulated phone in a real browser: a plain page without script, and the console's verifications with it. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { onPage, openBrowser } from '../support/browser.js';
import { init } from '../support/scenario.js';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const listening = (adminToken?: string) => createCloudauthMock({ port: 0, device: 'manual', adminToken }).listen();
const PASSWORD = { username: 'me', password: 'secret' };

describe('without script', () => {
  const PLAIN = { javaScriptEnabled: false, viewport: { width: 360, height: 740 } };

  test('a button ends the verification and shows what the SDK reports', async () => {
    await using mock = await listening();
    await init(mock);
    const said = await onPage(
      browser,
      async (page) => {
        await page.goto(`${mock.url}/_mock/phone`);
        await page.click('button[value=pass]');
        return page.textContent('[role=status]');
      },
      PLAIN,
    );
    expect([said?.includes('1000'), (await mock.verifications.list())[0]?.status]).toEqual([true, 'passed']);
  });

  test('opened, one fails for the reason that is chosen', async () => {
    await using mock = await listening();
    await init(mock);
    await onPage(
      browser,
      async (page) => {
        await page.goto(`${mock.url}/_mock/phone`);
        await page.click('summary');
        await page.selectOption('#open select', 'Z8302');
        await page.click('button[value=fail]');
        await page.waitForSelector('[role=status]');
      },
      PLAIN,
    );
    expect((await mock.verifications.list())[0]).toMatchObject({ status: 'failed', reason: 'Z8302' });
  });

  test('fifteen fit on two screens of 360 × 740', async () => {
    await using mock = await listening();
    for (let count = 0; count < 15; count++) await init(mock);
    const height = await onPage(
      browser,
      async (page) => {
        await page.goto(`${mock.url}/_mock/phone`);
        const last = await page.locator('button[value=pass]').last().boundingBox();
        return last!.y + last!.height;
      },
      PLAIN,
    );
    expect(height).toBeLessThan(2 * 740);
  });

  test('behind --admin-token the browser’s password is enough to press a button', async () => {
    await using mock = await listening('secret');
    await init(mock);
    await onPage(
      browser,
      async (page) => {
        await page.goto(`${mock.url}/_mock/phone`);
        await page.click('summary');
        await page.click('button[value=quit]');
        await page.waitForSelector('[role=status]');
      },
      { ...PLAIN, httpCredentials: PASSWORD },
    );
    expect((await mock.verifications.list())[0]?.status).toBe('quit');
  });
});

test('with script it is the console’s verifications, in the same account and language', async () => {
  await using mock = await listening();
  await init(mock);
  await onPage(browser, async (page) => {
    await page.goto(`${mock.url}/_mock/phone?account=default&lang=en`);
    await page.getByText('Under way (1)').waitFor();
    expect(page.url()).toBe(`${mock.url}/_mock/console?account=default&lang=en#verifications`);
  });
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
    { httpCredentials: PASSWORD },
  );
  expect(frame).toMatch(/zimId=[0-9a-f]{32}/);
});
