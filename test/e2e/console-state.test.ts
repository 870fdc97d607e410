/** The views of the console about an account's state and about connecting a client, in Chromium, by what testers want of them. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { audit } from '../support/audit.js';
import { openBrowser } from '../support/browser.js';
import { type Opened, onConsole as openConsole, WIDE } from '../support/console.js';
import { request, sendRaw } from '../support/raw.js';
import { getStatus, openTask } from '../support/tasks.js';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

interface OnView extends Omit<Opened, 'path'> {
  readonly hash: '#state' | '#connect';
}

const onConsole = <T>(
  { hash, ...opened }: OnView,
  visit: (page: Page, mock: CloudauthMock) => Promise<T>,
): Promise<T> =>
  openConsole(
    browser,
    async (page, mock) => {
      await page.locator('main h2').first().waitFor();
      return visit(page, mock);
    },
    { path: `/_mock/console${hash}`, ...opened },
  );

const task = (mock: CloudauthMock) => openTask(mock, 'RPBasic', 'order-1');
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

describe('the clock', () => {
  test('31 minutes later the token has expired, by clicks', async () => {
    await onConsole({ hash: '#state', before: task }, async (page, mock) => {
      await press(page, '+31 m');
      await page.getByText('31 m ahead').waitFor();
      await page.getByRole('link', { name: 'Verifications', exact: false }).first().click();
      await page.getByText('expired', { exact: false }).first().waitFor();
      expect((await mock.verifications.list())[0]!.expired).toBe(true);
    });
  });

  test('the top bar shows it in every view while it is not the wall clock, and not otherwise', async () => {
    await onConsole({ hash: '#state' }, async (page) => {
      const shown = page.locator('header a[href="#state"]');
      expect(await shown.count()).toBe(0);
      await press(page, 'Freeze');
      await shown.getByText('frozen').waitFor();
      await page.getByRole('link', { name: 'Live' }).click();
      await shown.click();
      await press(page, 'Back to the wall clock');
      await expect.poll(() => shown.count()).toBe(0);
    });
  });

  test('it is set to an instant, and stands there when it is frozen', async () => {
    await onConsole({ hash: '#state' }, async (page, mock) => {
      await press(page, 'Freeze');
      await page.getByLabel('Set to (UTC)').fill('2030-01-02T03:04');
      await press(page, 'Set');
      await page.locator('.time', { hasText: '2030-01-02 03:04:00Z' }).waitFor();
      expect(await mock.clock.now()).toBe(Date.parse('2030-01-02T03:04:00Z'));
    });
  });
});

describe('snapshots', () => {
  test('a state is saved, compared with what came of it, and brought back', async () => {
    await onConsole({ hash: '#state', before: task }, async (page, mock) => {
      await page.getByLabel('Name').fill('open');
      await press(page, 'Save the state');
      await press(page, 'Compare: open');
      await page.getByText('Nothing differs.').waitFor();
      await mock.verifications.fail('order-1', '身份证照片模糊');
      await press(page, 'Compare: open');
      await press(page, 'Compare: open');
      const differs = page.getByRole('region', { name: 'What differs' });
      await differs.getByText('open → failed').waitFor();
      expect(await differs.innerText()).toContain('– → 身份证照片模糊');
      await press(page, 'Restore: open');
      await page.getByText('Restored: open').waitFor();
      expect((await mock.verifications.list())[0]!.status).toBe('open');
      await press(page, 'Delete: open');
      await page.getByText('No snapshots.').waitFor();
    });
  });

  test('one is opened as an account beside the old one, which is shown then', async () => {
    const before = async (mock: CloudauthMock) => {
      await task(mock);
      await mock.snapshots.save('open');
    };
    await onConsole({ hash: '#state', before }, async (page, mock) => {
      await press(page, 'Open as an account: open');
      await page.getByLabel('AccessKeyId').fill('LTAImockBeside');
      await press(page, 'Open');
      await expect.poll(() => page.locator('header select').inputValue()).toBe('LTAImockBeside');
      await page.keyboard.press('2');
      await press(page, 'Pass: order-1');
      await page.getByText('Ended (1)').waitFor();
      const status = async (accessKeyId?: string) =>
        (await getStatus(mock, 'RPBasic', 'order-1', { accessKeyId })).json.Data.StatusCode;
      expect([await status(), await status('LTAImockBeside')]).toEqual([-1, 1]);
    });
  });

  test('what cannot be done is said', async () => {
    const before = async (mock: CloudauthMock) => {
      await task(mock);
      await mock.snapshots.save('open');
    };
    await onConsole({ hash: '#state', before }, async (page) => {
      await press(page, 'Open as an account: open');
      await page.getByLabel('AccessKeyId').fill('default');
      await press(page, 'Open');
      await page.getByText('account default has a state of its own').waitFor();
      expect(await page.locator('header select').inputValue()).toBe('default');
    });
  });
});

test('a reset is taken back within ten seconds', async () => {
  await onConsole({ hash: '#state', before: task }, async (page, mock) => {
    await press(page, 'Reset account default');
    await page.getByRole('alert').waitFor();
    expect(await mock.verifications.list()).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('The reset is undone').waitFor();
    expect((await mock.verifications.list()).length).toBe(1);
  });
});

test('who has called is listed with what they hold, and one click shows them', async () => {
  const before = async (mock: CloudauthMock) => {
    await openTask(mock, 'RPBasic', 'order-1', {}, { accessKeyId: 'LTAImockWorker' });
    mock.failNext('GetStatus', 'Throttling', { account: 'LTAImockWorker' });
  };
  await onConsole({ hash: '#state', before }, async (page) => {
    const row = page.getByRole('listitem').filter({ hasText: 'LTAImockWorker' });
    await row.getByText('Calls 1 · Verifications 1 · Builds 0 · Objects 0 · Rules 1 · Snapshots 0').waitFor();
    await press(page, 'Switch to LTAImockWorker');
    await expect.poll(() => page.locator('header select').inputValue()).toBe('LTAImockWorker');
    expect(new URL(page.url()).searchParams.get('account')).toBe('LTAImockWorker');
  });
});

test('who calls while the console is open is among the accounts of its bar, once somebody chooses there', async () => {
  await onConsole({ hash: '#state' }, async (page, mock) => {
    await openTask(mock, 'RPBasic', 'order-1', {}, { accessKeyId: 'LTAImockLater' });
    await page.locator('header select').focus();
    await page.locator('header option', { hasText: 'LTAImockLater' }).waitFor({ state: 'attached' });
    await page.locator('header select').selectOption('LTAImockLater');
    // out of the choice
    await page.keyboard.press('Escape');
    await page.keyboard.press('2');
    await page.getByText('Under way (1)').waitFor();
    expect(new URL(page.url()).searchParams.get('account')).toBe('LTAImockLater');
  });
});

test('what was ordered elsewhere is shown when a view is opened', async () => {
  await onConsole({ hash: '#state' }, async (page, mock) => {
    mock.failNext('GetStatus', 'Throttling.User');
    await mock.clock.advance('1d');
    await page.keyboard.press('4');
    await page.getByText('Rules (1)').waitFor();
    await page.locator('header a[href="#state"]').waitFor();
    expect(await page.locator('.armed').innerText()).toContain('Throttling.User');
  });
});

test.each(['zh-CN', 'en-US'])(
  'on a phone in %s the bar has two lines, and the view that is open is seen in the row of views',
  async (locale) => {
    const look = { viewport: { width: 360, height: 740 }, locale };
    await onConsole({ hash: '#connect', look }, async (page) => {
      const bar = (await page.locator('header').boundingBox())!;
      const chosen = (await page.locator('nav [aria-current]').boundingBox())!;
      // and so is each that has the focus
      for (const view of await page.locator('nav a').all()) {
        await view.focus();
        const at = (await view.boundingBox())!;
        expect([at.x >= 0, at.x + at.width <= 360]).toEqual([true, true]);
      }
      expect([bar.height <= 100, chosen.x >= 0, chosen.x + chosen.width <= 360]).toEqual([true, true, true]);
    });
  },
);

describe('connecting a client', () => {
  test('the checklist turns green with what happens', async () => {
    await onConsole({ hash: '#connect' }, async (page, mock) => {
      const done = () => page.locator('.steps .ok').allInnerTexts();
      expect(await done()).toEqual([]);
      await task(mock);
      await expect.poll(async () => (await done()).length).toBe(2);
      await mock.verifications.pass('order-1');
      await expect
        .poll(done)
        .toEqual([
          expect.stringContaining('signed call'),
          expect.stringContaining('The first verification'),
          expect.stringContaining('has ended'),
        ]);
    });
  });

  test('the code of an SDK has this address and this account’s key, and is copied', async () => {
    const look = { ...WIDE, permissions: ['clipboard-read', 'clipboard-write'] };
    await onConsole({ hash: '#connect', look }, async (page, mock) => {
      for (const [sdk, said] of [
        ['java', `request.setSysDomain("${new URL(mock.url).host}")`],
        ['python', `domain='${new URL(mock.url).host}'`],
        ['curl', `url=${mock.url} key=LTAImockDefault`],
      ] as const) {
        await page.locator('main select').selectOption(sdk);
        await page.locator('.snippet', { hasText: said }).waitFor();
      }
      await press(page, 'Copy the code');
      await page.getByText('Copied').waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('openssl dgst');
    });
  });

  test('a secret of one’s own is not shown', async () => {
    const options = { accessKeys: ['LTAIown000000000:very-secret@team'] };
    await onConsole({ hash: '#connect', options }, async (page, mock) => {
      await page.goto(`${mock.url}/_mock/console?account=team#connect`);
      await page.locator('.snippet').waitFor();
      const text = await page.locator('main').innerText();
      expect([text.includes('very-secret'), text.includes('ACCESS_KEY_SECRET')]).toEqual([false, true]);
    });
  });
});

test('by keyboard alone: to the view, to the clock, and on', async () => {
  await onConsole({ hash: '#connect' }, async (page, mock) => {
    await page.keyboard.press('7');
    const step = page.getByRole('button', { name: '+31 m' });
    await step.waitFor();
    for (let tab = 0; tab < 40 && !(await step.evaluate((one) => one === document.activeElement)); tab++)
      await page.keyboard.press('Tab');
    const before = await mock.clock.now();
    await page.keyboard.press('Enter');
    await page.getByText('31 m ahead').waitFor();
    expect((await mock.clock.now()) - before).toBeGreaterThanOrEqual(31 * 60_000);
    await page.keyboard.press('8');
    await page.locator('.snippet').waitFor();
  });
});

test.each([
  ['a page of another site', { Origin: 'https://evil.test' }],
  ['a name that leads here by rebinding', { Host: 'evil.test' }],
])('%s neither reads nor changes state', async (_who, headers) => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  const lines = [
    ...['POST /_mock/reset', 'POST /_mock/reset/undo', 'POST /_mock/clock', 'POST /_mock/snapshots/a'],
    ...['DELETE /_mock/snapshots/a', 'POST /_mock/snapshots/a/open', 'GET /_mock/snapshots/a/diff'],
    ...['GET /_mock/accounts/overview', 'GET /_mock/connect', 'GET /_mock/connect/snippets'],
  ];
  const replies = await Promise.all(
    lines.map((line) => sendRaw(mock.url, request(line, { Host: 'localhost', 'Content-Length': '0', ...headers }))),
  );
  expect(replies.map(({ status }) => status)).toEqual(lines.map(() => 403));
});

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  const before = async (mock: CloudauthMock) => {
    await task(mock);
    await mock.snapshots.save('open');
    await mock.verifications.fail('order-1');
    await mock.clock.freeze();
    await mock.clock.advance('31m');
  };

  test.each([
    ['#state', 360, 'zh-CN'],
    ['#state', 800, 'en-US'],
    ['#state', 1440, 'zh-CN'],
    ['#connect', 360, 'en-US'],
    ['#connect', 1440, 'zh-CN'],
  ] as const)('%s at %i px in %s: no barrier, nothing beside the screen', async (hash, width, locale) => {
    const look = { viewport: { width, height: 800 }, locale, colorScheme, bypassCSP: true };
    await onConsole({ hash, before, look }, async (page) => {
      await page
        .locator(hash === '#state' ? 'button[aria-expanded]' : '.snippet')
        .first()
        .waitFor();
      if (hash === '#state') {
        await page.locator('button[aria-expanded]').first().click();
        await page.locator('.differs').waitFor();
      }
      const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/${hash.slice(1)}-${width}-${colorScheme}.png` });
      expect([beside, await audit(page)]).toEqual([0, []]);
    });
  });
});
