/** The console's verifications, and its first view, in Chromium: each action, by keyboard, in both languages, narrow and wide, light and dark. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { audit } from '../support/audit.js';
import { LAN_HOST, onPage, openBrowser } from '../support/browser.js';
import { type Look, type Opened, onConsole, WIDE } from '../support/console.js';
import { certifyUrl } from '../support/face.js';
import { IDENTITY, pageUrl, visitSlowly } from '../support/h5.js';
import { startH5 } from '../support/saf.js';
import { bySocket } from '../support/scenario.js';
import { getStatus, openTask } from '../support/tasks.js';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const PHONE: Look = { viewport: { width: 360, height: 740 }, locale: 'en-US', hasTouch: true };

const onView = <T>(visit: (page: Page, mock: CloudauthMock) => Promise<T>, opened: Opened = {}): Promise<T> =>
  onConsole(browser, visit, {
    path: '/_mock/console#verifications',
    before: (mock) => openTask(mock, 'RPBasic', 'order-1'),
    ...opened,
  });

const row = (page: Page, name: string) => page.getByRole('button', { name, expanded: false });
const opened = async (page: Page, name = 'order-1') => {
  await row(page, name).first().click();
  await page.locator('.timeline').waitFor();
};
const statusOf = async (mock: CloudauthMock) => (await mock.verifications.list())[0]!;

describe('each way to end one', () => {
  test.each([
    ['Pass: order-1', { status: 'passed' }, 'AUDIT_PASS'],
    ['Fail: order-1', { status: 'failed', reason: '身份证照片模糊，光线问题造成字体无法识别' }, 'AUDIT_FAIL'],
  ])('%s, from its row: what the SDK reports is said', async (name, ended, client) => {
    await onView(async (page, mock) => {
      await page.getByRole('button', { name }).click();
      await page.getByText(`The client SDK reports ${client}`).waitFor();
      await page.getByText('Ended (1)').waitFor();
      expect(await statusOf(mock)).toMatchObject(ended);
    });
  });

  test.each([
    ['Pass (order-1)', { status: 'passed' }],
    ['Quit (order-1)', { status: 'open', left: true }],
    ['Expire (order-1)', { status: 'open', expired: true }],
  ])('%s, from what is known of it', async (name, ended) => {
    await onView(async (page, mock) => {
      await opened(page);
      await page.getByRole('button', { name }).click();
      await page.getByText('The client SDK reports').waitFor();
      expect(await statusOf(mock)).toMatchObject(ended);
    });
  });

  test('for each reason its kind documents', async () => {
    await onView(async (page, mock) => {
      await opened(page);
      const reasons = await page
        .locator('datalist option')
        .evaluateAll((all) => all.map((each) => each.getAttribute('value')));
      await page.getByLabel('Reason: order-1').fill(reasons[2]!);
      await page.getByRole('button', { name: 'Fail for this (order-1)' }).click();
      await page.getByText('Ended (1)').waitFor();
      expect([reasons.length, (await statusOf(mock)).reason]).toEqual([3, '提交的照片非身份证照片']);
    });
  });

  test('one that has failed can pass still, where its kind allows it; one that has passed cannot be ended', async () => {
    await onView(
      async (page, mock) => {
        await opened(page);
        await page.getByRole('button', { name: 'Pass (order-1)' }).click();
        await page.getByText('order-1: passed').waitFor();
        await expect.poll(() => page.getByRole('button', { name: '(order-1)' }).allInnerTexts()).toEqual(['Expire']);
        expect((await statusOf(mock)).status).toBe('passed');
      },
      {
        before: async (mock) => {
          await openTask(mock, 'RPBasic', 'order-1');
          await mock.verifications.fail('order-1');
        },
      },
    );
  });

  test('of two Biz with one TicketId the one it stands at', async () => {
    await onView(
      async (page, mock) => {
        await page.locator('li', { hasText: 'Biz RPBasic' }).getByRole('button', { name: 'Pass: order-1' }).click();
        await page.getByText('Ended (1)').waitFor();
        const passed = (await mock.verifications.list()).filter(({ status }) => status === 'passed');
        expect(passed.map(({ detail }) => detail)).toEqual(['Biz RPBasic']);
      },
      {
        before: async (mock) => {
          await openTask(mock, 'RPBasic', 'order-1');
          await openTask(mock, 'RPBioID', 'order-1');
        },
      },
    );
  });

  test('what cannot be done is said, with the reason', async () => {
    await onView(async (page, mock) => {
      await opened(page);
      await page.getByLabel('Reason: order-1').fill('Z9999');
      await page.getByRole('button', { name: 'Fail for this (order-1)' }).click();
      await page.locator('.toast .bad').waitFor();
      expect((await statusOf(mock)).status).toBe('open');
    });
  });
});

test('a slider goes back through what has happened, and says what it was then', async () => {
  await onView(
    async (page) => {
      await page.locator('.which').first().click();
      const was = page.locator('.was');
      await was.getByText('passed').waitFor();
      const slider = page.getByRole('slider', { name: 'Look back, step by step' });
      await slider.focus();
      await page.keyboard.press('Home');
      expect(await was.innerText()).toBe('05:06:07 · Under way · Time left 30 min');
      expect(await slider.getAttribute('aria-valuetext')).toBe(await was.innerText());
      await page.keyboard.press('End');
      expect(await was.innerText()).toBe('05:16:07 · passed');
    },
    {
      before: async (mock) => {
        await mock.clock.freeze();
        await mock.clock.set('2030-03-04T05:06:07Z');
        await openTask(mock, 'RPBasic', 'order-1');
        await mock.clock.advance('10m');
        await mock.verifications.pass('order-1');
      },
    },
  );
});

test('its timeline, by the business clock, with what is still to come', async () => {
  await onView(
    async (page) => {
      await opened(page);
      expect(await page.locator('.timeline li').allInnerTexts()).toEqual([
        '05:06:07 begun',
        expect.stringMatching(/^now\s+left/),
        '05:36:07 will expire',
      ]);
    },
    {
      before: async (mock) => {
        await mock.clock.freeze();
        await mock.clock.set('2030-03-04T05:06:07Z');
        await openTask(mock, 'RPBasic', 'order-1');
        await mock.verifications.quit('order-1');
      },
    },
  );
});

test('a person who opened its page, agreed and saw the result: each with its instant', async () => {
  await onView(
    async (page) => {
      await page.locator('.which').first().click();
      await page.locator('.timeline').waitFor();
      expect(await page.locator('.timeline li').allInnerTexts()).toEqual([
        '05:06:07 begun',
        '05:07:07 page opened',
        '05:08:07 agreed',
        ...[1, 2, 3].map(() => expect.stringMatching(/^05:08:07 picture/)),
        '05:08:07 passed',
        '05:09:07 saw the result',
      ]);
    },
    {
      before: async (mock) => {
        await mock.clock.freeze();
        await mock.clock.set('2030-03-04T05:06:07Z');
        await visitSlowly(mock, await pageUrl(mock, {}, { TicketId: 'order-1' }));
      },
    },
  );
});

describe('what is left of the time', () => {
  test('runs by the business clock, and expires when that is advanced', async () => {
    await onView(async (page, mock) => {
      const time = page.locator('.time');
      await expect.poll(() => time.innerText()).toMatch(/^(30:00|29:5\d)$/);
      await mock.clock.advance('29m');
      await expect.poll(() => time.innerText(), { timeout: 10_000 }).toMatch(/^(1:00|0:5\d)$/);
      await mock.clock.advance('2m');
      await expect.poll(() => time.innerText(), { timeout: 10_000 }).toBe('expired');
    });
  });

  test('stands while the clock is frozen', async () => {
    await onView(
      async (page) => {
        const time = page.locator('.time');
        await expect.poll(() => time.innerText()).toBe('20:00');
        // each tells the time anew
        for (let told = 0; told < 2; told++) await page.waitForResponse(/\/_mock\/clock/);
        expect(await time.innerText()).toBe('20:00');
      },
      {
        before: async (mock) => {
          await mock.clock.freeze();
          await openTask(mock, 'RPBasic', 'order-1');
          await mock.clock.advance('10m');
        },
      },
    );
  });
});

test('a search leaves those that fit: by name, number, order, product and status', async () => {
  await onView(
    async (page) => {
      const rows = page.locator('.which');
      await expect.poll(() => rows.count()).toBe(3);
      for (const [words, count] of [
        ['order-2', 1],
        ['李', 1],
        ['SAF', 1],
        ['cloudauth open', 1],
        ['passed', 1],
        ['nobody', 0],
      ] as const) {
        await page.keyboard.press('/');
        await page.getByLabel('Search verifications').fill(words);
        await expect.poll(() => rows.count(), { message: words }).toBe(count);
        await page.keyboard.press('Escape');
      }
    },
    {
      before: async (mock) => {
        await openTask(mock, 'RPBasic', 'order-1');
        await mock.verifications.pass('order-1');
        await openTask(mock, 'RPBasic', 'order-2');
        await startH5(mock, { name: '李四光' });
      },
    },
  );
});

test('its page opens in a new tab, with its token, and is then shown as open', async () => {
  await onView(async (page) => {
    await opened(page);
    const [tab] = await Promise.all([page.waitForEvent('popup'), page.getByText('Open its page').click()]);
    await tab.locator('.card').waitFor();
    expect(new URL(tab.url()).pathname).toBe('/user_verify/cloudauth.html');
    await page.getByText('its page is open').waitFor();
  });
});

describe('on another device', () => {
  test('a QR code and the address, where another device reaches it', async () => {
    await onView(
      async (page) => {
        await opened(page);
        await page.getByText('Open on another device').click();
        const code = page.getByAltText('QR code of this address');
        await expect.poll(() => code.evaluate((img: HTMLImageElement) => img.naturalWidth > 0)).toBe(true);
        expect(await page.locator('details .mono').innerText()).toMatch(
          /^https:\/\/emu\.example\/user_verify\/.*token=/,
        );
      },
      { options: { publicUrl: 'https://emu.example', allowedHosts: ['127.0.0.1'] } },
    );
  });

  test('bound to this machine it says how to be reached', async () => {
    await onView(async (page) => {
      await opened(page);
      await page.getByText('Open on another device').click();
      await page.getByText('--host 0.0.0.0').waitFor();
      expect(await page.locator('img').count()).toBe(0);
    });
  });
});

test('under a pointer nothing moves: new ones are counted, and come when they are asked for', async () => {
  await onView(async (page, mock) => {
    await row(page, 'order-1').hover();
    const at = async () => (await row(page, 'order-1').boundingBox())!.y;
    const before = await at();
    await openTask(bySocket(mock), 'RPBasic', 'order-2');
    const more = page.getByRole('button', { name: '1 new' });
    await more.waitFor();
    // what somebody else has ended stays where it is, and says so
    await mock.verifications.pass('order-1');
    await page.locator('.line .ok').waitFor();
    const after = await at();
    await more.click();
    await row(page, 'order-2').waitFor();
    expect(after).toBe(before);
  });
});

test('come to with the pointer where the list will be, it is drawn all the same', async () => {
  await onView(
    async (page) => {
      // it is there before the list is
      await page.route(/_mock\/verifications\?/, async (route) => {
        await page.locator('.verifications').hover();
        await route.continue();
      });
      await page.keyboard.press('2');
      await page.getByText('Under way (1)').waitFor();
      expect(await page.getByRole('button', { name: /^\d+ new$/ }).count()).toBe(0);
    },
    { path: '/_mock/console#live' },
  );
});

test('off the list, what begins and ends appears by itself', async () => {
  await onView(async (page, mock) => {
    await page.mouse.move(0, 0);
    await openTask(bySocket(mock), 'RPBasic', 'order-2');
    await page.getByText('Under way (2)').waitFor();
    await mock.verifications.pass('order-1');
    await page.getByText('Ended (1)').waitFor();
    expect(await page.locator('.which').count()).toBe(2);
  });
});

test('by keyboard alone: to a row, open it, fail it for a reason, close it', async () => {
  await onView(
    async (page, mock) => {
      const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
      await expect.poll(() => page.locator('.which').count()).toBe(2);
      await page.keyboard.press('j');
      await expect.poll(focused).toContain('order-2');
      await page.keyboard.press('j');
      await expect.poll(focused).toContain('order-1');
      await page.keyboard.press('Enter');
      await page.locator('.timeline').waitFor();
      await page.getByLabel('Reason: order-1').focus();
      await page.keyboard.type('身份证照片模糊');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByText('order-1: failed').waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator('.timeline').count()).toBe(0);
      expect((await getStatus(bySocket(mock), 'RPBasic', 'order-1')).json.Data.AuditConclusions).toBe('身份证照片模糊');
    },
    {
      before: async (mock) => {
        await openTask(mock, 'RPBasic', 'order-1');
        await openTask(mock, 'RPBasic', 'order-2');
      },
    },
  );
});

test('from a verification to its calls', async () => {
  await onView(async (page) => {
    await opened(page);
    await page.getByRole('button', { name: 'its calls' }).click();
    await page.getByRole('option', { name: 'GetVerifyToken' }).waitFor();
    expect(await page.getByLabel('Filter').inputValue()).toBe('order-1');
  });
});

test('fifteen fit on two screens of a phone, who it is and how long still beside each', async () => {
  await onView(
    async (page) => {
      await expect.poll(() => page.locator('.which').count()).toBe(15);
      const last = await page.locator('.line').last().boundingBox();
      const first = await page.locator('.line').first().innerText();
      expect([last!.y + last!.height < 2 * 740, /李\*\*[\s\S]*\d\d:\d\d/.test(first)]).toEqual([true, true]);
    },
    {
      look: PHONE,
      before: async (mock) => {
        for (let count = 0; count < 15; count++) await startH5(mock, { name: '李四光' });
      },
    },
  );
});

describe('the first view', () => {
  const FIRST = { path: '/', before: async () => {} };

  test.each([
    ['en-US', 'Where SDKs call', 'Connect'],
    ['zh-CN', 'SDK 调用的地址', '接入'],
  ])('in %s a browser at the base URL is told where to call, and with what', async (locale, said, name) => {
    await onView(
      async (page, mock) => {
        const start = page.locator('.connect');
        await start.getByText(said).waitFor();
        const text = await start.innerText();
        for (const part of [mock.url, new URL(mock.url).host, 'LTAImockDefault', 'cloudauth-mock-secret'])
          expect(text).toContain(part);
        expect(await page.getByRole('link', { name }).first().getAttribute('href')).toBe('#connect');
      },
      { ...FIRST, look: { ...WIDE, locale } },
    );
  });

  test('stays while the connection is lost', async () => {
    await onView(async (page, mock) => {
      await page.locator('.connect').waitFor();
      await mock.close();
      await page.locator('.pill.lost').waitFor();
      expect(await page.locator('.connect').count()).toBe(1);
    }, FIRST);
  });

  test('with the first call it becomes Live', async () => {
    await onView(async (page, mock) => {
      await page.locator('.connect').waitFor();
      await openTask(bySocket(mock), 'RPBasic', 'order-1');
      await page.getByRole('option', { name: 'GetVerifyToken' }).waitFor();
      expect(await page.locator('.connect').count()).toBe(0);
    }, FIRST);
  });

  test('asked for, it stays', async () => {
    await onView(
      async (page) => {
        await page.getByText('LTAImockDefault').first().waitFor();
        await page.getByText('Nothing has been called yet').waitFor({ state: 'hidden' });
        expect(await page.locator('.connect').count()).toBe(1);
      },
      { path: '/_mock/console#connect' },
    );
  });
});

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test.each([
    ['en-US', '#verifications', 1440],
    ['zh-CN', '#verifications', 768],
    ['zh-CN', '#verifications', 360],
    ['en-US', '#connect', 360],
    ['zh-CN', '#connect', 1440],
  ])('%s %s at %i px: no barrier, nothing beside the screen', async (locale, hash, width) => {
    await onView(
      async (page) => {
        if (hash === '#verifications') {
          await page.locator('.which').nth(1).click();
          await page.locator('.timeline').waitFor();
          await page.locator('summary').click();
        }
        const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([beside, await audit(page)]).toEqual([0, []]);
      },
      {
        path: `/_mock/console${hash}`,
        look: { viewport: { width, height: 800 }, locale, colorScheme, bypassCSP: true },
        before: async (mock) => {
          await openTask(mock, 'RPBasic', 'order-1', { Binding: IDENTITY });
          await startH5(mock, { name: '李四光' });
          await openTask(mock, 'RPBasic', 'order-3');
          await mock.verifications.fail('order-3');
        },
      },
    );
  });
});

describe('pages people see, in the dark', () => {
  let mock: CloudauthMock;
  beforeAll(async () => {
    mock = await createCloudauthMock({ port: 0, device: 'manual' }).listen();
  });
  afterAll(() => mock?.close());

  const cloudauth = (step: string) => pageUrl(bySocket(mock), { step });
  test.each<[string, () => Promise<string>]>([
    ['the guide of Cloudauth', () => cloudauth('GUIDE')],
    ['its privacy page', () => cloudauth('PRIVACY')],
    ['its camera', () => cloudauth('FACE_LIVENESS')],
    ['its camera for a card', () => cloudauth('ID_PHOTO_FRONT')],
    ['its end', () => pageUrl(bySocket(mock), { auto: 'pass' }, { TicketId: 'passed' })],
    ['its failed end', () => pageUrl(bySocket(mock), { auto: 'no-card' }, { TicketId: 'failed' })],
    ['an unknown token', async () => `${mock.url}/user_verify/cloudauth.html?token=none`],
    ['CertifyUrl', () => certifyUrl(bySocket(mock))],
    ['the page of SAF', async () => (await startH5(bySocket(mock))).url],
    ['the demo merchant', async () => `${mock.url}/demo/saf.html`],
    ['a download that there is not', async () => `${mock.url}/sdk/none.zip`],
    ['the phone', async () => `${mock.url}/_mock/phone?plain`],
    ['the guard’s page', async () => `${mock.url.replace('127.0.0.1', LAN_HOST)}/`],
  ])('%s: dark, and axe finds nothing serious', async (_what, address) => {
    await onPage(
      browser,
      async (page) => {
        await page.goto(await address());
        await page.locator('h1, h2').first().waitFor();
        const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        expect([ground, await audit(page)]).toEqual(['rgb(15, 20, 25)', []]);
      },
      { colorScheme: 'dark', bypassCSP: true, permissions: ['camera'] },
    );
  });
});
