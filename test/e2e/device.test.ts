/** `cloudauth-mock device`, called as the CLI calls it, against an emulator that listens. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.js';
import type { CloudauthMock } from '../../src/index.js';
import { call, cloudauth2017 } from '../support/call.js';
import { certifyId } from '../support/face.js';
import { pageUrl } from '../support/h5.js';
import { freePort } from '../support/raw.js';
import { bySocket, init } from '../support/scenario.js';
import { listening } from '../support/sdk.js';
import { getStatus } from '../support/tasks.js';

let mock: CloudauthMock;
beforeAll(async () => {
  mock = await listening({ device: 'manual' });
});
beforeEach(() => mock.reset());
afterAll(() => mock.close());

async function device(...words: string[]): Promise<{ code: number | undefined; out: string; err: string }> {
  const said = { out: [] as string[], err: [] as string[] };
  const streams = { out: (text: string) => void said.out.push(text), err: (text: string) => void said.err.push(text) };
  const place = words.includes('--url') ? [] : ['--url', mock.url];
  const code = await run(['device', ...words, ...place], {}, streams);
  return { code, out: said.out.join(''), err: said.err.join('') };
}
const session = async () => (await init(bySocket(mock))).Data as { queryId: string; bizId: string };

test('without an id it lists what is open', async () => {
  const { queryId, bizId } = await session();
  const { code, out } = await device();
  expect([code, out.split('\n')[0]?.split(/\s+/), out.includes(queryId), out.includes(bizId)]).toEqual([
    0,
    ['ID', 'PRODUCT', 'STARTED', 'DETAIL'],
    true,
    true,
  ]);
});

test('with nothing open it says so', async () => {
  expect(await device()).toMatchObject({ code: 0, out: expect.stringMatching(/^nothing is under way/) });
});

test('--json lists the same for a program', async () => {
  const { queryId } = await session();
  expect(JSON.parse((await device('--json')).out)).toMatchObject([{ id: queryId, product: 'saf', status: 'open' }]);
});

describe.each([
  ['--pass', '1000', 'AUDIT_PASS'],
  ['--fail', '2006', 'AUDIT_FAIL'],
  ['--quit', '1003', 'AUDIT_NOT'],
  ['--expire', '1001', 'AUDIT_EXCEPTION'],
])('%s', (flag, saf, cloudauth) => {
  test(`a SAF session reports ${saf}`, async () => {
    const { queryId } = await session();
    const end = flag.slice(2);
    expect(await device(queryId, flag)).toEqual({
      code: 0,
      out: `${queryId} ${end}: the client SDK reports ${saf}\n`,
      err: '',
    });
  });

  test(`a task reports ${cloudauth}`, async () => {
    await pageUrl(bySocket(mock));
    expect(JSON.parse((await device('ticket', flag, '--json')).out)).toEqual({
      id: 'ticket',
      end: flag.slice(2),
      callback: cloudauth,
    });
  });
});

test('a CertifyId reports the code of the app SDK, and its reason', async () => {
  const id = await certifyId(bySocket(mock));
  expect(JSON.parse((await device(id, '--fail', '205', '--json')).out)).toEqual({
    ...{ id, end: 'fail', reason: '205' },
    ...{ callback: '2006', callbackReason: 'Z5128' },
  });
});

test('a bizId names its session', async () => {
  const { bizId } = await session();
  expect((await device(bizId, '--pass')).out).toBe(`${bizId} pass: the client SDK reports 1000\n`);
});

test('--fail takes the reason', async () => {
  const { queryId } = await session();
  await device(queryId, '--fail', 'Z8302');
  expect((await mock.verifications.list())[0]?.detail).toContain('Z8302');
});

test.each([
  ['a reason no query documents', ['Z0000'], 'documents no error'],
  ['an end it had before', [], 'has ended already'],
])('%s is refused with exit code 1', async (_what, words, message) => {
  const { queryId } = await session();
  if (words.length === 0) await mock.verifications.pass(queryId);
  expect(await device(queryId, '--fail', ...words)).toMatchObject({ code: 1, err: expect.stringContaining(message) });
});

test('nobody there is exit code 1', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  expect(await device('--url', url)).toMatchObject({ code: 1, err: expect.stringContaining(`no answer from ${url}`) });
});

test('somebody else who answers there is exit code 1', async () => {
  const stranger = createServer((_, response) => response.end('{"product":"saf"}'));
  await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  const said = [await device('x', '--pass', '--url', url), await device('--url', url)];
  stranger.close();
  expect(said).toEqual(
    said.map(() => ({ code: 1, out: '', err: expect.stringContaining(`${url} is no cloudauth-mock`) })),
  );
});

test('--account is whose verification it is', async () => {
  const params = cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 'theirs' });
  await call(bySocket(mock), params, { accessKeyId: 'LTAImockOther' });
  const [ours, theirs] = [
    await device('theirs', '--pass'),
    await device('theirs', '--pass', '--account', 'LTAImockOther'),
  ];
  expect([ours.code, theirs.code]).toEqual([1, 0]);
});

test('--admin-token is shown to an emulator that asks for it', async () => {
  await using guarded = await listening({ adminToken: 'secret' });
  const place = ['--url', guarded.url];
  const [without, withIt] = [await device(...place), await device(...place, '--admin-token', 'secret')];
  expect([without.code, withIt.code]).toEqual([1, 0]);
});

test('a code of SAF fails a task in the usual words', async () => {
  await pageUrl(bySocket(mock));
  await device('ticket', '--fail', 'Z1146');
  const { Data } = (await getStatus(bySocket(mock), 'RPBasic')).json;
  expect(Data).toMatchObject({ StatusCode: 2, AuditConclusions: '身份证照片模糊，光线问题造成字体无法识别' });
});

test('a task that was left says so in the list', async () => {
  await pageUrl(bySocket(mock));
  await device('ticket', '--quit');
  expect((await device()).out).toMatch(/RPBasic, left\n/);
});

test('a session that has ended does not expire', async () => {
  const { queryId } = await session();
  await device(queryId, '--pass');
  expect(await device(queryId, '--expire')).toMatchObject({
    code: 1,
    err: expect.stringContaining('has ended already'),
  });
});

test.each([
  ['an empty id', ['', '--pass']],
  ['an empty --url', ['x', '--pass', '--url', '']],
  ['an id without an end', ['x']],
  ['an end without an id', ['--pass']],
  ['two ends', ['x', '--pass', '--quit']],
  ['a reason for passing', ['x', 'Z1146', '--pass']],
  ['a third word', ['x', 'Z1146', 'y', '--fail']],
])('%s is wrong usage', async (_what, words) => {
  await expect(device(...words)).rejects.toMatchObject({ name: 'OptionError' });
});
