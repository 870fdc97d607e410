/** The list of events and the detail beside it, in Chromium: what is drawn, what is told, what can be done with a call. */
import { connect } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CloudauthMock, MockOptions } from '../../src/index.js';
import { audit } from '../support/audit.js';
import { openBrowser } from '../support/browser.js';
import { call, cloudauth2017, faceVerify } from '../support/call.js';
import { onConsole as openConsole } from '../support/console.js';
import { open, pageUrl } from '../support/h5.js';
import { oss, stsOf } from '../support/oss.js';
import { getStatus, materialParams, openTask, PERSON } from '../support/tasks.js';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

interface Seen {
  readonly lang?: 'en' | 'zh';
  readonly width?: number;
  readonly options?: MockOptions;
  readonly dark?: boolean;
}

const onConsole = <T>(
  before: (mock: CloudauthMock) => Promise<unknown>,
  visit: (page: Page, mock: CloudauthMock) => Promise<T>,
  { lang = 'en', width = 1440, options = {}, dark = false }: Seen = {},
): Promise<T> => {
  const look = {
    viewport: { width, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    bypassCSP: true,
    colorScheme: dark ? ('dark' as const) : ('light' as const),
  };
  return openConsole(browser, visit, { path: `/_mock/console?lang=${lang}`, before, options, look });
};

const status = (mock: CloudauthMock, TicketId: string, secret?: string) =>
  call(mock, cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId }), secret === undefined ? {} : { secret });
const row = (page: Page, name: string) => page.getByRole('option', { name });
const detail = (page: Page) => page.locator('aside');
const clipboard = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

test('a call is made again by a click, and both are told apart', async () => {
  await onConsole(
    async (mock) => {
      await openTask(mock, 'RPBasic', 'order-1');
      await status(mock, 'order-1', 'wrong');
    },
    async (page, mock) => {
      await row(page, 'SignatureDoesNotMatch').click();
      await page.getByRole('button', { name: 'Replay' }).click();
      await page.getByText('Made again as #3: 200').waitFor();
      await row(page, '= #2').click();
      await expect.poll(() => detail(page).innerText()).toContain('#3 · = #2');
      expect((await mock.requests()).map(({ replayOf }) => replayOf)).toEqual([undefined, undefined, 2]);
    },
  );
});

test('trace: shows what belongs to one trace, calls and uploads, and a button asks for it', async () => {
  const id = '4bf92f3577b34da6a3ce929d0e0e4736';
  const traced = { headers: { traceparent: `00-${id}-00f067aa0ba902b7-01` } };
  await onConsole(
    async (mock) => {
      const sts = await stsOf(mock, 'order-1', traced);
      await oss(mock, sts, 'PUT', `${sts.path}a`, { body: 'x', ...traced });
      await status(mock, 'order-1');
    },
    async (page) => {
      await row(page, 'GetVerifyToken').click();
      await page.getByRole('button', { name: 'All of this trace' }).click();
      await expect.poll(() => page.locator('.row').count()).toBe(2);
      expect(await page.getByRole('searchbox').inputValue()).toBe(`trace:${id}`);
      expect(await row(page, 'PutObject').count()).toBe(1);
      expect(await detail(page).innerText()).toContain(`trace ${id}`);
    },
  );
});

test('where nobody knows the secret, the replay says that its signature is not checked', async () => {
  await onConsole(
    (mock) => call(mock, cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 'x' }), { accessKeyId: 'stranger' }),
    async (page) => {
      await page.getByRole('combobox').first().selectOption('stranger');
      await row(page, 'GetStatus').click();
      await page.getByRole('button', { name: 'Replay' }).click();
      await row(page, '= #1').click();
      await expect.poll(() => detail(page).innerText()).toContain('signature not checked');
    },
    { options: { keys: 'any' } },
  );
});

describe.each([
  [
    'en',
    'Ordered by the rule failNext(',
    'A test identity or suffix decides',
    'Its page is open',
    'The test name decides',
  ],
  ['zh', '由规则指定： failNext(', '由测试身份或后缀决定', '页面打开着', '由测试姓名决定'],
] as const)('why, in %s', (lang, rule, magic, page_, words) => {
  test('is in the row and in the detail', async () => {
    await onConsole(
      async (mock) => {
        mock.failNext('GetStatus', 'Throttling.User');
        await getStatus(mock, 'RPBasic', 'one');
        const params = {
          method: 'match',
          name: '测试不通过',
          certNumber: '990000199003070013',
          imgbase64: '/9j/4AAQSkZJRg==',
        };
        await call(mock, faceVerify(params));
        await open(mock, await pageUrl(mock));
        await getStatus(mock, 'RPBasic');
      },
      async (page) => {
        await row(page, 'failNext(GetStatus').click();
        await expect.poll(() => detail(page).innerText()).toContain(rule);
        await row(page, words).click();
        await expect.poll(() => detail(page).innerText()).toContain(magic);
        await page.locator('.row', { hasText: 'GetStatus' }).first().click();
        await expect.poll(() => detail(page).innerText()).toContain(page_);
      },
      { lang, options: { device: 'immediate' } },
    );
  });

  test('a step on a page and a client that was kept out are rows of their own', async () => {
    await onConsole(
      async (mock) => {
        await open(mock, await pageUrl(mock));
        await new Promise((resolve) => {
          const socket = connect(Number(new URL(mock.url).port), '127.0.0.1')
            .resume()
            .on('close', resolve);
          socket.end('GARBAGE\r\n\r\n');
        });
      },
      async (page) => {
        await row(page, lang === 'zh' ? '页面：已打开' : 'Page: opened').click();
        await expect.poll(() => detail(page).innerText()).toContain('ticket');
        await row(page, lang === 'zh' ? '被拒绝的连接' : 'Kept out').click();
        const why = lang === 'zh' ? '已拒绝非 HTTP 请求' : 'refused what is no HTTP';
        await expect.poll(() => detail(page).innerText()).toContain(why);
      },
      { lang },
    );
  });
});

test('copies hold the printed secret and placeholders for any other', async () => {
  await onConsole(
    async (mock) => {
      await status(mock, 'order-1');
      const other = { accessKeyId: 'LTAIother', secret: 'kept-secret' };
      await call(mock, cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 'order-2' }), other);
    },
    async (page) => {
      const copied = async (ticket: string, button: string) => {
        await row(page, ticket).click();
        await page.getByText(`TicketId`).first().waitFor();
        await detail(page).getByText(ticket).first().waitFor();
        await page.getByRole('button', { name: button }).click();
        await expect.poll(() => clipboard(page)).toContain(ticket);
        return clipboard(page);
      };
      for (const button of ['Copy as curl', 'Copy as SDK snippet']) {
        expect(await copied('order-1', button)).toContain('cloudauth-mock-secret');
        const other = await copied('order-2', button);
        expect(other).not.toContain('kept-secret');
        expect(other).toContain('ALIBABA_CLOUD_ACCESS_KEY_SECRET');
      }
    },
    { options: { accessKeys: ['LTAIother:kept-secret'] } },
  );
});

test('a rule of this call: operation, ticket and code are chosen already', async () => {
  await onConsole(
    async (mock) => {
      mock.failNext('GetStatus', 'Throttling.User');
      await status(mock, 'order-1');
    },
    async (page) => {
      await row(page, 'Throttling.User').click();
      await detail(page).locator('.diagnosis p').first().waitFor();
      await page.getByRole('button', { name: 'Make a rule of this' }).click();
      await expect
        .poll(() => page.locator('.same code').first().innerText())
        .toBe(
          'rules: [{ on: cloudauth/2017-11-17/GetStatus, when: { params: { TicketId: order-1 } }, times: 1, then: { fail: Throttling.User } }]',
        );
    },
  );
});

test('all that happened to one verification is a click away', async () => {
  await onConsole(
    async (mock) => {
      for (const ticket of ['order-1', 'order-2']) await openTask(mock, 'RPBasic', ticket);
      await mock.verifications.pass('order-1');
    },
    async (page) => {
      await page.locator('.row', { hasText: 'order-1' }).first().click();
      await page.getByRole('button', { name: 'All of this subject' }).click();
      await expect.poll(() => page.locator('.row').count()).toBe(2);
      expect(await page.getByLabel('Filter').inputValue()).toBe('ticket:order-1');
    },
  );
});

test('of thousands of events only those that are seen are in the page, wherever one reads', async () => {
  await onConsole(
    async () => {},
    async (page, mock) => {
      const drawn = () => page.locator('.row').count();
      for (let count = 0; count < 3000; count++) await status(mock, `order-${count}`);
      await row(page, 'order-2999').waitFor();
      await expect.poll(() => page.locator('.row').first().getAttribute('aria-setsize')).toBe('3000');
      expect(await drawn()).toBeLessThan(60);
      await page.locator('.rows').evaluate((rows) => {
        rows.scrollTop = rows.scrollHeight / 2;
      });
      await row(page, 'order-1500').waitFor();
      expect(await drawn()).toBeLessThan(60);
    },
    { options: { journal: 5000, signature: 'off' } },
  );
});

test('by keyboard alone: to a call, through its detail, made again', async () => {
  await onConsole(
    (mock) => status(mock, 'order-1'),
    async (page) => {
      await row(page, 'order-1').waitFor();
      await page.keyboard.press('j');
      const button = page.getByRole('button', { name: 'Replay' });
      await button.waitFor();
      await button.focus();
      await page.keyboard.press('Enter');
      await row(page, '= #1').waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('k');
      await expect.poll(() => detail(page).innerText()).toContain('= #1');
    },
  );
});

describe.each([
  ['en', false],
  ['zh', true],
] as const)('%s, dark %s', (lang, dark) => {
  test.each([360, 768, 1440])('at %i px the detail has no barrier and nothing beside the screen', async (width) => {
    await onConsole(
      async (mock) => {
        const token = await openTask(mock, 'RPManual', 'order-1');
        await open(mock, await pageUrl(mock));
        mock.failNext('SubmitMaterials', 'Throttling.User');
        await call(mock, cloudauth2017('SubmitMaterials', { VerifyToken: token, ...materialParams(PERSON) }));
      },
      async (page) => {
        await row(page, 'Throttling.User').click();
        await detail(page).locator('dt').first().waitFor();
        const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([beside, await audit(page)]).toEqual([0, []]);
        if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/live-${lang}-${width}.png` });
        // every name stands whole or broken between its words
        const broken = await page
          .locator('dt')
          .evaluateAll((terms) =>
            terms.filter((term) => term.scrollWidth > term.clientWidth + 1).map((term) => term.textContent),
          );
        expect(broken).toEqual([]);
      },
      { lang, width, dark },
    );
  });
});
