/**
 * The same ways through the pages in the engines people have: Firefox, WebKitGTK, and a Chromium without the interfaces that
 * came after 2018. Once with a camera that shows a test pattern, once without one, where a file is chosen.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { findFirefox, findWebKit } from '../../.ci/browser.mjs';
import type { CloudauthMock } from '../../src/index.js';
import { FACE_JPEG } from '../../src/verification/face.js';
import { openBrowser } from '../support/browser.js';
import { certifyUrl, describe as describeFace } from '../support/face.js';
import { pageUrl } from '../support/h5.js';
import { type Merchant, openMerchant } from '../support/merchant.js';
import { queryH5, startH5 } from '../support/saf.js';
import { bySocket, init } from '../support/scenario.js';
import { listening } from '../support/sdk.js';
import { getStatus } from '../support/tasks.js';
import { chromiumWalker, type Walker } from '../support/walker.js';
import { openFirefox, openWebKit } from '../support/webdriver.js';

/** What pages cannot count on in the engines of 2018. */
const NEWER = `
delete globalThis.createImageBitmap; delete globalThis.structuredClone; delete globalThis.WeakRef;
delete Element.prototype.replaceChildren; delete Document.prototype.replaceChildren; delete Element.prototype.checkVisibility;
delete Navigator.prototype.sendBeacon; delete SubmitEvent.prototype.submitter; delete Document.prototype.featurePolicy;
delete URL.canParse; delete Object.fromEntries; delete Object.hasOwn; delete Promise.allSettled; delete Promise.any;
for (const name of ['replaceAll', 'matchAll', 'at', 'trimStart']) delete String.prototype[name];
for (const name of ['flat', 'flatMap', 'at', 'findLast', 'toSorted']) delete Array.prototype[name];`;
const NO_CAMERA = 'delete Navigator.prototype.mediaDevices;';

async function openOldChromium(camera: boolean): Promise<Walker> {
  const browser = await openBrowser();
  const page = await browser.newPage();
  await page.addInitScript(camera ? NEWER : NEWER + NO_CAMERA);
  return { ...chromiumWalker(page), close: () => browser.close() };
}

const ENGINES: readonly [name: string, open: (camera: boolean) => Promise<Walker>, isThere: () => unknown][] = [
  [
    'Firefox',
    (camera) =>
      openFirefox({
        'media.navigator.streams.fake': true,
        'media.navigator.permission.disabled': camera,
        // 2: never
        'permissions.default.camera': camera ? 1 : 2,
      }),
    findFirefox,
  ],
  [
    'WebKitGTK',
    (camera) => openWebKit(`--enable-media-stream=${camera}`, `--enable-mock-capture-devices=${camera}`),
    findWebKit,
  ],
  ['an old Chromium', openOldChromium, () => true],
];

// a browser's first pages on a busy machine
vi.setConfig({ testTimeout: 60_000 });

let mock: CloudauthMock;
let merchant: Merchant;
let shop: string;
let folder: string;
let photo: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'engines-'));
  photo = join(folder, 'photo.jpg');
  writeFileSync(photo, FACE_JPEG);
  merchant = await openMerchant((request, response) => {
    const isFraming = request.url?.startsWith('/framing');
    response.setHeader('content-type', isFraming ? 'text/html' : 'text/plain').end(isFraming ? FRAMING : 'merchant');
  });
  shop = merchant.url;
  mock = await listening();
});
beforeEach(() => mock.reset());
afterAll(async () => {
  await mock.close();
  merchant.close();
  rmSync(folder, { recursive: true });
});

/** A merchant's page that frames CertifyUrl. */
const FRAMING = `<script>
addEventListener('message', function (event) { received = event.data; });
var frame = document.createElement('iframe');
frame.allow = 'camera';
frame.width = 700; frame.height = 900;
frame.src = decodeURIComponent(location.search.slice(1));
document.documentElement.appendChild(frame);
</script>`;
const NEXT = '.card form:first-of-type [type=submit]';
const at = (address: string) =>
  `location.href.startsWith(${JSON.stringify(address)}) && document.readyState === 'complete'`;

/** Gives the screen the picture it asks for, and goes on. */
async function give(browser: Walker, camera: boolean): Promise<void> {
  if (camera) await browser.press('[data-state=ready] [data-shoot]');
  else await browser.choose('[type=file]', photo);
  await browser.press(NEXT);
}

// in CI an engine that is missing fails; elsewhere .ci/browser.mjs has said that it is not run
const there = ENGINES.filter(([, , isThere]) => process.env.CI || isThere());
const cases = there.flatMap(([name, open]) =>
  [true, false].map((camera) => [name, camera ? 'with a camera' : 'with a file', open, camera] as const),
);

describe.each(cases)('%s, %s', (_name, _how, open, camera) => {
  let browser: Walker;
  beforeAll(async () => {
    browser = await open(camera);
  }, 60_000);
  afterAll(() => browser?.close());

  test('H5: guide, consent, face and both sides of the card, then back to the merchant, passed', async () => {
    await browser.open(await pageUrl(bySocket(mock), { successRedirect: `${shop}/ok` }));
    await browser.press(NEXT);
    await browser.press('[name=agree]');
    await browser.press(NEXT);
    for (const screen of ['FACE_LIVENESS', 'ID_PHOTO_FRONT', 'ID_PHOTO_BACK']) {
      await browser.look(`location.href.includes(${JSON.stringify(screen)}) && document.readyState === 'complete'`);
      await give(browser, camera);
    }
    await browser.look(at(`${shop}/ok`));
    expect((await getStatus(bySocket(mock), 'RPBasic')).json.Data.StatusCode).toBe(1);
  });

  test('SAF: merchant, iframe, picture, message, queryH5, and the picture that came back', async () => {
    // WebDriver presses what is in the frame's view, also where the window does not reach
    await browser.resize(800, 1000);
    await browser.open(`${mock.url}/demo/saf.html?lang=en`);
    await browser.press('[data-merchant] [type=submit]');
    await browser.enter('iframe');
    await give(browser, camera);
    await browser.enter();
    const shown = await browser.look(
      `(picture => picture.complete && picture.naturalWidth)(document.querySelector('.result img'))`,
    );
    const heading = await browser.look(`document.querySelector('.result h2').textContent`);
    expect([heading, Number(shown) > 0]).toEqual(['Verified: Code 200, OK', true]);
  });

  test('CertifyUrl: guide, picture, then back to the merchant, passed', async () => {
    const url = await certifyUrl(bySocket(mock), { ReturnUrl: `${shop}/done` });
    await browser.open(url);
    await browser.press('[name=agree]');
    await browser.press(NEXT);
    await browser.look(`location.href.includes('step=capture') && document.readyState === 'complete'`);
    await give(browser, camera);
    await browser.look(at(`${shop}/done?response=`));
    const answer = await describeFace(bySocket(mock), new URL(url).searchParams.get('certifyId')!);
    expect(answer.json.ResultObject.Passed).toBe('T');
  });

  test('CertifyUrl in an iframe: guide, picture, and the message that came', async () => {
    await browser.resize(800, 1000);
    const url = await certifyUrl(bySocket(mock), { ReturnUrl: 'iframe' });
    await browser.open(`${shop}/framing?${encodeURIComponent(url)}`);
    await browser.enter('iframe');
    await browser.press('[name=agree]');
    await browser.press(NEXT);
    await give(browser, camera);
    await browser.enter();
    expect(JSON.parse(String(await browser.look(`globalThis.received`)))).toMatchObject({ code: 1000 });
  });

  test('who leaves the page makes room for the simulated person', async () => {
    const session = await startH5(bySocket(mock));
    const ask = async () => (await queryH5(bySocket(mock), session)).Code;
    await browser.open(session.url);
    const open = await ask();
    await browser.open('about:blank');
    await expect.poll(ask).toBe(200);
    expect(open).toBe(300);
  });

  test('the phone does not pan sideways on a narrow screen, and its button ends one', async () => {
    await browser.resize(360, 700);
    await Promise.all([init(bySocket(mock)), pageUrl(bySocket(mock), {}, { TicketId: 'order' })]);
    await browser.open(`${mock.url}/_mock/phone?lang=en&plain`);
    await browser.look(`document.querySelectorAll('#open form select').length === 2`);
    const over = await browser.look(
      `String(document.documentElement.scrollWidth - document.documentElement.clientWidth)`,
    );
    await browser.press('button[value=pass]');
    await browser.look(`document.querySelector('[role=status].good') !== null`);
    const ended = (await mock.verifications.list()).filter(({ status }) => status === 'passed');
    expect([over, ended.length]).toEqual(['0', 1]);
  });
});
