/** Nothing personal or secret is shown: not in the journal, not in the curl script, not in the log. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { createCloudauthMock } from '../../src/emulator/create-mock.js';
import { type CloudauthMock, DEFAULT_SECRET } from '../../src/index.js';
import { createLog, silentLog } from '../../src/platform/log.js';
import { maskParam, maskText } from '../../src/platform/redact.js';
import { maskAnswer } from '../../src/platform/redact-answer.js';
import { admin } from '../support/admin.js';
import { type CallOptions, call, cloudauth2017, cloudauth2019, faceVerify } from '../support/call.js';
import { materialParams, openTask } from '../support/tasks.js';

const NUMBER = '330103199001011233';
const PICTURE = `/9j/4AAQ${'QUJDREVG'.repeat(40)}`;
const SHORT_PICTURE = '/9j/4AAQSkZJRgX=';
const LINES = `/9j/4AAQ${'Q'.repeat(68)}\r\n${'R'.repeat(30)}`;
const BINDING = JSON.stringify({ Name: '张三', IdentificationNumber: NUMBER, FacePic: `base64://${PICTURE}` });
const WRONG: CallOptions = { secret: 'wrong-secret' };

/** Everything people can see of the calls made by `work`. */
async function visible(work: (mock: CloudauthMock) => Promise<void>): Promise<string> {
  let log = '';
  const write = (text: string) => {
    log += text;
  };
  const both = { pretty: createLog('pretty', write, Date.now), json: createLog('json', write, Date.now) };
  await using mock = createCloudauthMock(
    { accessKeys: ['STS.x:sts-secret-1:sts-token-1'] },
    {
      ...silentLog,
      call: (entry) => [both.pretty.call(entry), both.json.call(entry)],
      info: (message) => [both.pretty.info(message), both.json.info(message)],
      warn: (message) => [both.pretty.warn(message), both.json.warn(message)],
      crash: (error) => [both.pretty.crash(error), both.json.crash(error)],
    },
  );
  await work(mock);
  const entries: { id: number }[] = (await admin(mock, '/requests')).json;
  const scripts = await Promise.all(entries.map(({ id }) => admin(mock, `/requests/${id}/curl`)));
  const rest = await Promise.all(
    ['/verifications', '/scenarios', '/coverage', '/accounts'].map((path) => admin(mock, path)),
  );
  await new Promise(setImmediate);
  expect(entries.length).toBeGreaterThan(0);
  // the printed secret is none, and a script may hold it in its own line
  const texts = [...scripts, ...rest].map(({ text }) =>
    text.replace(`ALIBABA_CLOUD_ACCESS_KEY_SECRET=${DEFAULT_SECRET}\n`, ''),
  );
  return [JSON.stringify(entries), ...texts, log].join('\n');
}

const SPACED = NUMBER.replace(/(.{6})(.{8})/, '$1 $2-');
const WIDE = NUMBER.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

const inits: [string, Record<string, string>][] = [
  ['init', faceVerify({ method: 'init', name: '张三', certNumber: NUMBER, metainfo: '{}' })],
  [
    'init with a number',
    faceVerify({ method: 'init', name: '张三', certNumber: Number(NUMBER.slice(0, 15)), metainfo: '{}' }),
  ],
  ['init with a short number', faceVerify({ method: 'init', name: '张三', certNumber: '3301031990', metainfo: '{}' })],
  ['match', faceVerify({ method: 'match', name: '张三', certNumber: NUMBER, imgbase64: PICTURE })],
  [
    'match with a small picture',
    faceVerify({ method: 'match', name: '张三', certNumber: NUMBER, imgbase64: SHORT_PICTURE }),
  ],
  [
    'match with a picture in lines',
    faceVerify({ method: 'match', name: '张三', certNumber: NUMBER, imgbase64: LINES }),
  ],
  ['GetVerifyToken', cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 't', Binding: BINDING })],
  ['an unknown parameter', cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 't', id_no: `no:${NUMBER}` })],
  ['a parameter’s name', cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 't', [`n${NUMBER}`]: 'x' })],
  ['a TicketId', cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: `order ${NUMBER}` })],
  ['a TicketId in groups', cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: SPACED })],
  ['a TicketId in full width', cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: WIDE })],
  ['a Biz', cloudauth2017('GetVerifyToken', { Biz: NUMBER, TicketId: 't' })],
  ['an Action', { Version: '2017-11-17', Action: BINDING }],
  ['an Action like a name', { Version: '2017-11-17', Action: `GetStatus${NUMBER}` }],
  [
    'a JSON text in a JSON text',
    cloudauth2017('GetVerifyToken', { Biz: 'b', TicketId: 't', UserData: JSON.stringify({ inner: BINDING }) }),
  ],
];

describe.each([
  ['signed', {}],
  ['signed with the wrong secret', WRONG],
])('%s', (_title, options) => {
  test.each(inits)('%s', async (_name, params) => {
    const seen = await visible(async (mock) => void (await call(mock, params, options)));
    for (const secret of [
      NUMBER,
      NUMBER.slice(0, 15),
      SPACED,
      WIDE,
      '3301031990"',
      'QUJDREVG',
      SHORT_PICTURE,
      'QQQQQQQQ',
      'RRRRRRRR',
      DEFAULT_SECRET,
      'wrong-secret',
    ])
      expect(seen).not.toContain(secret);
  });
});

test.each([NUMBER, SPACED, WIDE])('an AccessKeyId such as LTAImock%s', async (number) => {
  const accessKeyId = `LTAImock${number}`;
  const seen = await visible(async (mock) => {
    await call(mock, cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 't' }), { accessKeyId });
    await call(mock, cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 't' }), { accessKeyId, secret: 'x' });
    await call(mock, cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 't' }), { accessKeyId: number });
  });
  expect(seen).not.toContain(number);
});

test('the phone shows neither an AccessKeyId nor a TicketId that holds one, and its button still ends it', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  const account = `LTAImock${NUMBER}`;
  const order = { Biz: 'RPBasic', TicketId: SPACED };
  await call(mock, cloudauth2017('GetVerifyToken', order), { accessKeyId: account });
  const { text } = await admin(mock, `/phone?account=${account}`);
  const visibly = text.replace(/<[^>]*>/g, ' ');
  expect(visibly).not.toMatch(/19900101/);
  expect(visibly).toContain('LTAImock330*************33');
});

test('an id as the list of the control API shows it ends the verification it stands for', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  await openTask(mock, 'RPBasic', NUMBER);
  const [{ id }] = (await admin(mock, '/verifications')).json;
  await admin(mock, `POST /verifications/${encodeURIComponent(id)}/pass`);
  expect([id, (await mock.verifications.list())[0]?.status]).toEqual(['330*************33', 'passed']);
});

test('SubmitMaterials: number, picture, VerifyToken and signature', async () => {
  let token = '';
  const seen = await visible(async (mock) => {
    token = await openTask(mock, 'RPMin');
    for (const [IdentificationNumber, FacePic] of [
      [NUMBER, `base64://${PICTURE}`],
      [NUMBER.slice(0, 17), `base64://${SHORT_PICTURE}`],
      [NUMBER.slice(0, 16), `oss://verify-external-image:${token}/face.jpg`],
      ['9', `http://pictures.test/face.jpg?OSSAccessKeyId=a&Signature=secretSignature`],
    ] as const) {
      const materials = materialParams({ Name: '张三', IdentificationNumber, FacePic });
      await call(mock, cloudauth2017('SubmitMaterials', { VerifyToken: token, ...materials }));
    }
  });
  for (const secret of [token, NUMBER.slice(0, 15), 'QUJDREVG', SHORT_PICTURE, 'secretSignature'])
    expect(seen).not.toContain(secret);
  expect(seen).toContain('oss://verify-external-image:…/face.jpg');
});

test('Signature and SecurityToken', async () => {
  const Signature = `${randomUUID()}=`;
  const seen = await visible(async (mock) => {
    await call(mock, cloudauth2019('DescribeOssUploadToken'), { common: { Signature } });
    await call(mock, cloudauth2019('DescribeOssUploadToken'), {
      accessKeyId: 'STS.x',
      secret: 'sts-secret-1',
      common: { SecurityToken: 'sts-token-1' },
    });
  });
  for (const secret of [Signature, 'sts-secret-1', 'sts-token-1']) expect(seen).not.toContain(secret);
});

test('what is no secret stays readable', async () => {
  const seen = await visible(async (mock) => {
    await call(
      mock,
      faceVerify({
        method: 'query',
        bizId: 'ZSTP2018013076546767654695203625',
        queryId: '731be7f204a962b0486a9b64ea3050ae',
      }),
    );
    await call(mock, cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: '39ecf51e-2f81-4dc5-90ee-ff86125be683' }));
  });
  for (const open of [
    'ZSTP2018013076546767654695203625',
    '731be7f204a962b0486a9b64ea3050ae',
    '39ecf51e-2f81-4dc5-90ee-ff86125be683',
  ])
    expect(seen).toContain(open);
});

describe('the masks', () => {
  test.each([
    ['330103199001011233', '330*************33'],
    ['33010319900101123X', '330*************3X'],
    ['33010319900101123x', '330*************3x'],
    ['330103900101123', '330**********23'],
    ['身份证330103199001011233号', '身份证330*************33号'],
    ['id_330103199001011233', 'id_330*************33'],
    ['ID330103199001011233', 'ID330*************33'],
    ['330103 19900101 1233', '330*** ******** **33'],
    ['330103-1990-01-01-123X', '330***-****-**-**-**3X'],
    ['3 3 0 1 0 3 1 9 9 0 0 1 0 1 1 2 3 3', '3 3 0 * * * * * * * * * * * * * 3 3'],
    ['330103　－　19900101　1233', '330***　－　********　**33'],
    ['３３０１０３１９９００１０１１２３３', '３３０*************３３'],
    ['３３０１０３ １９９００１０１ １２３Ｘ', '３３０*** ******** **３Ｘ'],
    ['330103 900101 123', '330*** ****** *23'],
    ['330103199001011233 330103 19900101 1233', '330*************33 330*** ******** **33'],
    ['4 330103 19900101 1233 5', '4 330*** ******** **33 5'],
    ['order-20260102-150405-0001', 'order-20260102-150405-0001'],
    ['2026-11-29T06:17:08.123Z', '2026-11-29T06:17:08.123Z'],
    ['2026-11-29 06:17:08 2026-11-30 06:17:08', '2026-11-29 06:17:08 2026-11-30 06:17:08'],
    ['39ecf51e-2f81-4dc5-90ee-ff86125be683', '39ecf51e-2f81-4dc5-90ee-ff86125be683'],
    ['1700000000000', '1700000000000'],
    ['1700000000000000000', '1700000000000000000'],
    ['', ''],
  ])('text %s', (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  test.each([
    '"a":"'.repeat(2_000_000),
    '"a":"\\\\'.repeat(1_000_000),
    'A'.repeat(8_000_000),
    '1'.repeat(8_000_000),
    '1 '.repeat(4_000_000),
    '1 - '.repeat(2_000_000),
    '１'.repeat(8_000_000),
    'oss://a:'.repeat(900_000),
  ])('eight megabytes of anything are shown short (%#)', (value) => {
    expect(maskParam('Any', value).length).toBeLessThan(300);
  });
});

describe('a number that may be a real person’s', () => {
  const warned = async (work: (mock: CloudauthMock) => Promise<unknown>) => {
    const warn = vi.fn();
    await using mock = createCloudauthMock({}, { call() {}, crash() {}, info() {}, warn });
    await work(mock);
    return warn.mock.calls.map(([message]) => message as string);
  };
  const init = (mock: CloudauthMock, certNumber: string) =>
    call(mock, faceVerify({ method: 'init', name: '张三', certNumber, metainfo: '{}' }));

  test('is accepted, and warned about once, without being named', async () => {
    const codes: number[] = [];
    const messages = await warned(async (mock) => {
      for (let n = 0; n < 3; n++) codes.push((await init(mock, NUMBER)).json.Code);
    });
    expect([codes, messages.length]).toEqual([[200, 200, 200], 1]);
    expect(messages[0]).toMatch(/may be a real person’s.*test identities.*cloudauth-mock identities/);
    expect(messages[0]).not.toContain('330');
  });

  test.each<[string, (mock: CloudauthMock) => Promise<unknown>]>([
    ['Binding', (mock) => openTask(mock, 'RPBasic', 't', { Binding: BINDING })],
    [
      'a material',
      async (mock) =>
        call(
          mock,
          cloudauth2017('SubmitMaterials', {
            VerifyToken: await openTask(mock),
            ...materialParams({ IdentificationNumber: NUMBER }),
          }),
        ),
    ],
    ['match', (mock) => call(mock, faceVerify({ method: 'match', name: 'a', certNumber: NUMBER, imgbase64: 'x' }))],
  ])('is noticed in %s', async (_title, work) => {
    expect((await warned(work)).length).toBe(1);
  });

  test.each(['990000199003070013', '330103xxxxxxxxxxxx', '123', '', '103103199001011233', '843103199001011233'])(
    '%s is none',
    async (number) => {
      expect(await warned((mock) => init(mock, number))).toEqual([]);
    },
  );
});

test('the canonical request that an answer repeats is masked: its query, and headers that hold a credential', () => {
  const canonical = `GET\n/\nTicketId=${NUMBER}&VerifyToken=${'a'.repeat(32)}\nhost:here\nx-acs-security-token:secret-token\n`;
  const answer = JSON.stringify({ Message: `server CanonicalRequest is [${canonical}]` });
  expect(JSON.parse(maskAnswer(answer)).Message).toBe(
    'server CanonicalRequest is [GET\n/\nTicketId=330*************33&VerifyToken=…\nhost:here\nx-acs-security-token:…\n]',
  );
});
