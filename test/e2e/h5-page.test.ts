/** The page behind CloudauthPageUrl in a real browser with a fake camera. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CloudauthMock } from '../../src/index.js';
import { FACE_JPEG } from '../../src/verification/face.js';
import { LAN_HOST, onPage, openBrowser } from '../support/browser.js';
import { pageUrl } from '../support/h5.js';
import { type Merchant, openMerchant } from '../support/merchant.js';
import { bySocket } from '../support/scenario.js';
import { listening } from '../support/sdk.js';
import { getMaterials, getStatus } from '../support/tasks.js';

let browser: Browser;
let mock: CloudauthMock;
let merchant: Merchant;
let shop: string;
beforeAll(async () => {
  merchant = await openMerchant();
  shop = merchant.url;
  [browser, mock] = await Promise.all([openBrowser(), listening()]);
});
beforeEach(() => mock.reset());
afterAll(async () => {
  await Promise.all([browser.close(), mock.close()]);
  merchant.close();
});

const fresh = (append: Record<string, string> = {}, params: Record<string, string> = {}) =>
  pageUrl(bySocket(mock), append, params);
const redirects = () => ({ successRedirect: `${shop}/ok?order=1`, failRedirect: `${shop}/no` });
const status = async () => (await getStatus(bySocket(mock), 'RPBasic')).json.Data;
const heading = (page: Page) => page.locator('h1').innerText();

/** Takes the picture the screen asks for, and goes on. */
async function shoot(page: Page): Promise<void> {
  await page.click('[data-state=ready] [data-shoot]');
  await page.click('.card form:first-of-type [type=submit]:enabled');
}

async function consent(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.click('[type=submit]');
  await page.check('[name=agree]');
  await page.click('[type=submit]');
}

test('with the camera: guide, consent, face and both sides of the card, then back to the merchant, passed', async () => {
  const url = await fresh(redirects());
  const end = await onPage(browser, async (page) => {
    await consent(page, url);
    for (let picture = 0; picture < 3; picture++) await shoot(page);
    await page.waitForURL(`${shop}/**`);
    return page.url();
  });
  expect([end, (await status()).StatusCode]).toEqual([`${shop}/ok?order=1`, 1]);
});

test('a frame of the camera is sent as a JPEG of at most 640 px', async () => {
  const url = await fresh({ step: 'FACE_LIVENESS' });
  const sent = await onPage(browser, async (page) => {
    await page.goto(url);
    const [request] = await Promise.all([page.waitForRequest((each) => each.method() === 'POST'), shoot(page)]);
    const base64 = /name="FacePic"\r\n\r\n([\w+/=]+)/.exec(request.postData() ?? '')![1]!;
    const jpeg = Buffer.from(base64, 'base64');
    return { size: sizeOf(jpeg), start: jpeg.subarray(0, 3).toString('hex') };
  });
  expect(sent).toEqual({ size: 640, start: 'ffd8ff' });
});

test('GetMaterials shows the very bytes of the frame', async () => {
  const url = await fresh({ step: 'FACE_LIVENESS' });
  const sent = await onPage(browser, async (page) => {
    await page.goto(url);
    await page.click('[data-shoot]');
    const base64 = await page.inputValue('[name=FacePic]');
    await page.click('.card form:first-of-type [type=submit]');
    await page.waitForURL('**step=ID_PHOTO_FRONT*');
    await page.click('summary');
    await page.click('[value=pass]');
    await page.waitForURL('**/result.html*');
    return base64;
  });
  const { FacePic } = (await getMaterials(bySocket(mock), 'RPBasic')).json.Data;
  const shown = Buffer.from(await (await fetch(FacePic)).arrayBuffer()).toString('base64');
  expect(shown).toBe(sent);
});

/** The larger side in the frame header of a JPEG. */
function sizeOf(jpeg: Buffer): number {
  const frame = jpeg.indexOf(Buffer.from('ffc0', 'hex'));
  return Math.max(jpeg.readUInt16BE(frame + 5), jpeg.readUInt16BE(frame + 7));
}

test.each([
  ['blurred', 2, '身份证照片模糊，光线问题造成字体无法识别', '/no'],
  ['mismatch', 2, '身份证照片信息与认证提交信息不一致', '/no'],
  ['no-card', 2, '提交的照片非身份证照片', '/no'],
  ['pass', 1, undefined, '/ok?order=1'],
])('the control “%s” leads to the merchant with status %i', async (word, StatusCode, conclusions, path) => {
  const url = await fresh(redirects());
  const end = await onPage(browser, async (page) => {
    await page.goto(url);
    await page.click('summary');
    await page.click(`[value=${word}]`);
    await page.waitForURL(`${shop}/**`);
    return page.url();
  });
  const data = await status();
  expect([end, data.StatusCode, data.AuditConclusions]).toEqual([shop + path, StatusCode, conclusions]);
});

test.each([
  ['quit', '认证未完成'],
  ['expire', '会话已过期或不存在'],
])('the control “%s” stays here and says %s', async (word, said) => {
  const url = await fresh(redirects());
  const title = await onPage(browser, async (page) => {
    await page.goto(url);
    await page.click('summary');
    await page.click(`.tester [value=${word}]`);
    await page.waitForURL('**/result.html*');
    return heading(page);
  });
  expect([title, (await status()).StatusCode]).toEqual([said, -1]);
});

test('taken again, the picture is another one', async () => {
  const url = await fresh({ step: 'FACE_LIVENESS' });
  const [before, between, after] = await onPage(browser, async (page) => {
    await page.goto(url);
    const value = () => page.inputValue('[name=FacePic]');
    await page.click('[data-shoot]');
    const first = await value();
    await page.click('[data-again]');
    const none = [await value(), await page.isDisabled('.card form:first-of-type [type=submit]')];
    await page.click('[data-shoot]');
    return [first.length > 0, none, (await value()).length > 0];
  });
  expect([before, between, after]).toEqual([true, ['', true], true]);
});

test('by keyboard alone: Tab, Space and Enter do all of it', async () => {
  const url = await fresh(redirects());
  const end = await onPage(browser, async (page) => {
    const tabTo = async (selector: string) => {
      await page.waitForSelector(`${selector}:visible:enabled`);
      for (let presses = 0; presses < 30; presses++) {
        if (await page.locator(`${selector}:focus`).count()) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Tab does not reach ${selector}`);
    };
    const press = async (selector: string, key: string) => {
      await tabTo(selector);
      await page.keyboard.press(key);
    };
    const next = '.card form:first-of-type [type=submit]';
    await page.goto(url);
    await press(next, 'Enter');
    await press('[name=agree]', 'Space');
    await press(next, 'Enter');
    for (const screen of ['FACE_LIVENESS', 'ID_PHOTO_FRONT', 'ID_PHOTO_BACK']) {
      await page.waitForURL(`**step=${screen}*`);
      await press('[data-shoot]', 'Enter');
      await press(next, 'Enter');
    }
    await page.waitForURL(`${shop}/**`);
    return page.url();
  });
  expect([end, (await status()).StatusCode]).toEqual([`${shop}/ok?order=1`, 1]);
});

const FILE = { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(FACE_JPEG) };

test('without JavaScript a file does for the camera', async () => {
  const url = await fresh(redirects());
  const options = { javaScriptEnabled: false };
  const end = await onPage(
    browser,
    async (page) => {
      await consent(page, url);
      for (const screen of ['FACE_LIVENESS', 'ID_PHOTO_FRONT', 'ID_PHOTO_BACK']) {
        await page.waitForURL(`**step=${screen}*`);
        await page.setInputFiles('[type=file]', FILE);
        await page.click('.card form:first-of-type [type=submit]');
      }
      await page.waitForURL(`${shop}/**`);
      return page.url();
    },
    options,
  );
  expect([end, (await status()).StatusCode]).toEqual([`${shop}/ok?order=1`, 1]);
});

test('without JavaScript the page says so, and the controls work', async () => {
  const url = await fresh({ step: 'FACE_LIVENESS' });
  const [said, title] = await onPage(
    browser,
    async (page) => {
      await page.goto(url);
      const hint = await page.locator('noscript .hint').innerText();
      await page.click('summary');
      await page.click('[value=pass]');
      return [hint, await heading(page)];
    },
    { javaScriptEnabled: false },
  );
  expect([said, title]).toEqual(['未启用 JavaScript，请选择照片文件。', '认证通过']);
});

test('an insecure context shows the file field and why; its host is one redirects may lead to', async () => {
  const url = await fresh({ successRedirect: `http://${LAN_HOST}:${new URL(shop).port}/lan` });
  const lan = url.replace('127.0.0.1', LAN_HOST);
  const seen = await onPage(browser, async (page) => {
    await consent(page, lan);
    const hint = await page.locator('[role=status]').innerText();
    const before = [await page.isVisible('[data-shoot]'), await page.isVisible('[type=file]')];
    for (const screen of ['FACE_LIVENESS', 'ID_PHOTO_FRONT', 'ID_PHOTO_BACK']) {
      await page.waitForURL(`**step=${screen}*`);
      await page.setInputFiles('[type=file]', FILE);
      await page.click('.card form:first-of-type [type=submit]:enabled');
    }
    await page.waitForURL('**/lan');
    return { hint, before, end: new URL(page.url()).hostname };
  });
  expect(seen).toMatchObject({ before: [false, true], end: LAN_HOST });
  expect(seen.hint).toContain('不是安全上下文');
  expect((await status()).StatusCode).toBe(1);
});

test('a camera that is refused leaves the file field, and the page says why', async () => {
  const url = await fresh({ step: 'FACE_LIVENESS' });
  const seen = await onPage(browser, async (page) => {
    await page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    });
    await page.goto(url);
    await page.waitForSelector('[data-state=denied]');
    return [await page.locator('[role=status]').innerText(), await page.isVisible('[type=file]')];
  });
  expect(seen).toEqual(['摄像头未获授权，请选择照片文件。', true]);
});

test('leaving the page lets the simulated person step in; while it is open nobody does', async () => {
  const url = await fresh();
  await onPage(browser, async (page) => {
    await page.goto(url);
    await page.click('[type=submit]');
    await page.waitForSelector('[name=agree]');
    const open = (await status()).StatusCode;
    await page.goto('about:blank');
    // the beacon is on its own way
    await expect.poll(async () => [open, (await status()).StatusCode]).toEqual([-1, 1]);
  });
});

test.each([
  ['passed', () => mock.verifications.pass('ticket'), '/ok?order=1'],
  ['failed', () => mock.verifications.fail('ticket'), '/no'],
])('what is %s elsewhere while the page is open leads to the merchant', async (_how, act, path) => {
  const url = await fresh(redirects());
  const end = await onPage(browser, async (page) => {
    await page.goto(url);
    await act();
    await page.waitForURL(`${shop}/**`);
    return page.url();
  });
  expect(end).toBe(shop + path);
});

test.each([
  ['', ''],
  [' and whose address has a fragment', '#wechat_redirect'],
])('a page whose time is over%s says so by itself', async (_what, fragment) => {
  const url = `${await fresh()}${fragment}`;
  const title = await onPage(browser, async (page) => {
    await page.goto(url);
    await mock.clock.advance('31m');
    await page.locator('h1', { hasText: '会话已过期或不存在' }).waitFor();
    return heading(page);
  });
  expect(title).toBe('会话已过期或不存在');
});

test('so does one that answered a form, without sending it again', async () => {
  const url = (await fresh({ step: 'FACE_LIVENESS' })).replace('127.0.0.1', LAN_HOST);
  const methods = await onPage(browser, async (page) => {
    await page.goto(url);
    // as if the last second had brought something else
    await page.setInputFiles('[type=file]', FILE);
    await page.waitForSelector('[data-state=chosen]');
    await page.evaluate(() => {
      (document.querySelector('[name=FacePic]') as HTMLInputElement).value = 'AAAA';
    });
    await page.click('.card form:first-of-type [type=submit]:enabled');
    await page.locator('[role=alert]').waitFor();
    const seen: string[] = [];
    page.on('request', (request) => {
      if (request.isNavigationRequest()) seen.push(request.method());
    });
    await mock.clock.advance('31m');
    await page.locator('h1', { hasText: '会话已过期或不存在' }).waitFor();
    return seen;
  });
  expect(methods).toEqual(['GET']);
});

describe('a file is chosen', () => {
  /** On a screen without a camera. @returns what is shown after each choice */
  const choices = async (...files: (typeof FILE | [])[]) => {
    const url = (await fresh({ step: 'FACE_LIVENESS' })).replace('127.0.0.1', LAN_HOST);
    return onPage(browser, async (page) => {
      await page.goto(url);
      const seen: unknown[] = [];
      for (const file of files) {
        await page.setInputFiles('[type=file]', file);
        await page.waitForSelector('[data-state=chosen], [data-state=unreadable], [data-state=insecure]');
        const picture = await page.isVisible('.lens img');
        const ready = await page.isEnabled('.card form:first-of-type [type=submit]');
        seen.push([picture, ready, (await page.locator('[role=status]').innerText()).slice(0, 5)]);
      }
      return seen;
    });
  };
  const broken = { ...FILE, buffer: Buffer.from('no picture') };

  test('one that is no picture is not shown as the one before it', async () => {
    expect(await choices(FILE, broken)).toEqual([
      [true, true, '照片已选择'],
      [false, false, '这不是浏览'],
    ]);
  });

  test('one that is taken back leaves nothing to send', async () => {
    expect(await choices(FILE, [])).toEqual([
      [true, true, '照片已选择'],
      [false, false, '此地址不是'],
    ]);
  });
});

test('a camera that comes after a file was chosen stays off', async () => {
  const url = await fresh({ step: 'FACE_LIVENESS' });
  const seen = await onPage(browser, async (page) => {
    await page.addInitScript(() => {
      const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
      navigator.mediaDevices.getUserMedia = async (wanted) => {
        await new Promise((answer) => addEventListener('answer', answer, { once: true }));
        const stream = await ask(wanted);
        Object.assign(globalThis, { stream });
        return stream;
      };
    });
    await page.goto(url);
    await page.setInputFiles('[type=file]', FILE);
    await page.evaluate(() => dispatchEvent(new Event('answer')));
    await page.waitForFunction(() =>
      (globalThis as { stream?: MediaStream }).stream?.getTracks().every(({ readyState }) => readyState === 'ended'),
    );
    return [await page.isVisible('video'), await page.isEnabled('.card form:first-of-type [type=submit]')];
  });
  expect(seen).toEqual([false, true]);
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every page there is, by what it shows. */
const PAGES: readonly [name: string, append: Record<string, string>, params?: Record<string, string>][] = [
  ['guide', { step: 'GUIDE' }],
  ['privacy', { step: 'PRIVACY' }],
  ['face', { step: 'FACE_LIVENESS' }],
  ['front', { step: 'ID_PHOTO_FRONT' }],
  ['back', { step: 'ID_PHOTO_BACK' }],
  ['refused', { successRedirect: 'https://evil.example/' }],
  ['passed', { auto: 'pass', successRedirect: '/pages/index/index' }],
  ['failed', { auto: 'mismatch' }],
  ['quit', { auto: 'quit' }],
  ['expired', { auto: 'expire' }],
  ['unknown', { auto: 'nonsense' }],
  ['incomplete', {}, { Biz: 'RPBioOnly' }],
];

describe.each(['zh', 'en'])('in %s', (lang) => {
  let page: Page;
  beforeAll(async () => {
    page = await (await browser.newContext({ bypassCSP: true })).newPage();
  });
  afterAll(() => page.context().close());
  // a page that hears of the reset goes somewhere by itself, and would get in the way of the next one
  afterEach(() => page.goto('about:blank'));

  const visit = async (append: Record<string, string>, params = {}) => {
    await page.goto(await fresh({ lang, ...append }, params));
    if (await page.locator('[data-camera]').count()) await page.waitForSelector('[data-state=ready]');
    if (await page.locator('summary').count()) await page.click('summary');
  };

  test.each(PAGES)('%s: axe finds nothing serious', async (_name, append, params) => {
    await visit(append, params);
    await page.addScriptTag({ content: axe });
    // biome-ignore lint/suspicious/noExplicitAny: a global of the injected script
    const { violations } = await page.evaluate(() => (globalThis as any).axe.run());
    const serious = (violations as { id: string; impact: string; nodes: { html: string }[] }[])
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => [id, nodes[0]?.html]);
    expect(serious).toEqual([]);
  });

  test.each(PAGES)('%s fits 360, 768 and 1280 px', async (_name, append, params) => {
    await visit(append, params);
    const widths: number[] = [];
    for (const width of [360, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      widths.push(await page.evaluate(() => document.documentElement.scrollWidth));
    }
    expect(widths).toEqual([360, 768, 1280]);
  });
});

test('no page asks for anything from elsewhere, and none breaks its own policy', async () => {
  const url = await fresh();
  const complaints = await onPage(browser, async (page) => {
    const seen: string[] = [];
    page.on('console', (message) => seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== mock.url) seen.push(request.url());
    });
    await consent(page, url);
    for (let picture = 0; picture < 3; picture++) await shoot(page);
    await page.waitForURL('**/result.html*');
    return seen;
  });
  expect(complaints).toEqual([]);
});
