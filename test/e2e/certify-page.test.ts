/** The page at CertifyUrl in a real browser with a fake camera, between a merchant's pages and the vendor's SDK. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CloudauthMock } from '../../src/index.js';
import { subCodes } from '../../src/products/cloudauth/financial-grade.js';
import { describePages } from '../support/audit.js';
import { LAN_HOST, onPage, openBrowser } from '../support/browser.js';
import { FACE, init, describe as result, WEB } from '../support/face.js';
import { type Merchant, openMerchant } from '../support/merchant.js';
import { bySocket } from '../support/scenario.js';
import { listening, typedCloudauth } from '../support/sdk.js';

let browser: Browser;
let mock: CloudauthMock;
let merchant: Merchant;
let shop: string;
beforeAll(async () => {
  [browser, mock] = await Promise.all([openBrowser(), listening({ device: 'manual', redirectHosts: [LAN_HOST] })]);
  merchant = await openMerchant(serve);
  shop = merchant.url;
});
beforeEach(() => mock.reset());
afterAll(async () => {
  await Promise.all([browser.close(), mock.close()]);
  merchant.close();
});

/** The merchant: a page with the vendor's script, one that frames CertifyUrl as integrators do, and those people come back to. */
const PAGES: Record<string, () => string> = {
  '/': () => `<script src="${mock.url}/yd-cloudauth/cloudauth-cdn/jsvm_all.js"></script>
<script>fetch('/init', { method: 'POST', body: JSON.stringify(getMetaInfo()) }).then(async (reply) => { location.href = await reply.text(); });</script>`,
  '/framing': () => `<script>
addEventListener('message', ({ data, origin }) => { received = { data: JSON.parse(data), origin }; });
const frame = document.createElement('iframe');
frame.allow = 'camera;microphone;fullscreen';
frame.src = decodeURIComponent(location.search.slice(1)).replace('/h5?', '/h5iframe?');
document.documentElement.append(frame);
</script>`,
};

async function serve(request: AsyncIterable<Buffer> & { url?: string }, response: import('node:http').ServerResponse) {
  const { pathname } = new URL(request.url!, shop);
  response.setHeader('content-type', 'text/html');
  if (pathname !== '/init') return response.end(PAGES[pathname]?.() ?? 'merchant');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { body } = await sdk().initFaceVerify({
    ...{ sceneId: Number(FACE.SceneId), outerOrderNo: FACE.OuterOrderNo, productCode: 'ID_PRO' },
    ...{ certType: FACE.CertType, certName: FACE.CertName, certNo: FACE.CertNo },
    ...{ metaInfo: Buffer.concat(chunks).toString(), returnUrl: `${shop}/done` },
  });
  return response.end(body!.resultObject!.certifyUrl);
}

const sdk = () => typedCloudauth(mock.url);

async function started(changes: Record<string, string> = {}) {
  const web = { MetaInfo: WEB, ReturnUrl: `${shop}/done`, CertifyUrlStyle: 'L' };
  const { ResultObject } = (await init(bySocket(mock), { ...web, ...changes })).json;
  const { CertifyId: id, CertifyUrl: url } = ResultObject as Record<'CertifyId' | 'CertifyUrl', string>;
  const answer = async () => {
    const { Code, ResultObject: found } = (await result(bySocket(mock), id)).json;
    return found ? `${found.Passed} ${found.SubCode}` : Code;
  };
  return { id, url, answer };
}

type Root = Pick<Page, 'locator'>;
async function consent(page: Root): Promise<void> {
  await page.locator('[name=agree]').check();
  await page.locator('.card form:first-of-type [type=submit]').first().click();
}
async function shoot(page: Root): Promise<void> {
  await page.locator('[data-state=ready] [data-shoot]').click();
  await page.locator('.card form:first-of-type [type=submit]:enabled').first().click();
}
const responseIn = (address: string) => JSON.parse(new URL(address).searchParams.get('response') ?? 'null');

test('getMetaInfo, InitFaceVerify, guide, camera, ReturnUrl, DescribeFaceVerify: its picture is the frame that was sent', async () => {
  const { sent, response } = await onPage(browser, async (page) => {
    await page.goto(shop);
    await consent(page);
    await page.locator('[data-state=ready] [data-shoot]').click();
    const [request] = await Promise.all([
      page.waitForRequest((each) => each.method() === 'POST' && each.url().includes('/certify/')),
      page.locator('.card form:first-of-type [type=submit]:enabled').first().click(),
    ]);
    await page.waitForURL(`${shop}/done?**`);
    return {
      sent: Buffer.from(/name="frame"\r\n\r\n([\w+/=]+)/.exec(request.postData() ?? '')![1]!, 'base64'),
      response: responseIn(page.url()),
    };
  });
  const { certifyId } = response.extInfo;
  const { body } = await sdk().describeFaceVerify({ sceneId: Number(FACE.SceneId), certifyId });
  const { passed, subCode, materialInfo } = body!.resultObject!;
  const picture = await fetch(JSON.parse(materialInfo!).facialPictureFront.pictureUrl);
  expect([response.code, passed, subCode]).toEqual([1000, 'T', '200']);
  expect(sent.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  expect(Buffer.from(await picture.arrayBuffer()).equals(sent)).toBe(true);
});

test('in an iframe: guide, camera, then a message from the origin of CertifyUrl', async () => {
  const { id, url, answer } = await started({ ReturnUrl: 'iframe' });
  const received = await onPage(browser, async (page) => {
    await page.goto(`${shop}/framing?${encodeURIComponent(url)}`);
    const frame = page.frameLocator('iframe');
    await consent(frame);
    await shoot(frame);
    return (await page.waitForFunction('globalThis.received')).jsonValue();
  });
  expect([received, await answer()]).toEqual([
    {
      data: { code: 1000, subCode: 'Z5050', reason: 'process success', extInfo: { certifyId: id } },
      origin: new URL(url).origin,
    },
    'T 200',
  ]);
});

test('in an iframe what somebody else ends is posted too', async () => {
  const { id, url } = await started({ ReturnUrl: 'iframe' });
  const received = await onPage(browser, async (page) => {
    await page.goto(`${shop}/framing?${encodeURIComponent(url)}`);
    await page.frameLocator('iframe').locator('[name=agree]').waitFor();
    await mock.verifications.fail(id, '205');
    return (await page.waitForFunction('globalThis.received')).jsonValue();
  });
  expect(received).toMatchObject({ data: { code: 2006, subCode: 'Z5051' } });
});

test('every SubCode by a button of the tester’s, without code', async () => {
  const seen = await onPage(browser, async (page) => {
    const answers: string[] = [];
    for (const subCode of Object.keys(subCodes)) {
      const { url, answer } = await started();
      await page.goto(url);
      await page.click('summary');
      await page.click(`.tester [value="${subCode}"]`);
      await page.waitForURL(`${shop}/done?**`);
      answers.push(await answer());
    }
    return answers;
  });
  expect(seen).toEqual(Object.keys(subCodes).map((subCode) => `F ${subCode}`));
});

test.each([
  ['a plain address', '/done', 'new URL(location.href).searchParams.get("response")'],
  ['a path of the history', '/app/done?order=7', 'new URL(location.href).searchParams.get("response")'],
  ['a route behind #', '/#/done', 'new URLSearchParams(location.hash.split("?")[1]).get("response")'],
  ['a route behind #, by the address', '/#/done', 'new URL(location.href).searchParams.get("response")'],
])('ReturnUrl that is %s finds response', async (_what, path, reader) => {
  const { id, url } = await started({ ReturnUrl: `${shop}/back${path}`, CertifyUrlStyle: 'S' });
  const read = await onPage(browser, async (page) => {
    await page.goto(`${url}&auto=pass`);
    await page.waitForURL(`${shop}/back/**`);
    return page.evaluate(reader);
  });
  expect(JSON.parse(read as string)).toMatchObject({ code: 1000, extInfo: { certifyId: id } });
});

test('with ProcedurePriority keep a browser without a camera comes back at once', async () => {
  const { url, answer } = await started({ ProcedurePriority: 'keep' });
  const response = await onPage(browser, async (page) => {
    await page.goto(`${url.replace('127.0.0.1', LAN_HOST)}&step=capture`);
    await page.waitForURL(`${shop}/done?**`);
    return responseIn(page.url());
  });
  expect([response, await answer()]).toEqual([
    expect.objectContaining({ code: 1003, subCode: 'Z5057', reason: 'unsupported browser' }),
    '424',
  ]);
});

test('otherwise it says which address to open elsewhere, and takes a file', async () => {
  const { url } = await started();
  const at = `${url.replace('127.0.0.1', LAN_HOST)}&step=capture`;
  const seen = await onPage(browser, async (page) => {
    await page.goto(at);
    const told = await page.locator('[data-elsewhere] code').innerText();
    return [told, await page.isVisible('[type=file]')];
  });
  expect(seen).toEqual([at, true]);
});

test('what somebody else ends while the page is open leads back', async () => {
  const { id, url } = await started();
  const response = await onPage(browser, async (page) => {
    await page.goto(url);
    await mock.verifications.quit(id);
    await page.waitForURL(`${shop}/done?**`);
    return responseIn(page.url());
  });
  expect(response).toMatchObject({ code: 1003, subCode: 'Z5055' });
});

test('with the keyboard alone', async () => {
  const { url, answer } = await started();
  await onPage(browser, async (page) => {
    await page.goto(url);
    await page.focus('[name=agree]');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.locator('[data-state=ready]').waitFor();
    await page.focus('[data-shoot]');
    await page.keyboard.press('Enter');
    await page.locator('.card form:first-of-type [type=submit]:enabled').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${shop}/done?**`);
  });
  expect(await answer()).toBe('T 200');
});

test('without JavaScript guide, file and ending work', async () => {
  const { url, answer } = await started();
  await onPage(
    browser,
    async (page) => {
      await page.goto(url);
      await consent(page);
      const buffer = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
      await page.setInputFiles('[type=file]', { name: 'me.jpg', mimeType: 'image/jpeg', buffer });
      await page.locator('.card form:first-of-type [type=submit]').first().click();
      await page.waitForURL(`${shop}/done?**`);
    },
    { javaScriptEnabled: false },
  );
  expect(await answer()).toBe('T 200');
});

test.each(['zh', 'en'])('the whole way breaks no policy, in %s', async (lang) => {
  const { url } = await started({ ReturnUrl: 'iframe' });
  const complaints = await onPage(browser, async (page) => {
    const seen: string[] = [];
    page.on('console', (message) => seen.push(message.text()));
    page.on('pageerror', (error) => seen.push(error.message));
    await page.goto(`${url}&lang=${lang}`);
    await consent(page);
    await shoot(page);
    await page.locator('.message').waitFor();
    return seen;
  });
  expect(complaints).toEqual([]);
});

describePages(
  () => browser,
  [
    ['the guide', async () => (await started()).url],
    ['the camera', async () => `${(await started()).url}&step=capture`],
    ['an ending in a frame', async () => `${(await started({ ReturnUrl: 'iframe' })).url}&auto=205`],
    ['an unknown CertifyId', async () => `${mock.url}/certify/h5?certifyId=none`],
  ],
);
