/** Rules of an account are its own: with a database file they are there after a restart, as everything else of it. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readOptions } from '../../src/config/options.js';
import { createLoggingMock } from '../../src/emulator/create-mock.js';
import { type CloudauthMock, createCloudauthMock, type MockOptions, type Scenario } from '../../src/index.js';
import { loadDriver } from '../../src/store/drivers/load.js';
import { startCli } from '../support/child.js';
import { codes, upload } from '../support/scenario.js';

let db: string;
beforeEach(() => {
  db = join(tmpdir(), `cloudauth-mock-${randomUUID()}.db`);
});
afterEach(async () => {
  for (const end of ['', '-wal', '-shm', '.objects', '.lock']) await rm(db + end, { recursive: true, force: true });
});

/** One life of the emulator after the other, on the same file. */
async function inTurn(...lives: ((mock: CloudauthMock) => Promise<void>)[]): Promise<void> {
  for (const live of lives) {
    await using mock = createCloudauthMock({ db } satisfies MockOptions);
    await live(mock);
  }
}
const R = 'ServiceUnavailable' as const;
const busy = (more: object = {}): Scenario => ({
  rules: [{ on: 'DescribeOssUploadToken', ...more, then: { fail: R } }],
});
const counts = async (mock: CloudauthMock) =>
  (await mock.scenarios.list()).map(({ name, matched, fired }) => [name, matched, fired]);

describe('after a restart', () => {
  test('rules are in force, in their order', async () => {
    await inTurn(
      async (mock) => {
        await mock.scenarios.add({ rules: [{ on: '*', then: { fail: R } }] });
        await mock.scenarios.add('rules: [{ on: "*", then: { fail: Throttling, delay: { p50: 1ms, p99: 2ms } } }]');
      },
      async (mock) => {
        expect(await codes(mock, 2)).toEqual([R, R]);
        expect((await mock.scenarios.list()).map(({ rule }) => rule.then)).toEqual([
          { fail: R },
          { fail: 'Throttling', delay: { p50: '1ms', p99: '2ms' } },
        ]);
      },
    );
  });

  test('a rule goes on counting where it was', async () => {
    await inTurn(
      async (mock) => {
        await mock.scenarios.add(busy({ after: 1, times: 3 }));
        expect(await codes(mock, 2)).toEqual(['ok', R]);
      },
      async (mock) => {
        expect(await counts(mock)).toEqual([['scenario-1#1', 2, 1]]);
        expect(await codes(mock, 3)).toEqual([R, R, 'ok']);
      },
      async (mock) => expect(await counts(mock)).toEqual([]),
    );
  });

  test('a rate goes on drawing where it was', async () => {
    const drawn = busy({ rate: 0.5, seed: 7 });
    await using whole = createCloudauthMock();
    await whole.scenarios.add(drawn);
    const expected = await codes(whole, 40);
    const seen: string[] = [];
    await inTurn(
      async (mock) => {
        await mock.scenarios.add(drawn);
        seen.push(...(await codes(mock, 15)));
      },
      async (mock) => void seen.push(...(await codes(mock, 25))),
    );
    expect(seen).toEqual(expected);
  });

  test('ordered failures are still due, also those of before it was open', async () => {
    await inTurn(
      async (mock) => {
        mock.failNext('DescribeOssUploadToken', R);
        mock.failNext('DescribeOssUploadToken', 'Throttling');
        expect(await codes(mock, 1)).toEqual([R]);
      },
      async (mock) => {
        mock.failNext('DescribeOssUploadToken', 'Throttling.Api');
        expect(await codes(mock, 3)).toEqual(['Throttling', 'Throttling.Api', 'ok']);
      },
    );
  });

  test('what could not be stored is not in force', async () => {
    await inTurn(async (mock) => expect(await mock.scenarios.list()).toEqual([]));
    const between = loadDriver('auto').open(db);
    between.run(
      `CREATE TRIGGER refused BEFORE INSERT ON rules WHEN NEW.rule LIKE '%times%'
       BEGIN SELECT RAISE(ABORT, 'no room for rules'); END`,
      [],
    );
    between.close();
    await inTurn(async (mock) => {
      await expect(mock.scenarios.add(busy({ times: 7 }))).rejects.toThrow('no room for rules');
      expect(await mock.scenarios.list()).toEqual([]);
      expect(await codes(mock, 1)).toEqual(['ok']);
      expect(await mock.scenarios.add(busy())).toBe(1);
      expect(await codes(mock, 1)).toEqual([R]);
    });
  });

  test('what was cleared or reset is gone, and only of that account', async () => {
    const other = { account: 'LTAImockOther' };
    await inTurn(
      async (mock) => {
        await mock.scenarios.add(busy());
        await mock.scenarios.add(busy(), other);
        await mock.scenarios.add(busy(), { account: 'LTAImockReset' });
        await mock.scenarios.clear();
        await mock.reset({ account: 'LTAImockReset' });
      },
      async (mock) => {
        expect((await upload(mock)).status).toBe(200);
        expect(await mock.scenarios.list({ account: 'LTAImockReset' })).toEqual([]);
        expect((await upload(mock, { accessKeyId: 'LTAImockOther' })).status).toBe(503);
      },
    );
  });

  test('a rule in the place of one that is counting is there, however many calls come', async () => {
    await inTurn(
      async (mock) => {
        await mock.scenarios.add(busy({ when: { call: 1000 } }));
        const { name } = (await mock.scenarios.list())[0]!;
        const calls = codes(mock, 20);
        await mock.scenarios.replace(name, busy({ when: { call: 500 } }));
        await calls;
      },
      async (mock) => {
        expect((await mock.scenarios.list()).map(({ rule }) => rule.when)).toEqual([{ call: 500 }]);
      },
    );
  });

  test('rules that a reset dropped and that are taken back are there, not those given since', async () => {
    await inTurn(
      async (mock) => {
        await mock.scenarios.add(busy({ when: { call: 3 } }));
        await codes(mock, 2);
        const undo = await mock.fetch(new Request('http://localhost/_mock/reset', { method: 'POST' }));
        await mock.scenarios.add(busy());
        await mock.fetch(
          new Request('http://localhost/_mock/reset/undo', {
            method: 'POST',
            body: JSON.stringify({ undo: (await undo.json()).undo }),
            headers: { 'content-type': 'application/json' },
          }),
        );
      },
      async (mock) => {
        expect((await mock.scenarios.list()).map(({ rule, matched }) => [rule.when, matched])).toEqual([
          [{ call: 3 }, 2],
        ]);
      },
    );
  });

  test('a snapshot holds no rules: restoring one leaves them as they are', async () => {
    await inTurn(
      async (mock) => {
        await mock.snapshots.save('before');
        await mock.scenarios.add(busy());
        await mock.snapshots.restore('before');
      },
      async (mock) => expect(await counts(mock)).toHaveLength(1),
    );
  });

  test('rules of files are the process’s, not kept', async () => {
    {
      await using mock = createCloudauthMock({ db, scenario: 'arrears' });
      await mock.scenarios.add(busy());
    }
    await inTurn(async (mock) => expect((await mock.scenarios.list()).map(({ from }) => from)).toEqual(['account']));
  });

  test('what a newer version does not understand is logged and skipped', async () => {
    await inTurn(async (mock) => void (await mock.scenarios.add({ rules: [...busy().rules, ...busy().rules] })));
    const file = loadDriver('auto').open(db);
    file.run(`UPDATE rules SET rule = '{"on":"GetNothing","then":{"delay":1}}' WHERE seq = 1`, []);
    file.close();
    const logged: string[] = [];
    await using mock = createLoggingMock(readOptions({ db: [db], log: ['json'] }, {}), (text) => logged.push(text));
    expect((await upload(mock)).status).toBe(503);
    expect(await counts(mock)).toEqual([['scenario-1#2', 1, 1]]);
    await new Promise(setImmediate);
    expect(logged.join('')).toMatch(/"warn".*scenario-1#1.*no longer understood.*no operation 'GetNothing'/);
  });
});

test('what was answered with 201 outlives a killed process', async () => {
  await using first = await startCli(['--db', db]);
  const added = await fetch(`${first.url}/_mock/scenarios`, { method: 'POST', body: JSON.stringify(busy()) });
  expect(added.status).toBe(201);
  first.kill('SIGKILL');
  await first.exit;
  await using second = await startCli(['--db', db]);
  expect((await second.call({ Version: '2019-03-07', Action: 'DescribeOssUploadToken' })).status).toBe(503);
});

test('an account has at most 10,000 rules of its own', async () => {
  await using mock = createCloudauthMock();
  const many: Scenario = { rules: Array(10_000).fill({ on: 'GetStatus', then: { fail: R } }) };
  expect(await mock.scenarios.add(many)).toBe(10_000);
  await expect(mock.scenarios.add(busy())).rejects.toThrow('has 10000 rules, and 10000 are the most');
  expect(() => mock.failNext('GetStatus', R)).toThrow('10000 are the most');
});
