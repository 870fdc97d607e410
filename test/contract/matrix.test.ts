/**
 * The contract, checked operation by operation against the documented examples: registry × fixtures × formats. Error rows
 * that several operations of a version share are checked at the first of them.
 */
import { describe, expect, test } from 'vitest';
import type { ErrorRow, ErrorTable } from '../../src/gateway/errors.js';
import { commandedError, legalCodes } from '../../src/gateway/legal-codes.js';
import { createCloudauthMock, type ErrorCode, type MockOptions } from '../../src/index.js';
import type { SafRow } from '../../src/products/saf/codes.js';
import {
  type Case,
  callExample,
  callWith,
  cases,
  exampleParams,
  fixture,
  jsonShape,
  xmlFixture,
  xmlShape,
} from '../support/fixtures.js';

const mockOf = (options: MockOptions = {}) => createCloudauthMock({ sdkBuild: 'immediate', ...options });
const xmlAsked = { common: { Format: 'xml' } };
/** What the caller reads in `Code`. */
const inBody = (code: string, row: ErrorRow): string | number => ('code' in row ? (row as SafRow).code : code);

describe.each(cases)('$title', (one) => {
  const { version, operation } = one;

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
    expect(reply.text).toMatch(/^<\?xml version=(['"])1\.0\1 encoding=\1UTF-8\1\?><\w+Response>[^\n]*$/);
    expect(xmlShape(reply.text)).toEqual(xmlFixture(one));
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
    const code = params[name]!.missing ?? 'InvalidParam.ParamMissing';
    const row = (operation.errors as ErrorTable)[code];
    const codes = [];
    for (const without of [rest, { ...rest, [name]: '' }]) {
      const reply = await callWith(mock, one, without);
      expect(reply.status).toBe(row?.status ?? 400);
      codes.push(reply.json.Code);
    }
    const said = row ? inBody(code, row) : `Missing${name}`;
    expect(codes).toEqual([said, said]);
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

/** `{ParameterName} is mandatory …` is one row, whichever parameter its code names. */
const namesParam = ({ message }: ErrorRow): boolean => message.includes('{ParameterName}');

/** Each row of the version's tables once (code, status, words), with an operation that documents it. */
function distinctRows(own: readonly Case[]): [code: string, at: string, row: ErrorRow, one: Case][] {
  const rows = new Map<string, [string, string, ErrorRow, Case]>();
  for (const one of own) {
    for (const [code, row] of legalCodes(one.version, one.operation)) {
      const key = JSON.stringify([namesParam(row) ? '' : code, row.status, row.message]);
      if (!rows.has(key)) rows.set(key, [code, one.operation.name, row, one]);
    }
  }
  return [...rows.values()];
}

describe.each([...new Set(cases.map(({ version }) => version))])('$product $version', (version) => {
  const own = cases.filter((one) => one.version === version);

  test.each(distinctRows(own))(
    '%s can be ordered of %s, in JSON and in XML, with its status, words and keys',
    async (code, _at, row, one) => {
      await using mock = mockOf();
      const params = await exampleParams(mock, one);
      mock.failNext(one.title, code as ErrorCode);
      mock.failNext(one.title, code as ErrorCode);
      const reply = await callWith(mock, one, params);
      const xml = await callWith(mock, one, params, xmlAsked);
      const { message } = commandedError(code, row);
      expect([reply.status, xml.status]).toEqual([row.status, row.status]);
      expect(reply.json).toMatchObject({ Message: message, Code: inBody(code, row) });
      expect(Object.keys(reply.json).sort()).toEqual(
        [...new Set(xmlShape(xml.text).map((path) => path.split('/')[2]))].filter(Boolean).sort(),
      );
      if (row.status !== 200) expect(xml.text.slice(38)).toMatch(new RegExp(`^<${version.errorRoot}><RequestId>`));
    },
  );

  test('every parameter of every operation can be the one that is missing or wrong', async () => {
    await using mock = mockOf();
    for (const one of own) {
      const params = await exampleParams(mock, one);
      for (const [code, row] of [...legalCodes(version, one.operation)].filter(([, row]) => namesParam(row))) {
        mock.failNext(one.title, code as ErrorCode);
        const { status, json } = await callWith(mock, one, params);
        expect([status, json.Code, json.Message]).toEqual([row.status, code, commandedError(code, row).message]);
      }
    }
  });
});
