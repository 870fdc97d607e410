/** Scenarios, people, codes and coverage in the console, in Chromium, by the tasks testers have. */
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { audit } from '../support/audit.js';
import { onPage, openBrowser } from '../support/browser.js';
import { type Opened, onConsole as openConsole, WIDE } from '../support/console.js';
import { init, query } from '../support/scenario.js';
import { getStatus, openTask } from '../support/tasks.js';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const CLIPBOARD = { ...WIDE, permissions: ['clipboard-read', 'clipboard-write'] };

interface OnView extends Omit<Opened, 'path'> {
  readonly hash: string;
}

const onConsole = ({ hash, ...opened }: OnView, visit: (page: Page, mock: CloudauthMock) => Promise<unknown>) =>
  openConsole(browser, visit, { path: `/_mock/console${hash}`, look: CLIPBOARD, ...opened });

const status = async (mock: CloudauthMock, ticket = 'order-1') => (await getStatus(mock, 'RPBasic', ticket)).json.Code;
const chips = (page: Page) => page.locator('.armed li').allInnerTexts();
const RULES = 'rules:\n  - on: GetStatus\n    then: { fail: Throttling.User }\n';

test('which rule never matched, and why: the parameter that differed is named with both values', async () => {
  const before = async (mock: CloudauthMock) => {
    await mock.scenarios.add(
      'rules: [{ on: GetStatus, when: { params: { TicketId: order-1001 } }, then: { fail: Throttling } }]',
    );
    await openTask(mock, 'RPBasic', 'Order-1001');
    await status(mock, 'Order-1001');
  };
  await onConsole({ hash: '#live', before }, async (page) => {
    await page.getByRole('link', { name: 'Scenarios' }).click();
    const miss = page.locator('.rule', { hasText: 'scenario-1#1' }).locator('.miss');
    await miss.waitFor();
    const told = await miss.innerText();
    expect(told).toContain('never fired');
    expect(told).toMatch(/params\.TicketId\s+wanted order-1001\s+got Order-1001/);
  });
});

test('one person fails with Z1146: the test person is found by the code, and the number copied', async () => {
  await onConsole({ hash: '#catalogue', options: { device: 'immediate' } }, async (page, mock) => {
    await page.getByLabel('Search names, numbers, codes, words').fill('query Z1146');
    await page.getByRole('button', { name: /^99\w+ Copy$/ }).click();
    await page.getByText(/^Copied: 99/).waitFor();
    const certNumber: string = await page.evaluate('navigator.clipboard.readText()');
    const answered = async (who: object) => (await query(mock, (await init(mock, who)).Data)).Message;
    expect([await answered({ certNumber }), await answered({})]).toEqual([expect.stringContaining('Z1146'), 'OK']);
  });
});

test('a scenario of the package is found by a word, switched on and off', async () => {
  await onConsole(
    { hash: '#scenarios', before: (mock) => openTask(mock, 'RPBasic', 'order-1') },
    async (page, mock) => {
      await page.getByLabel('Search: Scenarios of the package').fill('throttled then all is well');
      const toggle = page.getByRole('switch', { name: 'throttling', exact: true });
      await toggle.click();
      await expect.poll(() => chips(page)).toEqual([expect.stringMatching(/^throttling\s*×$/)]);
      expect(await status(mock)).toBe('Throttling.User');
      await toggle.click();
      await expect.poll(() => chips(page)).toEqual([]);
      expect(await status(mock)).toBe('1');
    },
  );
});

test('what is wrong in a rule stands beside its line, and a press leads there', async () => {
  await onConsole({ hash: '#scenarios' }, async (page, mock) => {
    const text = page.getByLabel('Text of the rules');
    await text.fill(RULES.replace('GetStatus', 'GetStatu'));
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('did you mean GetStatus?').waitFor();
    expect((await page.locator('.editor pre .bad').innerText()).trim()).toBe('▸2');
    await page.getByRole('button', { name: 'line 2:9' }).click();
    await page.keyboard.type('GetStatus');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.locator('.rule').waitFor();
    expect((await mock.scenarios.list()).map(({ rule }) => rule)).toEqual([
      { on: 'GetStatus', then: { fail: 'Throttling.User' } },
    ]);
    expect(await page.locator('.problems li').count()).toBe(0);
  });
});

test('a rule is switched off and on, edited in its place, and deleted', async () => {
  const before = async (mock: CloudauthMock) => {
    await mock.scenarios.add(RULES);
    await openTask(mock, 'RPBasic', 'order-1');
  };
  await onConsole({ hash: '#scenarios', before }, async (page, mock) => {
    await page.getByRole('switch', { name: 'scenario-1#1' }).click();
    await page.locator('.rule.off').waitFor();
    expect(await status(mock)).toBe('1');
    await page.getByRole('switch', { name: 'scenario-1#1' }).click();
    await page.locator('.rule:not(.off)').waitFor();
    expect(await status(mock)).toBe('Throttling.User');
    await page.getByRole('button', { name: 'Edit: scenario-1#1' }).click();
    const text = page.getByLabel('Text of the rules');
    expect(await text.inputValue()).toBe(RULES);
    await text.fill(RULES.replace('Throttling.User', 'ServiceUnavailable'));
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => chips(page)).toEqual([expect.stringContaining('GetStatus → ServiceUnavailable')]);
    expect(await status(mock)).toBe('ServiceUnavailable');
    await page.getByRole('button', { name: 'Delete: scenario-1#1' }).click();
    await page.getByText('No rules.').waitFor();
    expect(await status(mock)).toBe('1');
  });
});

test('what is in force stands above every view, and its cross takes it back', async () => {
  const before = async (mock: CloudauthMock) => {
    for (const code of ['Throttling', 'Throttling.User'] as const) mock.failNext('GetStatus', code);
    await openTask(mock, 'RPBasic', 'order-1');
  };
  await onConsole({ hash: '#verifications', before }, async (page, mock) => {
    await expect
      .poll(() => chips(page))
      .toEqual([
        expect.stringContaining('GetStatus → Throttling ×1'),
        expect.stringContaining('GetStatus → Throttling.User ×1'),
      ]);
    await page.getByRole('button', { name: 'Take back: GetStatus → Throttling ×1' }).click();
    await expect.poll(async () => (await chips(page)).length).toBe(1);
    expect(await status(mock)).toBe('Throttling.User');
    // it has done its work
    await expect.poll(() => chips(page)).toEqual([]);
  });
});

test('a press on an outcome that was never seen orders it, and it turns green with the call', async () => {
  await onConsole({ hash: '#coverage', before: (mock) => openTask(mock, 'RPBasic', 'order-1') }, async (page, mock) => {
    const group = page.getByRole('group', { name: 'GetStatus', exact: true });
    await group.getByRole('button', { name: /^GetStatus Error\.InternalError:/ }).click();
    await page.getByText('GetStatus: the next call answers Error.InternalError').waitFor();
    expect(await status(mock)).toBe('Error.InternalError');
    await group.getByRole('img', { name: /^GetStatus Error\.InternalError: .* – seen/ }).waitFor();
  });
});

test('by keyboard: arrow keys go along a row of outcomes, Enter orders one', async () => {
  await onConsole({ hash: '#live' }, async (page) => {
    await page.keyboard.press('6');
    const group = page.getByRole('group', { name: 'GetStatus', exact: true });
    await group.locator('button[tabindex="0"]').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(() => chips(page)).toEqual([expect.stringContaining('GetStatus → InvalidParam.ParamMissing')]);
  });
});

test('what would be billed stands above the squares, and opens with its rules', async () => {
  await onConsole({ hash: '#coverage', before: (mock) => openTask(mock, 'RPBasic', 'order-1') }, async (page, mock) => {
    await page.getByText('Would be billed: 0').waitFor();
    await mock.verifications.pass('order-1');
    await getStatus(mock, 'RPBasic', 'order-1');
    await page.getByText('Would be billed: 1').click();
    const row = page.getByRole('row', { name: /GetVerifyToken/ });
    expect(await row.getByRole('cell').allInnerTexts()).toEqual([
      ...['1', '1'],
      'a verification, once it has passed or failed; not one that was left or has expired (inferred)',
    ]);
  });
});

test('coverage is exported as JSON and as one page', async () => {
  await onConsole({ hash: '#coverage' }, async (page) => {
    const exported = async (name: string) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
      return readFile(await download.path(), 'utf8');
    };
    expect(JSON.parse(await exported('Export JSON')).operations.length).toBeGreaterThan(50);
    expect(await exported('Export HTML')).toContain('saf/2017-03-31/face_verify.query');
  });
});

test('a code leads to its failure: operation and code are chosen', async () => {
  await onConsole({ hash: '#catalogue' }, async (page) => {
    await page.getByLabel('Search names, numbers, codes, words').fill('DuplicatedTicketId');
    await page.getByRole('button', { name: 'Make it fail: Error.DuplicatedTicketId' }).click();
    await expect.poll(() => page.getByLabel('Answers').inputValue()).toBe('Error.DuplicatedTicketId');
    expect(await page.locator('main select').first().inputValue()).toBe('cloudauth/2017-11-17/SubmitMaterials');
  });
});

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  const before = async (mock: CloudauthMock) => {
    await mock.scenarios.add(RULES);
    await mock.scenarios.add(
      'rules: [{ on: GetMaterials, when: { params: { TicketId: other } }, then: { fail: Throttling } }]',
    );
    await mock.scenarios.on('slow-network');
    await mock.scenarios.off('slow-network#2');
    for (let count = 0; count < 3; count++) mock.failNext('GetVerifyToken', 'Throttling.User');
    await getStatus(mock, 'RPBasic', 'order-1');
  };
  const cases = ['#scenarios', '#catalogue', '#coverage', '#fail'].flatMap((hash) =>
    [360, 768, 1440].map((width) => [hash, width] as const),
  );
  test.each(cases)('%s at %i px: no barrier, nothing beside the screen', async (hash, width) => {
    const locale = width === 768 ? 'en-US' : 'zh-CN';
    const look = { viewport: { width, height: 800 }, locale, colorScheme, bypassCSP: true };
    await onConsole({ hash, before, look }, async (page) => {
      await page.locator('.armed').waitFor();
      if (hash === '#scenarios') {
        await page.locator('#rule-text').fill('rules: [{ on: x }]');
        await page.locator('form .main').click();
        await page.locator('.problems li').first().waitFor();
      }
      if (hash === '#coverage') await page.locator('.square').first().waitFor();
      if (hash === '#catalogue') await page.getByText('Z1146').first().waitFor();
      const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([beside, await audit(page)]).toEqual([0, []]);
    });
  });
});

describe('the page of coverage', () => {
  const opened = async <T>(lang: string, visit: (page: Page, text: string) => Promise<T>): Promise<T> => {
    await using mock = await createCloudauthMock({ port: 0 }).listen();
    const reply = await fetch(`${mock.url}/_mock/coverage?format=html&lang=${lang}`);
    const text = await reply.text();
    // as a file of a build, without the headers it was served with
    return onPage(browser, async (page) => {
      await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: text }));
      await page.goto('http://elsewhere.test/coverage.html');
      return visit(page, text);
    });
  };

  test.each([
    ['en', 'Coverage of documented outcomes', 'the service fails'],
    ['zh', '文档所列结果的覆盖率', '服务故障'],
  ])('says in %s what was seen and what an outcome means, and keeps its look', async (lang, title, words) => {
    const [heading, meaning, shape] = await opened(lang, async (page) => [
      await page.locator('h1').innerText(),
      await page.getByText('Error.InternalError').first().getAttribute('title'),
      await page.evaluate(() => getComputedStyle(document.querySelector('li')!).borderRadius),
    ]);
    expect([heading, meaning, shape]).toEqual([expect.stringContaining(title), expect.stringContaining(words), '4px']);
  });

  test('has no script, and names nothing that would be loaded', async () => {
    await opened('en', async (_page, text) => {
      expect(text).not.toMatch(/<script|src=|href=|url\(/);
      expect(gzipSync(text).length).toBeLessThan(20 * 1024);
    });
  });
});
