/** `--errors`: documents 000 and 002 print one error, UnsupportedOperation; the live gateway's replies were recorded. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock, type MockOptions } from '../../src/index.js';
import { call, cloudauth2017, cloudauth2019, faceVerify } from '../support/call.js';
import { acs3Call } from '../support/wrong-client.js';

const PRINTED = ['RequestId', 'HostId', 'Code', 'Message'];
const RECORDED = ['Recommend', 'Message', 'RequestId', 'HostId', 'Code'];
const DOUBLE = '<?xml version="1.0" encoding="UTF-8"?>';
const SINGLE = "<?xml version='1.0' encoding='UTF-8'?>";
const stranger = { accessKeyId: 'nobody' };
const sentWith = (
  Version: string,
  Action: string,
  Format: string,
  options: MockOptions = {},
  caller: object = stranger,
) => call(createCloudauthMock(options), { Version, Action, Format }, caller);
const names = (xml: string) => [...xml.matchAll(/<(\w+)>(?!<\w)/g)].map(([, name]) => name);

const CLOUDAUTH = [
  ['2017-11-17', 'GetStatus', 'Error'],
  ['2017-09-12', 'GetStatus', 'Error'],
  ['2018-09-16', 'GetStatus', 'Error'],
  ['2019-03-07', 'DescribeOssUploadToken', 'ErrorResponse'],
] as const;

describe('as the documents print them, which is the default', () => {
  test.each(CLOUDAUTH)('%s: RequestId, HostId, Code, Message, and no Recommend', async (version, action) => {
    const { status, json } = await sentWith(version, action, 'JSON');
    expect([status, Object.keys(json)]).toEqual([404, PRINTED]);
    expect(json).toMatchObject({ HostId: 'cloudauth.aliyuncs.com', Code: 'InvalidAccessKeyId.NotFound' });
  });

  test.each(CLOUDAUTH)('%s: the same in XML, behind a prolog in double quotes', async (version, action, root) => {
    const { text } = await sentWith(version, action, 'XML');
    expect(text.startsWith(`${DOUBLE}<${root}><RequestId>`)).toBe(true);
    expect(names(text)).toEqual(PRINTED);
  });

  test('an ACS3 call gets the same fields', async () => {
    const { method, url, headers, body } = acs3Call([], stranger);
    const reply = await createCloudauthMock().fetch(new Request(url, { method, headers, body }));
    expect(Object.keys((await reply.json()) as object)).toEqual(PRINTED);
  });

  test.each(CLOUDAUTH)('%s: an unknown Action is 400 UnsupportedOperation', async (version) => {
    const { status, json } = await sentWith(version, 'Nope', 'JSON', {}, {});
    expect([status, json]).toEqual([
      400,
      {
        RequestId: expect.any(String),
        HostId: 'cloudauth.aliyuncs.com',
        Code: 'UnsupportedOperation',
        Message: 'The specified action is not supported.',
      },
    ]);
  });

  test('an error of the operation’s own table has the same prolog', async () => {
    const { text } = await call(
      createCloudauthMock(),
      cloudauth2017('GetVerifyToken', { Biz: 'Nope', TicketId: 't', Format: 'XML' }),
    );
    expect(text.startsWith(`${DOUBLE}<Error>`)).toBe(true);
  });
});

describe('as they were recorded, with --errors gateway', () => {
  const errors = 'gateway';

  test.each(CLOUDAUTH)('%s: Recommend leads in JSON', async (version, action) => {
    const { json } = await sentWith(version, action, 'JSON', { errors });
    expect(Object.keys(json)).toEqual(RECORDED);
    expect(json.Recommend).toBe(
      'https://error-center.aliyun.com/status/search?Keyword=InvalidAccessKeyId.NotFound&source=PopGw',
    );
  });

  test.each(CLOUDAUTH)('%s: Recommend ends in XML, behind a prolog in single quotes', async (version, action, root) => {
    const { text } = await sentWith(version, action, 'XML', { errors });
    expect(text.startsWith(`${SINGLE}<${root}><RequestId>`)).toBe(true);
    expect(text).toContain('</Message><Recommend><![CDATA[https://error-center.aliyun.com/');
  });

  test.each(CLOUDAUTH)('%s: an unknown Action is 404 InvalidAction.NotFound', async (version) => {
    const { status, json } = await sentWith(version, 'Nope', 'JSON', { errors }, {});
    expect([status, json.Code]).toEqual([404, 'InvalidAction.NotFound']);
  });
});

describe.each(['documents', 'gateway'] as const)(
  'SAF, whose documents print no such error, with --errors %s',
  (errors) => {
    test('answers as recorded', async () => {
      const { json } = await call(createCloudauthMock({ errors }), faceVerify({ method: 'init' }), stranger);
      expect(Object.keys(json)).toEqual(RECORDED);
    });

    test('knows no other Action than its own', async () => {
      const { status, json } = await sentWith('2017-03-31', 'Nope', 'JSON', { errors }, {});
      expect([status, json.Code]).toEqual([404, 'InvalidAction.NotFound']);
    });
  },
);

test.each([
  [cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 't' }), SINGLE],
  [cloudauth2019('DescribeOssUploadToken'), DOUBLE],
  [faceVerify({ method: 'init', name: 'a', certNumber: 'b', metainfo: '{}' }), SINGLE],
])('a success of $Version keeps the prolog its own document prints', async (params, prolog) => {
  const { status, text } = await call(createCloudauthMock({ errors: 'documents' }), { ...params, Format: 'XML' });
  expect([status, text.startsWith(prolog)]).toEqual([200, true]);
});

test.each([
  ['seed', 'UnsupportedOperation'],
  ['popgw', 'InvalidAction.NotFound'],
] as const)('the former option unknownAction: %s is still read', async (unknownAction, code) => {
  expect((await sentWith('2019-03-07', 'Nope', 'JSON', { unknownAction }, {})).json.Code).toBe(code);
});
