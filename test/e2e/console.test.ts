/** The console in Chromium, by the tasks testers have: see a failed call, read why, order a failure, end a verification. */
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { audit } from '../support/audit.js';
import { LAN_HOST, onPage, openBrowser } from '../support/browser.js';
import { call, cloudauth2017 } from '../support/call.js';
import { type Opened, onConsole as openConsole, WIDE } from '../support/console.js';
import { request, sendRaw } from '../support/raw.js';
import { getStatus, openTask } from '../support/tasks.js';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const onConsole = <T>(visit: (page: Page, mock: CloudauthMock) => Promise<T>, { hash = '', ...opened }: OnView = {}) =>
  openConsole(browser, visit, { path: `/_mock/console${hash}`, ...opened });

type OnView = Omit<Opened, 'path'> & { readonly hash?: string };

const status = (mock: CloudauthMock, TicketId: string, secret?: string) =>
  call(mock, cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId }), secret === undefined ? {} : { secret });

test('a failed call is seen as it happens, and why its signature failed is read beside it', async () => {
  await onConsole(async (page, mock) => {
    await status(mock, 'order-1', 'cloudauth-mock-secret&');
    await page.getByRole('option', { name: 'SignatureDoesNotMatch' }).click();
    const diagnosis = page.locator('.diagnosis');
    await diagnosis.waitFor();
    expect(await diagnosis.innerText()).toMatch(/Fix: /);
    expect(await page.locator('aside').innerText()).toContain('SignatureDoesNotMatch');
  });
});

test('where the strings to sign differ, both are aligned and the first difference is marked', async () => {
  await onConsole(
    async (page) => {
      await page.getByRole('option', { name: 'SignatureDoesNotMatch' }).click();
      const [ours, theirs] = [page.locator('.aligned ins'), page.locator('.aligned mark')];
      await ours.waitFor();
      const left = async (mark: typeof ours) => (await mark.boundingBox())!.x;
      expect([await ours.innerText(), await theirs.innerText()]).toEqual(['G', 'P']);
      expect(await left(ours)).toBe(await left(theirs));
    },
    {
      // signed for POST, sent by GET
      before: async (mock) => {
        const { signedParams } = await import('../support/call.js');
        const form = signedParams(cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 'x' }), { method: 'POST' });
        await fetch(`${mock.url}/?${form}`);
      },
    },
  );
});

test('the third GetStatus answers 503, by clicks', async () => {
  await onConsole(
    async (page, mock) => {
      await page.getByLabel('Operation').selectOption('cloudauth/2017-11-17/GetStatus');
      await page.getByLabel('Answers').selectOption('ServiceUnavailable');
      await page.getByLabel('From which matching call').fill('3');
      await page.getByRole('button', { name: 'Make it fail' }).click();
      await page.getByText('It is in force').waitFor();
      await page.locator('.armed', { hasText: 'GetStatus, from call 3 → ServiceUnavailable ×1' }).waitFor();
      const codes = [];
      for (let call = 0; call < 4; call++) codes.push((await getStatus(mock, 'RPBasic', 'order-1')).status);
      expect(codes).toEqual([200, 200, 503, 200]);
      // a rule that has done its work is in force no longer
      await page.getByText('No rules.').waitFor();
    },
    { hash: '#fail', before: (mock) => openTask(mock, 'RPBasic', 'order-1') },
  );
});

test('what is ordered is written down as YAML that does the same', async () => {
  await onConsole(
    async (page, mock) => {
      await page.getByLabel('Operation').selectOption('cloudauth/2017-11-17/GetStatus');
      await page.getByLabel('Answers').selectOption('Throttling.User');
      await page.getByLabel('Only where a parameter is').fill('TicketId=a "b" #c');
      const yaml = await page.locator('.same code').first().innerText();
      await mock.scenarios.add(yaml);
      const asked = [await status(mock, 'other'), await status(mock, 'a "b" #c')];
      expect(asked.map(({ json }) => json.Code)).toEqual(['1', 'Throttling.User']);
    },
    { hash: '#fail', options: { scenes: 'any' } },
  );
});

test('from a call to its next failure: the operation is chosen already', async () => {
  await onConsole(
    async (page) => {
      await page.getByRole('option', { name: 'GetVerifyToken' }).click();
      await page.getByRole('button', { name: 'Make the next one fail' }).click();
      await expect
        .poll(() => page.locator('main select').first().inputValue())
        .toBe('cloudauth/2017-11-17/GetVerifyToken');
    },
    { before: (mock) => openTask(mock, 'RPBasic', 'order-1') },
  );
});

test('one person fails for the reason that is given', async () => {
  await onConsole(
    async (page, mock) => {
      await page.getByRole('button', { name: 'order-1', expanded: false }).click();
      await page.getByLabel('Reason: order-1').fill('身份证照片模糊');
      await page.getByRole('button', { name: 'Fail for this (order-1)' }).click();
      await page.getByText('Ended (1)').waitFor();
      expect((await getStatus(mock, 'RPBasic', 'order-1')).json.Data.AuditConclusions).toBe('身份证照片模糊');
      expect((await getStatus(mock, 'RPBasic', 'order-2')).json.Data.StatusCode).toBe(-1);
    },
    {
      hash: '#verifications',
      before: async (mock) => {
        await openTask(mock, 'RPBasic', 'order-1');
        await openTask(mock, 'RPBasic', 'order-2');
      },
    },
  );
});

test('the filter keeps what fits, and says which field there is not', async () => {
  await onConsole(
    async (page) => {
      const shown = () => page.locator('.row').allInnerTexts();
      await expect.poll(async () => (await shown()).length).toBe(3);
      await page.keyboard.press('/');
      await page.keyboard.type('op:getstatus code:!ok');
      await expect.poll(shown).toEqual([expect.stringContaining('SignatureDoesNotMatch')]);
      await page.getByLabel('Filter').fill('nope:x');
      await page.getByText('there is no field nope:').waitFor();
    },
    {
      before: async (mock) => {
        await openTask(mock, 'RPBasic', 'order-1');
        await status(mock, 'order-1');
        await status(mock, 'order-1', 'wrong');
      },
    },
  );
});

test('by keyboard: what was filtered by stays written where it is left with Escape', async () => {
  await onConsole(
    async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type('op:GetStatus');
      await page.keyboard.press('Escape');
      await page.keyboard.press('j');
      await page.locator('aside h2', { hasText: 'GetStatus' }).waitFor();
      expect([await page.locator('#filter').inputValue(), await page.locator('.row').count()]).toEqual([
        'op:GetStatus',
        1,
      ]);
    },
    {
      before: async (mock) => {
        await openTask(mock, 'RPBasic', 'order-1');
        await getStatus(mock, 'RPBasic', 'order-1');
      },
    },
  );
});

test('by keyboard: j, k, Escape, ? and the views', async () => {
  await onConsole(
    async (page) => {
      const chosen = () => page.locator('.row[aria-selected=true]').innerText();
      await expect.poll(() => page.locator('.row').count()).toBe(2);
      await page.keyboard.press('j');
      await expect.poll(chosen).toContain('GetStatus');
      await page.keyboard.press('j');
      await expect.poll(chosen).toContain('GetVerifyToken');
      await page.keyboard.press('k');
      await expect.poll(chosen).toContain('GetStatus');
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator('.row[aria-selected=true]').count()).toBe(0);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('2');
      await page.getByText('Under way (1)').waitFor();
    },
    {
      before: async (mock) => {
        await openTask(mock, 'RPBasic', 'order-1');
        await status(mock, 'order-1');
      },
    },
  );
});

test('new rows do not move the one that is read, and while paused none come', async () => {
  await onConsole(
    async (page, mock) => {
      const row = page.getByRole('option', { name: 'order-2' });
      await row.click();
      const before = (await row.boundingBox())!.y;
      for (let count = 0; count < 5; count++) await status(mock, 'order-1');
      await page.getByRole('button', { name: '5 new' }).waitFor();
      expect((await row.boundingBox())!.y).toBe(before);
      await page.getByRole('button', { name: 'Pause' }).click();
      await status(mock, 'paused');
      await page.getByRole('button', { name: 'Resume (1)' }).click();
      await page.getByText('6 new').waitFor();
    },
    {
      before: async (mock) => {
        await openTask(mock, 'RPBasic', 'order-1');
        for (let count = 0; count < 60; count++) await status(mock, 'order-1');
        await openTask(mock, 'RPBasic', 'order-2');
        for (let count = 0; count < 3; count++) await status(mock, 'order-1');
      },
    },
  );
});

test('with an admin token the password that opens the page opens its stream and its verbs', async () => {
  await onConsole(
    async (page, mock) => {
      await page.getByRole('button', { name: 'Pass: order-1' }).click();
      await page.getByText('Ended (1)').waitFor();
      expect((await mock.verifications.list())[0]!.status).toBe('passed');
    },
    {
      hash: '#verifications',
      options: { adminToken: 'let-me-in' },
      look: { ...WIDE, httpCredentials: { username: 'any', password: 'let-me-in' } },
      before: (mock) => openTask(mock, 'RPBasic', 'order-1'),
    },
  );
});

test('who holds the token of one account sees that account alone, with no choice of others', async () => {
  await onConsole(
    async (page) => {
      await page.getByText('Ended (0)').waitFor();
      expect(await page.getByText('order-1').count()).toBeGreaterThan(0);
      expect(await page.locator('header').innerText()).toContain('Account LTAImockTeam');
      expect(await page.locator('header select').count()).toBe(0);
      await page.goto(`${page.url().split('#')[0]}#state`);
      await page.getByRole('button', { name: 'Reset account LTAImockTeam' }).waitFor();
      expect(await page.getByRole('heading', { name: 'Accounts' }).count()).toBe(0);
    },
    {
      hash: '#verifications',
      options: { adminToken: 'let-me-in', accountTokens: 'LTAImockTeam=ours' },
      look: { ...WIDE, httpCredentials: { username: 'any', password: 'ours' } },
      before: (mock) =>
        call(mock, cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 'order-1' }), {
          accessKeyId: 'LTAImockTeam',
        }),
    },
  );
});

test('whom the guard refuses is told on a page how to be let in', async () => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  const told = await onPage(browser, async (page) => {
    await page.goto(`${mock.url.replace('127.0.0.1', LAN_HOST)}/_mock/console?lang=en`);
    return page.locator('main').innerText();
  });
  expect(told).toContain('--allowed-host');
});

test('nothing is loaded from elsewhere, and the policy forbids it', async () => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  const paths = ['console', 'console/script', 'console/style'];
  const replies = await Promise.all(paths.map((path) => fetch(`${mock.url}/_mock/${path}`)));
  const sizes = await Promise.all(replies.map(async (reply) => gzipSync(await reply.text()).length));
  for (const { headers } of replies)
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; /,
    );
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(40 * 1024);
});

test.each([
  ['a page of another site', { Origin: 'https://evil.test' }],
  ['a name that leads here by rebinding', { Host: 'evil.test' }],
])('%s neither reads the stream nor orders a failure', async (_who, headers) => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  const asked = ['GET /_mock/events', 'GET /_mock/console/script', 'POST /_mock/fail-next', 'GET /_mock/requests/1'];
  const replies = await Promise.all(
    asked.map((line) => sendRaw(mock.url, request(line, { Host: 'localhost', ...headers }))),
  );
  expect(replies.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
});

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test.each([
    ['#live', 1440],
    ['#live', 360],
    ['#verifications', 360],
    ['#fail', 360],
    ['#fail', 1440],
  ])('%s at %i px: no barrier, nothing beside the screen', async (hash, width) => {
    await onConsole(
      async (page) => {
        if (hash === '#live' && width > 1000) {
          await page.getByRole('option', { name: 'SignatureDoesNotMatch' }).click();
          await page.locator('.diagnosis').waitFor();
        }
        const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([beside, await audit(page)]).toEqual([0, []]);
      },
      {
        hash,
        look: { viewport: { width, height: 800 }, locale: 'zh-CN', colorScheme, bypassCSP: true },
        before: async (mock) => {
          await openTask(mock, 'RPBasic', 'order-1');
          await status(mock, 'order-1', 'wrong');
          mock.failNext('GetStatus', 'Throttling.User');
        },
      },
    );
  });
});
