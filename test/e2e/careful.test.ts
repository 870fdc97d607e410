/** Pages where something goes wrong, or twice: a camera that does not play, a script that throws, a second tap. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CloudauthMock } from '../../src/index.js';
import { FACE_JPEG } from '../../src/verification/face.js';
import { onPage, openBrowser } from '../support/browser.js';
import { pageUrl } from '../support/h5.js';
import { startH5 } from '../support/saf.js';
import { bySocket, init } from '../support/scenario.js';
import { listening } from '../support/sdk.js';

let browser: Browser;
let mock: CloudauthMock;
let folder: string;
let photo: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'careful-'));
  photo = join(folder, 'photo.jpg');
  writeFileSync(photo, FACE_JPEG);
  [browser, mock] = await Promise.all([openBrowser(), listening({ device: 'manual' })]);
});
beforeEach(() => mock.reset());
afterAll(async () => {
  await Promise.all([browser.close(), mock.close()]);
  rmSync(folder, { recursive: true });
});

const NEXT = '.card form:first-of-type [type=submit]';
const face = () => pageUrl(bySocket(mock), { step: 'FACE_LIVENESS' });
/** Keeps the streams the page is given, so that their lights can be looked at. */
const REMEMBER = `streams = []; const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => { const stream = await ask(wanted); streams.push(stream); return stream; };`;
const lights = (page: Page) =>
  page.evaluate('streams.flatMap((stream) => stream.getTracks()).map(({ readyState }) => readyState)');
const seen = async (page: Page) => [
  await page.isVisible('[data-shoot]'),
  await page.isVisible('[type=file]'),
  await page.isEnabled(NEXT),
];

describe('a camera', () => {
  /** Never a picture, and no word about it. */
  const DARK = `HTMLMediaElement.prototype.play = () => new Promise(() => {});
navigator.mediaDevices.getUserMedia = async () => { const stream = document.createElement('canvas').captureStream(0); streams.push(stream); return stream; };`;

  test('that may not play is switched off, and a file does', async () => {
    const url = await face();
    const [said, off, shown] = await onPage(browser, async (page) => {
      await page.addInitScript(
        `${REMEMBER} HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('no', 'NotAllowedError'));`,
      );
      await page.goto(url);
      await page.waitForSelector('[data-state=dark]');
      const hint = await page.locator('[role=status]').innerText();
      const before = await lights(page);
      await page.setInputFiles('[type=file]', photo);
      await page.waitForSelector('[data-state=chosen]');
      return [hint, before, await seen(page)];
    });
    expect([said, off, shown]).toEqual(['摄像头没有画面，请选择照片文件。', ['ended'], [false, true, true]]);
  });

  test('that gives no picture is switched off after ten seconds; until then nothing can be shot, but a file chosen', async () => {
    const url = await face();
    const states = await onPage(browser, async (page) => {
      await page.clock.install();
      await page.addInitScript(REMEMBER + DARK);
      // a video without a picture keeps the page from being loaded
      await page.goto(url, { waitUntil: 'domcontentloaded' });
      await page.waitForFunction('streams.length === 1');
      const starting = [await page.locator('[data-camera]').getAttribute('data-state'), ...(await seen(page))];
      await page.clock.fastForward(10_000);
      await page.waitForSelector('[data-state=dark]');
      return [starting, await seen(page), await lights(page)];
    });
    expect(states).toEqual([['starting', false, true, false], [false, true, false], ['ended']]);
  });

  test('that is starting goes off when a file is chosen', async () => {
    const url = await face();
    const [off, ready] = await onPage(browser, async (page) => {
      await page.addInitScript(REMEMBER + DARK);
      // a video without a picture keeps the page from being loaded
      await page.goto(url, { waitUntil: 'domcontentloaded' });
      await page.waitForFunction('streams.length === 1');
      await page.setInputFiles('[type=file]', photo);
      await page.waitForSelector('[data-state=chosen]');
      return [await lights(page), await page.isEnabled(NEXT)];
    });
    expect([off, ready]).toEqual([['ended'], true]);
  });

  test('without a size gives no picture, whoever presses', async () => {
    const url = await face();
    const value = await onPage(browser, async (page) => {
      await page.goto(url);
      await page.waitForSelector('[data-state=ready]');
      await page.evaluate(`Object.defineProperty(document.querySelector('video'), 'videoWidth', { value: 0 })`);
      await page.click('[data-shoot]');
      return [await page.inputValue('[name=FacePic]'), await page.isEnabled(NEXT)];
    });
    expect(value).toEqual(['', false]);
  });

  test('that is pulled out leaves the file field', async () => {
    const url = await face();
    const shown = await onPage(browser, async (page) => {
      await page.addInitScript(REMEMBER);
      await page.goto(url);
      await page.waitForSelector('[data-state=ready]');
      await page.evaluate(`streams[0].getTracks()[0].dispatchEvent(new Event('ended'))`);
      await page.waitForSelector('[data-state=missing]');
      return seen(page);
    });
    expect(shown).toEqual([false, true, false]);
  });
});

describe('a script that throws gives the button back, and the photo is sent as it is', () => {
  test.each([
    ['where a canvas cannot be read', `HTMLCanvasElement.prototype.toDataURL = () => { throw new Error('no'); };`],
    ['where there is no canvas', 'HTMLCanvasElement.prototype.getContext = () => null;'],
    ['where it begins', `Object.defineProperty(window, 'isSecureContext', { get() { throw new Error('no'); } });`],
  ])('%s', async (_where, fault) => {
    const url = await face();
    const next = await onPage(browser, async (page) => {
      await page.addInitScript(`${fault} delete Navigator.prototype.mediaDevices;`);
      await page.goto(url);
      await page.setInputFiles('[type=file]', photo);
      await page.click(`${NEXT}:enabled`);
      await page.waitForURL('**step=ID_PHOTO_FRONT*');
      return page.url();
    });
    expect(next).toContain('ID_PHOTO_FRONT');
  });

  test('a shot that fails leaves the file field', async () => {
    const url = await face();
    const shown = await onPage(browser, async (page) => {
      await page.addInitScript(`HTMLCanvasElement.prototype.toDataURL = () => { throw new Error('no'); };`);
      await page.goto(url);
      await page.click('[data-state=ready] [data-shoot]');
      await page.waitForSelector('[data-state=broken]');
      return [...(await seen(page)), await page.locator('[role=status]').innerText()];
    });
    expect(shown).toEqual([false, true, true, '此浏览器无法在页面中处理照片，请选择照片文件，将原样提交。']);
  });
});

describe('a second tap', () => {
  /** Opens a page whose forms are on their way for ever, and counts what is sent. */
  async function held(page: Page, url: string): Promise<void> {
    await page.goto(url);
    await page.evaluate(`sent = 0; addEventListener('submit', (event) => {
      if (!event.defaultPrevented) sent++;
      event.preventDefault();
    })`);
  }
  const tapped = (url: string, selector: string, ready?: string) =>
    onPage(browser, async (page) => {
      await held(page, url);
      if (ready) await page.click(ready);
      const button = page.locator(selector).first();
      await button.dblclick();
      return [await button.innerText(), await page.evaluate('sent')];
    });

  test.each<[string, () => Promise<string>, string, string?]>([
    ['on the H5 page', face, NEXT, '[data-state=ready] [data-shoot]'],
    ['on the SAF page', async () => (await startH5(bySocket(mock))).url, NEXT, '[data-state=ready] [data-shoot]'],
    [
      'on the phone',
      async () => {
        await init(bySocket(mock));
        return `${mock.url}/_mock/phone?plain`;
      },
      'button[value=pass]',
    ],
  ])('%s sends nothing again, and the button says that it is on its way', async (_where, address, selector, ready) => {
    expect(await tapped(await address(), selector, ready)).toEqual(['正在提交…', 1]);
  });

  test('counts again ten seconds later: the upload may have been stopped', async () => {
    const url = await pageUrl(bySocket(mock), { step: 'GUIDE' });
    const seen = await onPage(browser, async (page) => {
      await page.clock.install();
      await held(page, url);
      await page.dblclick(NEXT);
      const before = [await page.innerText(NEXT), await page.evaluate('sent')];
      await page.clock.fastForward(10_000);
      const after = await page.innerText(NEXT);
      await page.click(NEXT);
      return [before, after, await page.evaluate('sent')];
    });
    expect(seen).toEqual([['正在提交…', 1], '开始认证', 2]);
  });
});

test.each([
  ['face', () => pageUrl(bySocket(mock), { step: 'FACE_LIVENESS' })],
  ['card', () => pageUrl(bySocket(mock), { step: 'ID_PHOTO_FRONT' })],
  ['SAF', async () => (await startH5(bySocket(mock))).url],
])('%s: a phone held sideways shows the shutter', async (_what, address) => {
  const url = await address();
  const bottom = await onPage(
    browser,
    async (page) => {
      await page.goto(url);
      await page.waitForSelector('[data-state=ready]');
      return page.evaluate(() => document.querySelector('[data-shoot]')!.getBoundingClientRect().bottom);
    },
    { viewport: { width: 740, height: 360 } },
  );
  expect(bottom).toBeLessThanOrEqual(360);
});

test('no field makes iOS zoom in: selects and text fields are 16 px', async () => {
  await init(bySocket(mock));
  const sizes = await onPage(browser, async (page) => {
    const found: string[] = [];
    for (const path of ['/_mock/phone?plain', '/demo/saf.html']) {
      await page.goto(mock.url + path);
      found.push(
        ...(await page
          .locator('select, input:not([type=hidden])')
          .evaluateAll((all) => all.map((each) => getComputedStyle(each).fontSize))),
      );
    }
    return found;
  });
  expect(sizes).toEqual(['16px', '16px', '16px', '16px', '16px']);
});
