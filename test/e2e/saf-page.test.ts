/** SAF's web verification in a real browser: the demo merchant embeds the page, the camera is a fake one. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CloudauthMock } from '../../src/index.js';
import { describePages } from '../support/audit.js';
import { LAN_HOST, onPage, openBrowser } from '../support/browser.js';
import { pageUrl } from '../support/h5.js';
import { queryH5, startH5 } from '../support/saf.js';
import { bySocket, init } from '../support/scenario.js';
import { listening } from '../support/sdk.js';

let browser: Browser;
let mock: CloudauthMock;
beforeAll(async () => {
  [browser, mock] = await Promise.all([openBrowser(), listening()]);
});
beforeEach(() => mock.reset());
afterAll(() => Promise.all([browser.close(), mock.close()]));

const shop = (lang = 'zh') => `${mock.url}/demo/saf.html?lang=${lang}`;
const embedded = (page: Page) => page.frameLocator('iframe');

async function begin(page: Page, lang?: string): Promise<void> {
  await page.goto(shop(lang));
  await page.click('[type=submit]');
}

/** What the merchant's log says of a step, parsed. */
async function logged(page: Page, step: string): Promise<{ retCode: number; Code: number }> {
  const line = page.locator('.log li', { hasText: new RegExp(`^${step}`) });
  return JSON.parse(await line.locator('code').innerText());
}

async function choose(page: Page, word: string): Promise<void> {
  await embedded(page).locator('summary').click();
  await embedded(page)
    .locator(`.tester [value=${JSON.stringify(word)}]`)
    .click();
}

test('merchant, iframe, camera, message, queryH5: the picture that comes back is the frame that was sent', async () => {
  const { sent, shown, message, code } = await onPage(browser, async (page) => {
    await begin(page);
    await embedded(page).locator('[data-shoot]').click();
    const [request] = await Promise.all([
      page.waitForRequest((each) => each.method() === 'POST' && each.url().includes('/gjj/')),
      embedded(page).locator('.card form:first-of-type [type=submit]:enabled').first().click(),
    ]);
    const picture = page.locator('.result img');
    await picture.waitFor();
    return {
      sent: /name="frame"\r\n\r\n([\w+/=]+)/.exec(request.postData() ?? '')![1]!,
      shown: (await picture.getAttribute('src'))!,
      message: await logged(page, 'message'),
      code: (await logged(page, 'queryH5')).Code,
    };
  });
  const bytes = (base64: string) => Buffer.from(base64.replace(/^data:.*,/, ''), 'base64');
  expect(bytes(sent).subarray(0, 3).toString('hex')).toBe('ffd8ff');
  expect(bytes(shown).equals(bytes(sent))).toBe(true);
  expect([message.retCode, code]).toEqual([1000, 200]);
});

test.each([
  ['Z1146', 2006, '抱歉，没有认出您(Z1146)', 500],
  ['Z8301', 2006, '抱歉，系统出错了，请您稍后再试(Z8301)', 500],
  ['Z8302', 2006, '请去开通产品(Z8302)', 500],
  ['Z8399', 2006, '抱歉，系统出错了，请稍后再试(Z8399)', 500],
  ['500', 2006, '抱歉，系统出错了，请您稍后再试(Z1141)', 500],
  ['quit', 1003, '用户主动退出(Z1415)', 300],
  ['expire', 2006, '抱歉，系统出错了，请您稍后再试(Z1141)', 300],
])('%s: the merchant is told %i %s, and queryH5 answers %i', async (word, retCode, text, code) => {
  const seen = await onPage(browser, async (page) => {
    await begin(page);
    await choose(page, word);
    return [await logged(page, 'message'), (await logged(page, 'queryH5')).Code];
  });
  expect(seen).toEqual([expect.objectContaining({ retCode, retMessageSub: text }), code]);
});

test('the message is a JSON string, whatever the origin of who embeds the page', async () => {
  const { url } = await startH5(bySocket(mock));
  const merchant = createServer((_request, response) =>
    response
      .setHeader('content-type', 'text/html')
      .end(`<script>onmessage = ({ data }) => { received = data; }</script><iframe src="${url}&auto=pass"></iframe>`),
  );
  await new Promise<void>((done) => merchant.listen(0, '127.0.0.1', done));
  const data = await onPage(browser, async (page) => {
    await page.goto(`http://${LAN_HOST}:${(merchant.address() as AddressInfo).port}/`);
    return (await page.waitForFunction('globalThis.received')).jsonValue();
  }).finally(() => merchant.close());
  expect(data).toBe('{"retCode":1000,"retCodeSub":"Z1140","retMessageSub":"刷脸通过(Z1140)"}');
});

test('with the keyboard alone, from the merchant’s button to the result', async () => {
  const heading = await onPage(browser, async (page) => {
    await page.goto(shop());
    await page.focus('[name=certNumber]');
    await page.keyboard.press('Enter');
    const camera = embedded(page);
    await camera.locator('[data-shoot]').waitFor();
    await reach(page, '[data-shoot]');
    await page.keyboard.press('Enter');
    await camera.locator('.card form:first-of-type [type=submit]:enabled').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.result .mark.good').waitFor();
    return page.locator('.result h2').innerText();
  });
  expect(heading).toMatch(/^认证通过/);
});

/** Tabs until the element in the frame has the focus. */
async function reach(page: Page, selector: string): Promise<void> {
  const frame = page.frames()[1]!;
  for (let tabs = 0; tabs < 20; tabs++) {
    if (await frame.evaluate((wanted) => Boolean(document.activeElement?.matches(wanted)), selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no Tab leads to ${selector}`);
}

test.each([
  ['the phone', async () => mock.verifications.fail((await mock.verifications.list())[0]!.id), 2006, 500],
  ['the clock', () => mock.clock.advance('31m'), 2006, 300],
])('what %s ends while the page is open, the merchant hears', async (_who, act, retCode, code) => {
  const seen = await onPage(browser, async (page) => {
    await begin(page);
    await embedded(page).locator('[data-shoot]').waitFor();
    await act();
    return [(await logged(page, 'message')).retCode, (await logged(page, 'queryH5')).Code];
  });
  expect(seen).toEqual([retCode, code]);
});

test('two clicks on the merchant’s button begin one verification', async () => {
  const frames = await onPage(browser, async (page) => {
    await page.goto(shop());
    // slow enough for the second click to come in between
    await page.route('**/demo/init', async (route) => {
      await page.locator('[type=submit]').click({ force: true, noWaitAfter: true });
      await route.continue();
    });
    await page.click('[type=submit]');
    await embedded(page).locator('[data-shoot]').waitFor();
    return page.locator('iframe').count();
  });
  expect([frames, (await mock.verifications.list()).length]).toEqual([1, 1]);
});

test('a merchant’s server that cannot be reached is said on the page', async () => {
  const said = await onPage(browser, async (page) => {
    await page.goto(shop());
    await page.route('**/demo/init', (route) => route.abort());
    await page.click('[type=submit]');
    await page.locator('.result h2', { hasText: '没有得到回答：' }).waitFor();
    return page.locator('.result h2').innerText();
  });
  expect(said).toMatch(/^没有得到回答：./);
});

test('in the vendor’s frame of 640 × 480 all of it is seen at once', async () => {
  const { url } = await startH5(bySocket(mock));
  const height = await onPage(
    browser,
    async (page) => {
      await page.goto(url);
      await page.locator('[data-shoot]').waitFor();
      return page.evaluate(() => document.documentElement.scrollHeight);
    },
    { viewport: { width: 640, height: 480 } },
  );
  expect(height).toBeLessThanOrEqual(480);
});

test('who leaves has not failed, for the merchant', async () => {
  const [heading, mark] = await onPage(browser, async (page) => {
    await begin(page);
    await embedded(page).locator('.card [value=quit]').click();
    await page.locator('.result h2', { hasText: 'Code' }).waitFor();
    return [await page.locator('.result h2').innerText(), await page.locator('.mark').getAttribute('class')];
  });
  expect([heading, mark?.trim()]).toEqual([expect.stringMatching(/^认证未完成：Code 300/), 'mark']);
});

test('without JavaScript the result page says what would have been posted', async () => {
  const { url } = await startH5(bySocket(mock));
  const text = await onPage(
    browser,
    async (page) => {
      await page.goto(url);
      await page.click('summary');
      await page.click('[value=pass]');
      return page.locator('.message').innerText();
    },
    { javaScriptEnabled: false },
  );
  expect(text).toMatch(/没有发送[\s\S]*"retCode":1000/);
});

test('a page that is left lets the simulated person finish; while it was open nobody did', async () => {
  const started = await startH5(bySocket(mock));
  const ask = async () => (await queryH5(bySocket(mock), started)).Code;
  await onPage(browser, async (page) => {
    await page.goto(started.url);
    expect(await ask()).toBe(300);
    await page.goto('about:blank');
    await expect.poll(ask).toBe(200);
  });
});

const PAGES: readonly [name: string, address: () => Promise<string>][] = [
  ['the capture page', async () => (await startH5(bySocket(mock))).url],
  ['the result page', async () => `${(await startH5(bySocket(mock))).url}&auto=Z1146`],
  ['an unknown zimId', async () => `${mock.url}/gjj/identification_jry.html?zimId=none`],
  ['the merchant', async () => shop()],
  ['the phone, empty', async () => `${mock.url}/_mock/phone?plain`],
  [
    'the phone',
    async () => {
      await Promise.all([init(bySocket(mock)), pageUrl(bySocket(mock))]);
      return `${mock.url}/_mock/phone?plain`;
    },
  ],
];
describePages(() => browser, PAGES);

test.each(['zh', 'en'])('the merchant’s whole way breaks no policy, in %s', async (lang) => {
  const complaints = await onPage(browser, async (page) => {
    const seen: string[] = [];
    page.on('console', (message) => seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    await begin(page, lang);
    await embedded(page).locator('[data-shoot]').click();
    await embedded(page).locator('.card form:first-of-type [type=submit]:enabled').first().click();
    await page.locator('.result .mark.good').waitFor();
    return seen;
  });
  expect(complaints).toEqual([]);
});
