/** The page at CertifyUrl: where it leads, what it takes, what it posts, and what DescribeFaceVerify makes of it. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock, type MockOptions } from '../../src/index.js';
import { subCodes } from '../../src/products/cloudauth/financial-grade.js';
import { init, describe as result, WEB } from '../support/face.js';
import { JPEG, open, post } from '../support/h5.js';
import { saying } from '../support/hints.js';
import { postedBy } from '../support/saf.js';

const RETURN = 'http://localhost:8080/done?order=7';
const HTML = { accept: 'text/html' };

async function started(options: MockOptions = {}, changes: Record<string, string> = {}) {
  const mock = createCloudauthMock({ device: 'manual', ...options });
  const web = { MetaInfo: WEB, ReturnUrl: RETURN, CertifyUrlStyle: 'L' };
  const { ResultObject } = (await init(mock, { ...web, ...changes })).json;
  const { CertifyId: id, CertifyUrl: url } = ResultObject as Record<'CertifyId' | 'CertifyUrl', string>;
  const answer = async () => {
    const { Code, ResultObject: found } = (await result(mock, id)).json;
    return found ? [Code, found.Passed, found.SubCode] : [Code];
  };
  return { mock, id, url, answer };
}
const responseIn = (location = '') => JSON.parse(new URL(location).searchParams.get('response') ?? 'null');

describe.each([
  ['pass', [1000, 'Z5050', 'process success'], ['200', 'T', '200']],
  ['fail', [2006, 'Z5051', 'process fail'], ['200', 'F', '204']],
  ...Object.keys(subCodes).map((subCode) => [subCode, [2006, 'Z5051', 'process fail'], ['200', 'F', subCode]] as const),
  ['quit', [1003, 'Z5055', 'user quit'], ['424']],
  ['expire', [1003, 'Z5052', 'system error'], ['424']],
  ['Z5052', [1003, 'Z5052', 'system error'], ['424']],
  ['Z5053', [1003, 'Z5053', 'network error'], ['424']],
  ['Z5054', [1003, 'Z5054', 'failed to access the camera'], ['424']],
  ['Z5056', [1003, 'Z5056', 'retry limit'], ['424']],
  ['Z5057', [1003, 'Z5057', 'unsupported browser'], ['424']],
] as const)('%s', (word, [code, subCode, reason], answered) => {
  test('?auto leads to ReturnUrl with response', async () => {
    const { mock, id, url, answer } = await started();
    const { status, location } = await open(mock, `${url}&auto=${word}`);
    expect([status, responseIn(location)]).toEqual([303, { code, subCode, reason, extInfo: { certifyId: id } }]);
    expect(new URL(location!).searchParams.get('order')).toBe('7');
    expect(await answer()).toEqual(answered);
  });

  test('the tester’s button does the same', async () => {
    const { mock, url, answer } = await started();
    const { status, location } = await post(mock, url, { end: word });
    expect([status, responseIn(location).subCode, await answer()]).toEqual([303, subCode, answered]);
  });
});

test('the frame of the camera is the picture of MaterialInfo', async () => {
  const { mock, id, url } = await started();
  await post(mock, url, { frame: JPEG.toString('base64') });
  const { MaterialInfo } = (await result(mock, id)).json.ResultObject;
  const picture = await mock.fetch(new Request(JSON.parse(MaterialInfo).facialPictureFront.pictureUrl));
  expect(Buffer.from(await picture.arrayBuffer())).toEqual(JPEG);
});

test('a magic person’s frame ends it as the person does', async () => {
  const { mock, url, answer } = await started({}, { CertName: '张三~fail:205' });
  await post(mock, url, { frame: JPEG.toString('base64') });
  expect(await answer()).toEqual(['200', 'F', '205']);
});

test('without a picture nothing is submitted', async () => {
  const { mock, url, answer } = await started();
  expect([(await post(mock, url)).status, await answer()]).toEqual([400, ['424']]);
});

test('one submission: what is posted later changes nothing', async () => {
  const { mock, url, answer } = await started();
  await post(mock, url, { end: 'fail' });
  await post(mock, url, { end: 'pass' });
  await open(mock, `${url}&auto=pass`);
  expect(await answer()).toEqual(['200', 'F', '204']);
});

test('30 minutes later the page has expired', async () => {
  const { mock, url, answer } = await started();
  await mock.clock.advance('30m');
  const { text } = await open(mock, `${url}&auto=pass`);
  expect([text.includes('链接已过期'), await answer()]).toEqual([true, ['424']]);
});

test('while a browser has it open the simulated person waits', async () => {
  const { mock, url, answer } = await started({ device: 'auto' });
  await open(mock, url, HTML);
  expect(await answer()).toEqual(['424']);
});

test('a program that fetches the address changes nothing', async () => {
  const { mock, url, answer } = await started({ device: 'auto' });
  expect((await open(mock, url)).status).toBe(200);
  expect(await answer()).toEqual(['200', 'T', '200']);
});

test('an open page is told where to go when somebody else ends it', async () => {
  const { mock, id, url } = await started();
  const asked = new URL(`state?certifyId=${id}`, url).href;
  const before = (await open(mock, asked)).status;
  await mock.verifications.pass(id);
  const after = await open(mock, asked);
  expect([before, after.status, responseIn(after.text).code]).toEqual([204, 200, 1000]);
});

test.each([
  ['http://localhost/app', 'http://localhost/app?response=R'],
  ['http://localhost/app?a=1', 'http://localhost/app?a=1&response=R'],
  ['http://localhost/app#end', 'http://localhost/app?response=R#end'],
  ['http://localhost/app?x=1#/done', 'http://localhost/app?x=1&response=R#/done?response=R'],
  ['http://localhost/#!/done?id=7', 'http://localhost/?response=R#!/done?id=7&response=R'],
])('ReturnUrl %s leads to %s', async (ReturnUrl, leads) => {
  const { mock, url } = await started({}, { ReturnUrl });
  const { location } = await open(mock, `${url}&auto=pass`);
  expect(location?.replace(/response=[^&#]*/g, 'response=R')).toBe(leads);
});

test('an address that may not be followed is not, and the page says how it ended', async () => {
  const { mock, url } = await started({}, { ReturnUrl: 'https://shop.example/' });
  const { location } = await open(mock, `${url}&auto=pass`);
  const { text } = await open(mock, location!);
  expect([text.includes('认证通过'), text.includes('--redirect-host shop.example')]).toEqual([true, true]);
});

test('an unknown CertifyId is said to be one', async () => {
  const { mock, url } = await started();
  const { status, text } = await open(mock, url.replace(/sha\w+/, 'sha0'));
  expect([status, text.includes('链接无效')]).toEqual([200, true]);
});

test('a word that means no ending is refused, and those there are are named', async () => {
  const { mock, url, answer } = await started();
  const { status, text } = await open(mock, `${url}&auto=299`);
  expect([status, text.includes('204'), await answer()]).toEqual([400, true, ['424']]);
});

describe('the guide', () => {
  test('comes first, and leads to the camera by a form that changes nothing', async () => {
    const { mock, id, url, answer } = await started();
    const guide = await open(mock, `${url}&lang=en`);
    expect([guide.text.includes('name="agree"'), guide.text.includes('data-camera')]).toEqual([true, false]);
    const hidden = [...guide.text.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, ...pair]) => pair);
    const capture = await open(mock, `${new URL(url).origin}/certify/h5?${new URLSearchParams(hidden as string[][])}`);
    expect([hidden, capture.text.includes('data-camera'), await answer()]).toEqual([
      [
        ['certifyId', id],
        ['lang', 'en'],
        ['step', 'capture'],
      ],
      true,
      ['424'],
    ]);
  });

  test('can be left', async () => {
    const { mock, url } = await started();
    const { location } = await post(mock, url, { end: 'quit' });
    expect(responseIn(location).subCode).toBe('Z5055');
  });
});

test('CertifyUrl is a short address unless the long one is asked for, and leads to the page with what it carries', async () => {
  const { mock, id, url } = await started({}, { CertifyUrlStyle: 'S' });
  const { status, location } = await open(mock, `${url}&lang=en`);
  expect([new URL(url).pathname, status, location]).toEqual([
    '/s',
    302,
    `${new URL(url).origin}/certify/h5?certifyId=${id}&lang=en`,
  ]);
});

describe('in a frame', () => {
  const framed = (options?: MockOptions) => started(options, { ReturnUrl: 'iframe' });
  const message = (id: string, [code, subCode, reason]: readonly unknown[]) =>
    expect.objectContaining({ code, subCode, reason, extInfo: { certifyId: id } });

  test.each([
    ['pass', [1000, 'Z5050', 'process success']],
    ['204', [2006, 'Z5051', 'process fail']],
    ['quit', [1003, 'Z5055', 'user quit']],
    ['Z5054', [1003, 'Z5054', 'failed to access the camera']],
  ])('%s is posted, each time the page is opened', async (word, row) => {
    const { mock, id, url } = await framed();
    const { location } = await open(mock, `${url}&auto=${word}`);
    const [first, again] = [await open(mock, location!), await open(mock, location!)];
    expect([postedBy(first.text), postedBy(again.text)]).toEqual([message(id, row), message(id, row)]);
  });

  test.each([
    ['its guide', '/certify/h5', ''],
    ['its camera', '/certify/h5', '&step=capture'],
    ['its guide', '/certify/h5iframe', ''],
  ])('%s at %s may be framed by anybody', async (_what, path, more) => {
    const { mock, url } = await framed();
    const { headers } = await open(mock, url.replace('/certify/h5', path) + more);
    expect(headers.get('content-security-policy')).toContain('frame-ancestors *');
  });

  test('at /h5iframe a page with another ReturnUrl posts too, and leads nowhere', async () => {
    const { mock, id, url } = await started();
    const { location } = await open(mock, `${url.replace('/h5?', '/h5iframe?')}&auto=pass`);
    const { text } = await open(mock, location!);
    expect([new URL(location!).pathname, postedBy(text)]).toEqual([
      '/certify/h5iframe',
      message(id, [1000, 'Z5050', 'process success']),
    ]);
  });

  test('an open page is told to look again when somebody else ends it', async () => {
    const { mock, id, url } = await started();
    const { text } = await open(mock, url.replace('/h5?', '/h5iframe?'), HTML);
    const asks = /data-ask="([^"]*)"/.exec(text)![1]!.replaceAll('&amp;', '&');
    await mock.verifications.pass(id);
    expect((await open(mock, String(new URL(asks, url)))).status).toBe(410);
  });

  test('elsewhere the page is framed by this machine’s pages alone', async () => {
    const { mock, url } = await started();
    const policy = (await open(mock, url)).headers.get('content-security-policy');
    expect(policy).toContain("frame-ancestors 'self' http://127.0.0.1:* http://localhost:*");
  });

  test.each([
    ['S', true],
    ['L', false],
  ])('with CertifyUrlStyle %s a hint says that it needs L: %s', async (CertifyUrlStyle, said) => {
    await using mock = createCloudauthMock();
    const { hint } = await init(mock, { MetaInfo: WEB, ReturnUrl: 'iframe', CertifyUrlStyle });
    expect(hint).toBe(said ? await saying('frame-needs-long-url') : null);
  });
});

test.each([
  'http://127.0.0.1/yd-cloudauth/cloudauth-cdn/jsvm_all.js',
  'http://127.0.0.1/web_sdk_js/jsvm_all.js',
  'http://127.0.0.1/cdn/jsvm_all.js',
  'https://o.alicdn.com/yd-cloudauth/cloudauth-cdn/jsvm_all.js',
  'https://cn-shanghai-aliyun-cloudauth.oss-cn-shanghai.aliyuncs.com/web_sdk_js/jsvm_all.js',
])('%s gives getMetaInfo(), an object that InitFaceVerify takes for a web page’s', async (script) => {
  await using mock = createCloudauthMock();
  const { text, headers } = await open(mock, script);
  const phone = { navigator: { userAgent: 'Mozilla/5.0 (Linux; Android 14; Pixel 8) Mobile' } };
  const window = { getMetaInfo: undefined as undefined | (() => Record<string, string>) };
  new Function('window', 'navigator', text)(window, phone.navigator);
  const metaInfo = window.getMetaInfo!();
  const { CertifyUrl } = (await init(mock, { MetaInfo: JSON.stringify(metaInfo), ReturnUrl: RETURN })).json
    .ResultObject;
  expect([Object.keys(metaInfo), metaInfo.deviceType, typeof CertifyUrl]).toEqual([
    ['bioMetaInfo', 'deviceType', 'ua', 'guardToken'],
    'h5',
    'string',
  ]);
  expect(headers.get('access-control-allow-origin')).toBe('*');
});
