/** The contract, checked operation by operation against the documented examples: registry × fixtures × formats. */
import { describe, expect, test } from 'vitest';
import type { ErrorRow } from '../../src/gateway/errors.js';
import { commandedError, legalCodes } from '../../src/gateway/legal-codes.js';
import { createCloudauthMock, type MockOptions } from '../../src/index.js';
import { callExample, callWith, cases, exampleParams, fixture, jsonShape, xmlShape } from '../support/fixtures.js';

const mockOf = (options: MockOptions = {}) => createCloudauthMock({ sdkBuild: 'immediate', ...options });
const xmlAsked = { common: { Format: 'xml' } };

describe.each(cases)('$title', (one) => {
  const { version, operation } = one;
  const isSaf = version.product === 'saf';

  test('JSON: every field of the documented example, nothing else, in its order', async () => {
    await using mock = mockOf();
    const reply = await callExample(mock, one);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('application/json;charset=utf-8');
    expect(jsonShape(reply.json)).toEqual(jsonShape(JSON.parse(fixture(one, 'response.json'))));
  });

  test('XML: every element and attribute of the documented example, nothing else, in its order', async () => {
    await using mock = mockOf();
    const params = await exampleParams(mock, one);
    const reply = await callWith(mock, one, params, xmlAsked);
    expect(reply.headers.get('content-type')).toBe('text/xml;charset=utf-8');
    expect(reply.text).toMatch(/^<\?xml version='1\.0' encoding='UTF-8'\?><\w+Response>[^\n]*$/);
    expect(xmlShape(reply.text)).toEqual(xmlShape(fixture(one, 'response.xml')));
  });

  test('the body’s RequestId is the header’s, an upper-case UUID', async () => {
    await using mock = mockOf();
    const reply = await callExample(mock, one);
    expect(reply.json.RequestId).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    expect(reply.headers.get('x-acs-request-id')).toBe(reply.json.RequestId);
  });

  test(`no Format means ${version.defaultFormat}`, async () => {
    await using mock = mockOf();
    const params = await exampleParams(mock, one);
    const reply = await callWith(mock, one, params, { common: { Format: undefined } });
    expect(reply.text.startsWith('<?xml')).toBe(version.defaultFormat === 'XML');
  });

  const params = operation.params as Record<string, { required?: boolean; missing?: string }>;
  const required = Object.keys(params).filter((name) => params[name]!.required);
  test.each(required)('%s absent and %s empty answer the same documented error', async (name) => {
    await using mock = mockOf();
    const { [name]: _left, ...rest } = await exampleParams(mock, one);
    const errors = operation.errors as Record<string, ErrorRow & { code?: number }>;
    const row = errors[params[name]!.missing ?? 'InvalidParam.ParamMissing'];
    const codes = [];
    for (const without of [rest, { ...rest, [name]: '' }]) {
      const reply = await callWith(mock, one, without);
      expect(reply.status).toBe(row?.status ?? 400);
      codes.push(reply.json.Code);
    }
    const code = isSaf ? row!.code : row ? 'InvalidParam.ParamMissing' : `Missing${name}`;
    expect(codes).toEqual([code, code]);
  });

  const rows = [...legalCodes(version, operation)];
  test.each(rows)('%s can be ordered, in JSON and in XML, with its status, words and keys', async (code, row) => {
    await using mock = mockOf();
    const params = await exampleParams(mock, one);
    mock.failNext(one.title, code);
    mock.failNext(one.title, code);
    const reply = await callWith(mock, one, params);
    const xml = await callWith(mock, one, params, xmlAsked);
    const { message } = commandedError(code, row);
    expect([reply.status, xml.status]).toEqual([row.status, row.status]);
    expect(reply.json).toMatchObject({ Message: message, Code: 'code' in row ? row.code : code });
    expect(Object.keys(reply.json).sort()).toEqual(
      [...new Set(xmlShape(xml.text).map((path) => path.split('/')[2]))].filter(Boolean).sort(),
    );
    if (!('code' in row)) expect(xml.text.slice(38)).toMatch(new RegExp(`^<${version.errorRoot}><RequestId>`));
  });

  test('an ordered failure leaves the next call alone', async () => {
    await using mock = mockOf();
    const params = await exampleParams(mock, one);
    mock.failNext(one.title, 'Throttling.User');
    await callWith(mock, one, params);
    const reply = await callWith(mock, one, params);
    expect(reply.status).toBe(200);
  });

  test.each(['GET', 'POST'] as const)('%s is taken or refused as the page says', async (method) => {
    await using mock = mockOf();
    const params = await exampleParams(mock, one);
    const reply = await callWith(mock, one, params, { method });
    expect(reply.json.Code === 'UnsupportedHTTPMethod').toBe(!operation.methods.includes(method));
  });

  test('--methods any takes GET and POST', async () => {
    await using mock = mockOf({ methods: 'any' });
    const params = { ...(await exampleParams(mock, one)), 'Material.2.Value': 'https://example.com/face.jpg' };
    const reply = await callWith(mock, one, params, { method: 'GET' });
    expect(reply.status).toBe(200);
  });

  test('every declared response field is in the fixture, or is another version’s or optional', () => {
    type Declared = { versions?: string[]; optional?: boolean };
    const inVersion = ({ versions, optional }: Declared) => !optional && (versions?.includes(version.version) ?? true);
    const declared = Object.entries(operation.response as Record<string, Declared>).filter(([, field]) =>
      inVersion(field),
    );
    const example = fixture(one, 'response.json');
    expect(declared.map(([name]) => name).filter((name) => !example.includes(name))).toEqual([]);
  });
});
