/** The log for people: colours where a terminal shows them, and nothing of them elsewhere. */
import { expect, test } from 'vitest';
import { readerOf } from '../../src/cli/reader.js';
import { createCloudauthMock } from '../../src/emulator/create-mock.js';
import { createLog, type LogEntry, silentLog } from '../../src/platform/log.js';
import { init } from '../support/face.js';
import { oss, stsOf } from '../support/oss.js';

const ENTRY: LogEntry = {
  status: 200,
  operation: 'cloudauth/2017-11-17/GetStatus',
  account: 'default',
  subject: 'TicketId=order-1',
  requestId: '8FC3D6AC-9FED-4311-8DA7-C4BF47D9F260',
  journal: 7,
  ms: 0.5,
  hints: [{ en: 'Said.', zh: '已说明。' }],
};

async function logged(entry: Partial<LogEntry>, colour: boolean): Promise<string> {
  const written: string[] = [];
  createLog('pretty', (text) => written.push(text), Date.now, { lang: 'en', colour }).call({ ...ENTRY, ...entry });
  await new Promise(setImmediate);
  return written.join('');
}

test.each([
  [200, 32],
  [302, 32],
  [404, 33],
  [500, 31],
])('on a terminal %i has colour %i, time and ids are grey', async (status, colour) => {
  const line = await logged({ status }, true);
  const grey = String.raw`\u001b\[90m`;
  const off = String.raw`\u001b\[39m`;
  expect(line).toMatch(new RegExp(`^${grey}[\\d:.]{12}${off} \\u001b\\[${colour}m${status}${off} .*${grey}#7 8FC3`));
});

test('elsewhere there is no escape', async () => {
  expect(await logged({}, false)).toMatch(
    /^\d\d:\d\d:\d\d\.\d{3} 200 cloudauth\/2017-11-17\/GetStatus {2}default {2}TicketId=order-1 {2}0\.5 ms #7 8FC3D6AC-9FED-4311-8DA7-C4BF47D9F260 {2}Said\.\n$/,
  );
});

test.each([true, false])('what a caller chose brings no escape of its own, colours or not: %s', async (colour) => {
  const line = await logged({ subject: 'TicketId=\u001b[2J\n200 forged', account: 'a\u001b]0;x' }, colour);
  expect([line.split('\n').length, /\u001b(?!\[\d\dm)/.test(line)]).toEqual([2, false]);
});

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: '1' }, true, false],
  [{ NO_COLOR: '' }, true, true],
  [{ TERM: 'dumb' }, true, false],
])('with %j and a terminal %s, colours are %s', (env, isTerminal, colour) => {
  expect(readerOf(env, isTerminal).colour).toBe(colour);
});

test('of an upload the JSON log holds what it holds of every call: no header, and nothing that was sent or answered', async () => {
  const written: string[] = [];
  await using mock = createCloudauthMock(
    {},
    createLog('json', (text) => written.push(text), Date.now),
  );
  const sts = await stsOf(mock);
  await oss(mock, sts, 'PUT', `${sts.path}a`, { body: 'content' });
  await oss(mock, sts, 'GET', `${sts.path}a`);
  await oss(mock, sts, 'GET', `${sts.path}missing`);
  await new Promise(setImmediate);
  const [, ...lines] = written
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const always = ['account', 'hints', 'level', 'ms', 'operation', 'requestId', 'status', 'time'];
  expect(lines.map((line) => Object.keys(line).sort())).toEqual([
    always,
    always,
    ['account', 'code', ...always.slice(1)],
  ]);
});

test.each([
  [{ OuterOrderNo: 'order-7' }, 'OuterOrderNo=order-7'],
  [{ OuterOrderNo: undefined, CertName: '欧阳测试', CertNo: '990000199003070013' }, '欧*** 990*************13'],
])('a call of the current family says what it is about: %j', async (changes, subject) => {
  const entries: LogEntry[] = [];
  await using mock = createCloudauthMock({}, { ...silentLog, silent: undefined, call: (entry) => entries.push(entry) });
  await init(mock, changes);
  expect(entries[0]!.subject).toBe(subject);
});
