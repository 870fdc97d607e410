/** The page at CertifyUrl: where it leads, what it takes, and what DescribeFaceVerify makes of it. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock, type MockOptions } from '../../src/index.js';
import { init, describe as result, WEB } from '../support/face.js';
import { JPEG, open, post } from '../support/h5.js';

const RETURN = 'http://localhost:8080/done?order=7';
const HTML = { accept: 'text/html' };

async function started(options: MockOptions = {}, changes: Record<string, string> = {}) {
  const mock = createCloudauthMock({ device: 'manual', ...options });
  const { ResultObject } = (await init(mock, { MetaInfo: WEB, ReturnUrl: RETURN, ...changes })).json;
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
  ['205', [2006, 'Z5051', 'process fail'], ['200', 'F', '205']],
  ['quit', [1003, 'Z5055', 'user quit'], ['424']],
  ['expire', [1003, 'Z5052', 'system error'], ['424']],
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
  ['http://localhost/app', 'http://localhost/app?response='],
  ['http://localhost/app?a=1', 'http://localhost/app?a=1&response='],
  ['http://localhost/app?x=1#/done', 'http://localhost/app?x=1&response='],
])('ReturnUrl %s keeps its own query', async (ReturnUrl, begins) => {
  const { mock, url } = await started({}, { ReturnUrl });
  const { location } = await open(mock, `${url}&auto=pass`);
  expect([location?.startsWith(begins), new URL(location!).hash]).toEqual([true, new URL(ReturnUrl).hash]);
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
