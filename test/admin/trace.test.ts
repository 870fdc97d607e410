/** `traceparent` of a call: its trace id is in the log, in the journal and in its stream, and finds the call. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock as createLogged } from '../../src/emulator/create-mock.js';
import { createCloudauthMock, type MockOptions } from '../../src/index.js';
import { createLog } from '../../src/platform/log.js';
import { admin } from '../support/admin.js';
import { call, cloudauth2017, cloudauth2019, signedParams } from '../support/call.js';
import { oss, stsOf } from '../support/oss.js';
import { request, sendRaw } from '../support/raw.js';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const OTHER = '0af7651916cd43dd8448eb211c80319c';
const from = (id: string) => ({ headers: { traceparent: `00-${id}-00f067aa0ba902b7-01` } });
const UPLOAD_TOKEN = cloudauth2019('DescribeOssUploadToken');

/** What the log says of the calls that are made. */
async function logged(form: 'pretty' | 'json', work: (mock: ReturnType<typeof createLogged>) => Promise<unknown>) {
  const written: string[] = [];
  await using mock = createLogged(
    {},
    createLog(form, (text) => written.push(text), Date.now),
  );
  await work(mock);
  await new Promise(setImmediate);
  return written.join('').trimEnd().split('\n');
}

test('the journal keeps it, of a call that was refused as well', async () => {
  await using mock = createCloudauthMock();
  await call(mock, UPLOAD_TOKEN, from(ID));
  await call(mock, UPLOAD_TOKEN, { ...from(OTHER), secret: 'wrong' });
  await call(mock, UPLOAD_TOKEN);
  expect((await mock.requests()).map(({ traceId }) => traceId)).toEqual([ID, OTHER, undefined]);
  expect((await admin(mock, '/requests/1')).json.traceId).toBe(ID);
  expect((await admin(mock, '/requests/3')).json).not.toHaveProperty('traceId');
});

test('over a socket too, and the answer says nothing of it', async () => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  const ask = (headers: Record<string, string>) =>
    sendRaw(mock.url, request(`GET /?${signedParams(UPLOAD_TOKEN, { method: 'GET' })}`, { Host: 'x', ...headers }));
  const [plain, traced] = [await ask({}), await ask({ TraceParent: from(ID).headers.traceparent })];
  expect([traced.status, Object.keys(traced.headers)]).toEqual([plain.status, Object.keys(plain.headers)]);
  expect((await mock.requests()).map(({ traceId }) => traceId)).toEqual([undefined, ID]);
});

test.each([
  ['none', ''],
  ['upper case', `00-${ID.toUpperCase()}-00f067aa0ba902b7-01`],
  ['a trace id of zeros', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`],
  ['a parent of zeros', `00-${ID}-${'0'.repeat(16)}-01`],
  ['version ff', `ff-${ID}-00f067aa0ba902b7-01`],
  ['one character less', `00-${ID}-00f067aa0ba902b7-0`],
  ['one character more', `00-${ID}-00f067aa0ba902b7-011`],
  ['another separator', `00_${ID}_00f067aa0ba902b7_01`],
  ['two of them', `00-${ID}-00f067aa0ba902b7-01, 00-${ID}-00f067aa0ba902b7-01`],
  ['much', 'a'.repeat(8000)],
])('%s is ignored without a word', async (_what, traceparent) => {
  await using mock = createCloudauthMock();
  const { status, headers } = await call(mock, UPLOAD_TOKEN, { headers: { traceparent } });
  const [entry] = await mock.requests();
  expect([status, headers.get('x-cloudauth-mock-hint'), entry!.traceId]).toEqual([200, null, undefined]);
});

test('an upload has it among the events', async () => {
  await using mock = createCloudauthMock();
  const sts = await stsOf(mock);
  await oss(mock, sts, 'PUT', `${sts.path}a`, { body: 'x', ...from(ID) });
  const text = (await admin(mock, '/events?only=kept&brief')).text;
  const [, upload] = [...text.matchAll(/^data: (.*)$/gm)].map(([, line]) => JSON.parse(line!));
  expect(upload.upload).toMatchObject({ operation: 'PutObject', traceId: ID });
});

describe('the log', () => {
  const calls = async (mock: ReturnType<typeof createLogged>) => {
    const sts = await stsOf(mock, 'order-1', from(ID));
    await oss(mock, sts, 'PUT', `${sts.path}a`, { body: 'x', ...from(OTHER) });
    await call(mock, UPLOAD_TOKEN);
  };

  test('as JSON has all of it', async () => {
    const lines = (await logged('json', calls)).map((line) => JSON.parse(line));
    expect(lines.map(({ traceId }) => traceId)).toEqual([ID, OTHER, undefined]);
  });

  test('for people has what it begins with', async () => {
    const lines = await logged('pretty', calls);
    expect(lines.map((line) => / trace:(\S+)/.exec(line)?.[1])).toEqual(['4bf92f35', '0af76519', undefined]);
  });
});

describe('?trace= finds the calls', () => {
  const found = async (trace: string) => {
    await using mock = createCloudauthMock();
    for (const id of [ID, OTHER, ID]) await call(mock, UPLOAD_TOKEN, from(id));
    await call(mock, UPLOAD_TOKEN);
    const { status, json } = await admin(mock, `/requests?trace=${trace}`);
    return status === 200 ? json.map(({ id }: { id: number }) => id) : json.error;
  };

  test.each([
    ['of one trace', ID, [1, 3]],
    ['by what the log prints of it', '0af76519', [2]],
    ['whose id is written in upper case', ID.toUpperCase(), [1, 3]],
    ['of a trace nobody has sent', 'f'.repeat(32), []],
  ])('%s', async (_what, trace, ids) => {
    expect(await found(trace)).toEqual(ids);
  });

  test.each(['4bf92f3', 'f'.repeat(33), 'order-1-and-more', ''])('and “%s” is no trace id', async (trace) => {
    expect(await found(trace)).toBe('trace must be a trace id of 32 hexadecimal digits, or at least the first 8 of it');
  });

  test('in the programmatic API as well', async () => {
    await using mock = createCloudauthMock();
    for (const id of [ID, OTHER]) await call(mock, UPLOAD_TOKEN, from(id));
    expect((await mock.requests({ trace: OTHER })).map(({ id }) => id)).toEqual([2]);
  });
});

test.each<[string, Record<string, string>, MockOptions]>([
  ['RPC', {}, {}],
  [
    'ACS3',
    { authorization: 'ACS3-HMAC-SHA256 Credential=LTAImockDefault,SignedHeaders=host,Signature=x' },
    { signature: 'off' },
  ],
])('what a tester has made again is no part of the trace: %s', async (_scheme, headers, options) => {
  await using mock = createCloudauthMock(options);
  await call(mock, cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 'order-1' }), {
    headers: { ...from(ID).headers, ...headers },
  });
  await mock.replay(1);
  expect((await mock.requests()).map(({ traceId }) => traceId)).toEqual([ID, undefined]);
});
