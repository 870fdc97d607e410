import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { ossError, renderOssError } from '../../src/oss/errors.js';

const ID = '66F10B88708A5D313649AD20';
const HOST = 'bucket.oss-cn-hangzhou.aliyuncs.com';

test('an error has the printed elements in the printed order', () => {
  const error = ossError('RequestTimeTooSkewed', {
    MaxAllowedSkewMilliseconds: '900000',
    RequestTime: '2024-09-22T06:32:38.000Z',
    ServerTime: '2024-09-23T06:32:40.000Z',
  });
  expect(String(renderOssError(error, ID, HOST, 'PUT').body)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<Error>
  <Code>RequestTimeTooSkewed</Code>
  <Message>The difference between the request time and the current time is too large.</Message>
  <RequestId>66F10B88708A5D313649AD20</RequestId>
  <HostId>bucket.oss-cn-hangzhou.aliyuncs.com</HostId>
  <MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>
  <RequestTime>2024-09-22T06:32:38.000Z</RequestTime>
  <ServerTime>2024-09-23T06:32:40.000Z</ServerTime>
  <EC>0002-00000504</EC>
  <RecommendDoc>https://api.aliyun.com/troubleshoot?q=0002-00000504</RecommendDoc>
</Error>
`);
});

test('status and headers are those of the error', () => {
  const { status, headers, body } = renderOssError(ossError('NoSuchKey', { Key: 'a' }), ID, HOST, 'GET');
  expect([status, headers]).toEqual([
    404,
    {
      'content-type': 'application/xml',
      'x-oss-request-id': ID,
      'x-oss-server-time': '0',
      'x-oss-ec': '0026-00000001',
      'content-length': String(body!.length),
    },
  ]);
});

test('the answer to HEAD has the XML in a header and no body', () => {
  const error = ossError('NoSuchKey');
  const { body, headers } = renderOssError(error, ID, HOST, 'HEAD');
  const xml = Buffer.from(headers['x-oss-err']!, 'base64');
  expect([body, xml.equals(renderOssError(error, ID, HOST, 'GET').body!)]).toEqual([undefined, true]);
});

test('words of its own take the table’s number away', () => {
  expect([ossError('AccessDenied').ec, ossError('AccessDenied', {}, 'Request has expired.').ec]).toEqual([
    '0003-00000001',
    undefined,
  ]);
});

test('without a number there is no EC', () => {
  const { body, headers } = renderOssError(ossError('MalformedXML'), ID, HOST, 'GET');
  expect([String(body), Object.keys(headers)]).toEqual([
    expect.not.stringMatching(/EC>|RecommendDoc/),
    expect.not.arrayContaining(['x-oss-ec']),
  ]);
});

test('a hint is not part of the answer', () => {
  const { body } = renderOssError(ossError('AccessDenied', {}, undefined, 'oss-unsigned'), ID, HOST, 'GET');
  expect(String(body)).not.toMatch(/oss-unsigned|is not signed/);
});

test.each([`a<b>&"c'`, 'a\r\nb', '证\u{1f600}'])('%j comes out of the XML as it went in', (text) => {
  const xml = String(renderOssError(ossError('NoSuchKey', { Key: text }), ID, HOST, 'GET').body);
  expect(new XMLParser({ trimValues: false }).parse(xml).Error.Key.replaceAll('&#13;', '\r')).toBe(text);
});

test.each(['\0', '\u0008', '\u001f', '\uffff', '\ud800', '\udc00x'])(
  '%j, which XML cannot hold, is replaced',
  (text) => {
    const xml = String(renderOssError(ossError('NoSuchKey', { Key: `a${text}` }), ID, HOST, 'GET').body);
    expect([XMLValidator.validate(xml), xml]).toEqual([true, expect.stringContaining('<Key>a\ufffd')]);
  },
);
