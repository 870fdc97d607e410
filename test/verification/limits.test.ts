/** Which failures count towards --failure-limit, and for how long. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock, type MockOptions } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { startH5 } from '../support/saf.js';
import { init, query } from '../support/scenario.js';

type Mock = ReturnType<typeof createCloudauthMock>;
const LIMIT: MockOptions = { failureLimit: 2 };
const DAY = 86_400_000;

/** Ends `times` sessions, and says what the next init answers. */
async function afterwards(mock: Mock, end: (id: string, ids: object) => Promise<unknown>, more = {}): Promise<number> {
  for (let n = 0; n < 3; n++) {
    const { Data } = await init(mock, more);
    await end(Data.queryId!, Data);
  }
  return (await init(mock, more)).Code;
}

describe('what a tester orders does not count', () => {
  test('a rule', async () => {
    await using mock = createCloudauthMock(LIMIT);
    await mock.scenarios.add({ rules: [{ on: 'face_verify.query', then: { outcome: 'fail' } }] });
    expect(await afterwards(mock, (_id, ids) => query(mock, ids))).toBe(200);
  });

  test('a magic value', async () => {
    await using mock = createCloudauthMock(LIMIT);
    expect(await afterwards(mock, (_id, ids) => query(mock, ids), { name: '测试不通过' })).toBe(200);
  });

  test('the phone', async () => {
    await using mock = createCloudauthMock(LIMIT);
    const press = async () => {
      const page = await (await mock.fetch(new Request(`${mock.url}/_mock/phone`))).text();
      const [, id = ''] = /name="id" value="([^"]+)"/.exec(page) ?? [];
      const body = new URLSearchParams({ id, end: 'fail', reason: 'Z1146' });
      expect((await mock.fetch(new Request(`${mock.url}/_mock/phone`, { method: 'POST', body }))).status).toBe(303);
    };
    expect(await afterwards(mock, press)).toBe(200);
  });

  test('the controls of the page', async () => {
    await using mock = createCloudauthMock(LIMIT);
    const codes = [];
    for (let n = 0; n < 4; n++) {
      const { url, zimId } = await startH5(mock);
      codes.push(zimId !== undefined);
      await mock.fetch(new Request(`${url}&auto=fail`));
    }
    expect([codes, (await init(mock)).Code]).toEqual([[true, true, true, true], 200]);
  });

  test('the control side, when it says so', async () => {
    await using mock = createCloudauthMock(LIMIT);
    const end = (id: string) => admin(mock, `POST /verifications/${id}/fail`, { body: { counts: false } });
    expect(await afterwards(mock, end)).toBe(200);
  });

  test('the programmatic API, when it says so', async () => {
    await using mock = createCloudauthMock(LIMIT);
    expect(await afterwards(mock, (id) => mock.verifications.fail(id, 'Z1146', { counts: false }))).toBe(200);
  });
});

describe('what counts', () => {
  test('a failure a rule says counts', async () => {
    await using mock = createCloudauthMock(LIMIT);
    const then = { outcome: 'fail:Z1146', counts: true } as const;
    await mock.scenarios.add({ rules: [{ on: 'face_verify.query', times: 2, then }] });
    const codes = [];
    for (let n = 0; n < 2; n++) codes.push((await query(mock, (await init(mock)).Data)).Code);
    expect([codes, (await init(mock)).Code]).toEqual([[500, 500], 540]);
  });

  test('counts without a failure is refused', async () => {
    await using mock = createCloudauthMock();
    const rules = [{ on: 'face_verify.query', then: { outcome: 'pass', counts: true } }] as const;
    await expect(mock.scenarios.add({ rules })).rejects.toThrow('counts needs outcome: fail');
  });

  test('a failure ended by hand, as a real one would', async () => {
    await using mock = createCloudauthMock(LIMIT);
    for (let n = 0; n < 2; n++) await mock.verifications.fail((await init(mock)).Data.queryId!);
    expect((await init(mock)).Code).toBe(540);
  });
});

test.each([
  ['exactly', 0, 540],
  ['a millisecond more than', 1, 200],
])('a failure %s 24 h ago', async (_title, more, code) => {
  await using mock = createCloudauthMock({ failureLimit: 1 });
  await mock.clock.freeze();
  await mock.verifications.fail((await init(mock)).Data.queryId!);
  await mock.clock.advance(DAY + more);
  expect((await init(mock)).Code).toBe(code);
});
