/** The page of a SAF session: what it posts, what it takes, and what queryH5 makes of it. */
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { JPEG, open, post } from '../support/h5.js';
import { postedBy, queryH5, safUrl, startH5 } from '../support/saf.js';
import { init } from '../support/scenario.js';

const PASSED = { retCode: 1000, retCodeSub: 'Z1140', retMessageSub: '刷脸通过(Z1140)' };
const LEFT = { retCode: 1003, retCodeSub: 'Z1415', retMessageSub: '用户主动退出(Z1415)' };
const SYSTEM_ERROR = { retCode: 2006, retCodeSub: 'Z1141', retMessageSub: '抱歉，系统出错了，请您稍后再试(Z1141)' };
const failed = (retCodeSub: string, text: string) => ({
  retCode: 2006,
  retCodeSub,
  retMessageSub: `${text}(${retCodeSub})`,
});

const ENDINGS: readonly [word: string, posted: object, code: number][] = [
  ['pass', PASSED, 200],
  ['quit', LEFT, 300],
  ['expire', SYSTEM_ERROR, 300],
  ['500', SYSTEM_ERROR, 500],
  ['Z1146', failed('Z1146', '抱歉，没有认出您'), 500],
  ['fail', failed('Z1146', '抱歉，没有认出您'), 500],
  ['Z8301', failed('Z8301', '抱歉，系统出错了，请您稍后再试'), 500],
  ['Z8302', failed('Z8302', '请去开通产品'), 500],
  ['Z8399', failed('Z8399', '抱歉，系统出错了，请稍后再试'), 500],
];

describe.each(ENDINGS)('%s', (word, posted, code) => {
  test('?auto ends the session on GET and posts the documented message', async () => {
    await using mock = createCloudauthMock();
    const started = await startH5(mock);
    const { text } = await open(mock, `${started.url}&auto=${word}`);
    expect([postedBy(text), (await queryH5(mock, started)).Code]).toEqual([posted, code]);
  });

  test('the tester’s button does the same, and again when the page is reloaded', async () => {
    await using mock = createCloudauthMock();
    const started = await startH5(mock);
    const { status, location } = await post(mock, started.url, { end: word });
    const seen = [await open(mock, location!), await open(mock, location!)];
    expect([status, seen.map(({ text }) => postedBy(text)), (await queryH5(mock, started)).Code]).toEqual([
      303,
      [posted, posted],
      code,
    ]);
  });
});

test('a failed session answers its own code in full', async () => {
  await using mock = createCloudauthMock();
  const started = await startH5(mock);
  await open(mock, `${started.url}&auto=Z8302`);
  expect((await queryH5(mock, started)).Message).toBe(
    'query接口调用失败，PRODUCT_NOT_OPEN：请去开通产品(Z8302)（Z8302）',
  );
});

test('300 is no ending: it says that there was none', async () => {
  await using mock = createCloudauthMock();
  const { url } = await startH5(mock);
  expect((await open(mock, `${url}&auto=300`)).status).toBe(400);
});

describe('the picture', () => {
  test('returnImage is the frame, byte for byte, in URL-safe base64', async () => {
    await using mock = createCloudauthMock();
    const started = await startH5(mock);
    const frame = Buffer.concat([JPEG, Buffer.from([0xfb, 0xff, 0xfe, 0x3e, 0x3f])]);
    await post(mock, started.url, { frame: frame.toString('base64') });
    expect((await queryH5(mock, started)).Data.image).toBe(frame.toString('base64url'));
  });

  test('a file will do, without script', async () => {
    await using mock = createCloudauthMock();
    const started = await startH5(mock);
    await post(mock, started.url, { frame: '', frameFile: new Blob([JPEG]) });
    expect((await queryH5(mock, started)).Data.image).toBe(JPEG.toString('base64url'));
  });

  test('without a frame the drawn face stands in', async () => {
    await using mock = createCloudauthMock();
    const started = await startH5(mock);
    await open(mock, `${started.url}&auto=pass`);
    expect((await queryH5(mock, started)).Data.image).toMatch(/^_9j_/);
  });

  test.each([
    ['nothing', {}],
    ['text', { frame: Buffer.from('no picture').toString('base64') }],
    ['more than 2 MB', { frame: Buffer.concat([JPEG, Buffer.alloc(2 * 1024 * 1024)]).toString('base64') }],
  ])('%s is refused, and the session goes on', async (_what, fields: Record<string, string>) => {
    await using mock = createCloudauthMock();
    const started = await startH5(mock);
    const { status, text } = await post(mock, started.url, fields);
    expect([status, text.includes('role="alert"'), (await queryH5(mock, started)).Code]).toEqual([400, true, 300]);
  });

  test('whose name asks to fail fails, picture or not', async () => {
    await using mock = createCloudauthMock();
    const started = await startH5(mock, { name: '测试不通过' });
    const { location } = await post(mock, started.url, { frame: JPEG.toString('base64') });
    expect(postedBy((await open(mock, location!)).text)).toEqual(failed('Z1146', '抱歉，没有认出您'));
  });
});

test('a person who is to stay unfinished leaves, picture or not', async () => {
  await using mock = createCloudauthMock();
  const started = await startH5(mock, { name: '某人~fail:300' });
  const { text } = await open(mock, (await post(mock, started.url, { frame: JPEG.toString('base64') })).location!);
  expect([text.includes('1003'), (await queryH5(mock, started)).Code]).toEqual([true, 300]);
});

describe('a zimId that cannot be verified', () => {
  test('unknown: the documented failure', async () => {
    await using mock = createCloudauthMock();
    expect(postedBy((await open(mock, safUrl(mock, '0'.repeat(32)))).text)).toEqual(SYSTEM_ERROR);
  });

  test('expired: the same', async () => {
    await using mock = createCloudauthMock();
    const { url } = await startH5(mock);
    await mock.clock.advance('31m');
    expect(postedBy((await open(mock, url)).text)).toEqual(SYSTEM_ERROR);
  });

  test('a queryId of the mobile SDK is none', async () => {
    await using mock = createCloudauthMock();
    const { Data } = await init(mock);
    expect(postedBy((await open(mock, safUrl(mock, Data.queryId!))).text)).toEqual(SYSTEM_ERROR);
  });

  test('a bizId is none', async () => {
    await using mock = createCloudauthMock();
    const { bizId } = await startH5(mock);
    expect(postedBy((await open(mock, safUrl(mock, bizId))).text)).toEqual(SYSTEM_ERROR);
  });

  test('an ended session takes no other end', async () => {
    await using mock = createCloudauthMock();
    const started = await startH5(mock);
    await open(mock, `${started.url}&auto=pass`);
    await post(mock, started.url, { end: 'Z1146' });
    expect((await queryH5(mock, started)).Code).toBe(200);
  });
});

describe('while the page is open', () => {
  const leave = async (mock: ReturnType<typeof createCloudauthMock>, text: string) => {
    const path = /data-leave="([^"]*)"/.exec(text)![1]!.replaceAll('&amp;', '&');
    await mock.fetch(new Request(`${mock.url}${path}`, { method: 'POST' }));
  };

  test('nobody finishes for the person', async () => {
    await using mock = createCloudauthMock();
    const started = await startH5(mock);
    await open(mock, started.url);
    expect((await queryH5(mock, started)).Code).toBe(300);
  });

  test('once it is left the simulated person does', async () => {
    await using mock = createCloudauthMock();
    const started = await startH5(mock);
    await leave(mock, (await open(mock, started.url)).text);
    expect((await queryH5(mock, started)).Code).toBe(200);
  });

  test('it asks whether it has been ended, and hears so', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const started = await startH5(mock);
    const path = /data-ask="([^"]*)"/.exec((await open(mock, started.url)).text)![1]!;
    const ask = async () => (await open(mock, String(new URL(path, started.url)))).status;
    const before = await ask();
    await mock.verifications.pass(started.zimId);
    expect([before, await ask()]).toEqual([204, 410]);
  });

  test('the end of a session closes every window of it', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const started = await startH5(mock);
    await open(mock, started.url);
    await open(mock, started.url);
    await mock.snapshots.save('open');
    await post(mock, started.url, { end: 'pass' });
    await mock.snapshots.save('ended');
    const rows = (name: string) => mock.fetch(new Request(`${mock.url}/_mock/snapshots/${name}`)).then((r) => r.json());
    // beside the session, and that its page was opened
    expect([await rows('open'), await rows('ended')].map(({ rows }) => rows)).toEqual([4, 2]);
  });

  test('of two windows one was left: the other is open still', async () => {
    await using mock = createCloudauthMock();
    const started = await startH5(mock);
    await open(mock, started.url);
    await leave(mock, (await open(mock, started.url)).text);
    expect((await queryH5(mock, started)).Code).toBe(300);
  });

  test('a scenario’s outcome comes first', async () => {
    await using mock = createCloudauthMock();
    await mock.scenarios.add({ rules: [{ on: 'face_verify.queryH5', then: { outcome: 'fail:Z1146' } }] });
    const started = await startH5(mock);
    await open(mock, started.url);
    expect((await queryH5(mock, started)).Code).toBe(500);
  });
});

test('the page may be framed by anybody', async () => {
  await using mock = createCloudauthMock();
  const { headers } = await open(mock, (await startH5(mock)).url);
  expect([headers.get('content-security-policy'), headers.get('x-frame-options')]).toEqual([
    expect.stringContaining('frame-ancestors *'),
    null,
  ]);
});

test('another account’s session is verified in its account', async () => {
  await using mock = createCloudauthMock();
  const started = await startH5(mock, {}, { accessKeyId: 'LTAImockOther' });
  await open(mock, `${started.url}&auto=Z1146`);
  expect((await mock.verifications.list({ account: 'LTAImockOther' })).map(({ status }) => status)).toEqual(['failed']);
});

describe('getmetainfo.js', () => {
  const answer = async (navigator: object, query = '') => {
    await using mock = createCloudauthMock();
    const { text, headers } = await open(mock, `${mock.url}/gjj/getmetainfo.js${query}`);
    return { info: runInNewContext(`${text};JSON.stringify(getMetaInfo())`, { navigator }), headers };
  };
  const camera = { userAgent: 'Firefox/62.0', mediaDevices: { getUserMedia() {} } };

  test('getMetaInfo answers what the page documents', async () => {
    const { info } = await answer(camera);
    expect(JSON.parse(info)).toEqual({
      metaInfo: {
        apdidToken: expect.stringMatching(/^APDIDJS_zorro_[0-9a-f]{32}$/),
        userAgent: 'Firefox/62.0',
        deviceType: 'H5',
      },
      retCode: 100,
      retCodeSub: 'Z1400',
      retMessageSub: '浏览器版本支持(Z1400)',
    });
  });

  test.each([
    ['no camera', { userAgent: 'old' }, ''],
    ['?unsupported=1', camera, '?unsupported=1'],
  ])('%s: another retCode than 100', async (_what, navigator, query) => {
    expect(JSON.parse((await answer(navigator, query)).info).retCode).toBe(101);
  });

  test('it is a script any site may load', async () => {
    const { headers } = await answer(camera);
    expect([headers.get('content-type'), headers.get('access-control-allow-origin')]).toEqual([
      'application/javascript; charset=utf-8',
      '*',
    ]);
  });
});
