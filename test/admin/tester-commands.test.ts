/** Commands that are thin clients of a running emulator: fail, rules, clock, snapshots, reset, open. */
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { runCli, scratch } from '../support/child.js';
import { freePort } from '../support/raw.js';
import { getStatus, openTask } from '../support/tasks.js';

const CHINESE = { env: { LANG: 'zh_CN.UTF-8' } };
let mock: CloudauthMock;
beforeAll(async () => {
  mock = await createCloudauthMock({ port: 0, device: 'manual' }).listen();
});
afterAll(() => mock.close());
beforeEach(async () => {
  await mock.reset();
  for (const name of await mock.snapshots.list()) await mock.snapshots.delete(name);
});

const cli = (args: readonly string[], options?: Parameters<typeof runCli>[1]) =>
  runCli([...args, '--url', mock.url], options);
const printed = async (...args: string[]) => {
  const { code, stdout, stderr } = await cli(args);
  return [code, stdout, stderr];
};
const statusCode = async () => (await getStatus(mock, 'RPBasic', 'order-1')).json.Code;

describe('billing', () => {
  test('a line an operation, with calls, what is billed, and why', async () => {
    expect(await printed('billing')).toEqual([0, 'nothing was called\n', '']);
    await openTask(mock, 'RPBasic', 'order-1');
    await mock.verifications.pass('order-1');
    await statusCode();
    const [code, stdout] = await printed('billing');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(
        /^OPERATION +CALLS +BILLED +BY WHICH RULE\n.*GetVerifyToken +1 +1 +a verification, once .* \(inferred\)\n.*GetStatus +1 +0 +not billed: it verifies nobody \(inferred\)\n$/,
      ),
    ]);
  });

  test('--json says what the control side says', async () => {
    await openTask(mock, 'RPBasic', 'order-1');
    expect(JSON.parse((await cli(['billing', '--json'])).stdout)).toEqual(await mock.billing());
  });

  test('in Chinese the rules are Chinese', async () => {
    await openTask(mock, 'RPBasic', 'order-1');
    expect((await cli(['billing'], CHINESE)).stdout).toMatch(
      /^接口 +调用 +计费 +计费规则\n.*每次认证通过或未通过时计一次/,
    );
  });
});

describe('fail', () => {
  test('orders the next failure, so many times and so late', async () => {
    await openTask(mock, 'RPBasic', 'order-1');
    expect(await printed('fail', 'GetStatus', 'Throttling.User', '--times', '2', '--delay', '1ms')).toEqual([
      0,
      'the next 2 call(s) of GetStatus answer Throttling.User\n',
      '',
    ]);
    expect([await statusCode(), await statusCode(), await statusCode()]).toEqual([
      ...Array(2).fill('Throttling.User'),
      '1',
    ]);
  });

  test('a code it does not document is refused, with what may have been meant and those it has', async () => {
    const { code, stdout, stderr } = await cli(['fail', 'GetStatus', 'Throtling.User']);
    expect([code, stdout, stderr]).toEqual([
      1,
      '',
      expect.stringMatching(
        /documents no error 'Throtling\.User'; did you mean Throttling\.User\?.*\nGetStatus: .*InvalidParam\.InvalidBiz/,
      ),
    ]);
  });

  test('without a code it lists them, and when each happens', async () => {
    const { code, stdout } = await cli(['fail', 'GetStatus']);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^CODE +HTTP +WHEN\n(.*\n)*InvalidParam\.InvalidBiz +400 /),
    ]);
  });

  test('an operation there is not is refused with the nearest', async () => {
    const { code, stderr } = await cli(['fail', 'GetStatos']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('did you mean GetStatus?')]);
  });

  test('--account and --json', async () => {
    const { stdout } = await cli(['fail', 'GetStatus', 'Throttling.User', '--account', 'LTAImockA', '--json']);
    expect(JSON.parse(stdout)).toEqual({ operation: 'GetStatus', code: 'Throttling.User' });
    expect([await mock.scenarios.list(), (await mock.scenarios.list({ account: 'LTAImockA' })).length]).toEqual([
      [],
      1,
    ]);
    await mock.reset({ account: 'LTAImockA' });
  });
});

test('rules lists what is in force with its counts, and --clear drops it', async () => {
  mock.failNext('GetStatus', 'Throttling.User', { times: 2 });
  await openTask(mock, 'RPBasic', 'order-1');
  await statusCode();
  const { stdout } = await cli(['rules']);
  expect(stdout).toMatch(
    /^RULE +OPERATION +MATCHED +FIRED +FROM +THEN\nfailNext\(.*\) +GetStatus +1 +1 +account +\{"fail":"Throttling\.User"\}\n$/,
  );
  expect(JSON.parse((await cli(['rules', '--json'])).stdout)).toEqual(await mock.scenarios.list());
  expect(await printed('rules', '--clear')).toEqual([0, 'account default has no rules of its own any more\n', '']);
  expect(await printed('rules')).toEqual([0, 'no rule is in force for account default\n', '']);
});

describe('clock', () => {
  test('shows, sets, freezes, moves, and lets it run', async () => {
    expect((await cli(['clock'])).stdout).toMatch(/^\d{4}-.*Z {2}as the wall clock\n$/);
    await cli(['clock', 'set', '2030-01-02T03:04:05Z']);
    await cli(['clock', 'freeze']);
    const frozen = await mock.clock.now();
    const { stdout } = await cli(['clock', '+31m']);
    expect(stdout).toMatch(/^2030-01-02T03:35:.* {2}frozen, \d+d .*ahead of the wall clock\n$/);
    expect((await mock.clock.now()) - frozen).toBe(31 * 60_000);
    await runCli(['clock', '--url', mock.url, '--', '-31m']);
    expect(await mock.clock.now()).toBe(frozen);
    expect(JSON.parse((await cli(['clock', 'run', '--json'])).stdout)).toMatchObject({ frozen: false });
  });

  test('a token of half an hour is over after +31m', async () => {
    await openTask(mock, 'RPBasic', 'order-1');
    await cli(['clock', '+31m']);
    expect((await mock.verifications.list())[0]!.expired).toBe(true);
  });

  test.each([
    [['clock', 'stop'], 2, /write \+31m, freeze, run, or set/],
    [['clock', 'set'], 2, /write \+31m/],
    [['clock', 'freeze', 'now'], 2, /clock takes no 'now'/],
    [['clock', '+soon'], 2, /write \+31m/],
    [['clock', 'set', 'tomorrow'], 1, /'tomorrow' is no instant/],
  ])('%j is refused', async (args, exit, why) => {
    const { code, stderr } = await cli(args);
    expect([code, stderr]).toEqual([exit, expect.stringMatching(why)]);
  });
});

test('snapshots are kept, compared, brought back, opened as an account and deleted', async () => {
  await openTask(mock, 'RPBasic', 'order-1');
  expect(await printed('snapshots')).toEqual([0, 'account default has no snapshots\n', '']);
  expect((await printed('snapshots', 'save', 'open'))[1]).toMatch(/^open holds \d+ row\(s\)\n$/);
  expect(await printed('snapshots', 'diff', 'open')).toEqual([0, 'nothing differs\n', '']);
  await mock.verifications.pass('order-1');
  const { stdout } = await cli(['snapshots', 'diff', 'open']);
  expect(stdout).toMatch(
    /^TABLE +ADDED +REMOVED +CHANGED\nverifications +0 +0 +1\n\n~ verifications cloudauth order-1: .*status open → passed/,
  );
  expect((await printed('snapshots', 'open', 'open', 'LTAImockB'))[1]).toBe('account LTAImockB begins as open was\n');
  await mock.snapshots.save('later');
  expect((await cli(['snapshots', 'diff', 'open', 'later'])).stdout).toBe(stdout);
  expect((await printed('snapshots', 'restore', 'open'))[0]).toBe(0);
  expect((await mock.verifications.list())[0]!.status).toBe('open');
  expect((await printed('snapshots', 'list'))[1]).toBe('later\nopen\n');
  expect((await printed('snapshots', 'delete', 'open'))[1]).toBe('open is deleted\n');
  expect(await printed('snapshots', 'diff', 'open')).toEqual([
    1,
    '',
    "cloudauth-mock: no snapshot 'open'; there are: later\n",
  ]);
});

test.each([
  [['snapshots', 'safe', 'a'], "snapshots: there is no 'safe'; did you mean save?"],
  [['snapshots', 'save'], 'snapshots save needs the name of a snapshot'],
  [['snapshots', 'open', 'a'], 'snapshots open needs a snapshot and an account'],
  [['snapshots', 'save', 'a', 'b'], "snapshots takes no 'b'"],
  [['fail'], 'fail needs an operation'],
  [['fail', 'GetStatus', 'x', '--times', 'two'], "--times: 'two' is no whole number"],
  [['reset', 'now'], "reset takes no 'now'"],
])('%j is wrong usage', async (args, why) => {
  const { code, stderr } = await runCli(args);
  expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
});

test('reset prints how it is taken back, and that takes it back', async () => {
  await openTask(mock, 'RPBasic', 'order-1');
  const { stdout } = await cli(['reset']);
  expect(await mock.verifications.list()).toEqual([]);
  const [, handle] = /^account default is reset; until \S+Z this undoes it: cloudauth-mock reset --undo (\S+)\n$/.exec(
    stdout,
  )!;
  expect(await printed('reset', '--undo', handle!)).toEqual([0, 'the reset of account default is undone\n', '']);
  expect((await mock.verifications.list()).length).toBe(1);
  expect(await printed('reset', '--undo', handle!)).toEqual([1, '', expect.stringContaining('no reset to undo')]);
});

describe('open', () => {
  test('--print prints the address of the console', async () => {
    expect(await printed('open', '--print')).toEqual([0, `${mock.url}/_mock/console\n`, '']);
    expect((await printed('open', '--print', '--account', 'LTAImockA'))[1]).toBe(
      `${mock.url}/_mock/console?account=LTAImockA\n`,
    );
  });

  test('has a browser open it', async () => {
    await using folder = await scratch();
    const browser = `${folder.path}/browser`;
    await writeFile(
      browser,
      `#!/bin/sh\nprintf %s "$1" > ${folder.path}/opened.part && mv ${folder.path}/opened.part ${folder.path}/opened\n`,
    );
    await chmod(browser, 0o755);
    const { code } = await cli(['open'], { env: { BROWSER: browser } });
    const opened = () => readFile(`${folder.path}/opened`, 'utf8').catch(() => undefined);
    await expect.poll(opened, { timeout: 20_000 }).toBe(`${mock.url}/_mock/console`);
    expect(code).toBe(0);
  });

  test('where there is none, it says what to open', async () => {
    const { code, stderr } = await cli(['open'], { env: { BROWSER: '/nowhere/browser' } });
    expect([code, stderr]).toEqual([
      1,
      `cloudauth-mock: no browser can be opened (/nowhere/browser: ENOENT); open it yourself: ${mock.url}/_mock/console\n`,
    ]);
  });
});

test.each([
  ['fail', 'GetStatus', 'Throttling.User'],
  ['rules'],
  ['clock'],
  ['snapshots'],
  ['reset'],
  ['open', '--print'],
])('%s says so where nobody answers', async (...args) => {
  const { code, stderr } = await runCli([...args, '--port', `${await freePort()}`]);
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/no answer from .*; start the emulator, or say where it is/),
  ]);
});

describe('in Chinese', () => {
  test.each([
    [['clock'], '与真实时间相同'],
    [['rules'], '账号 default 没有生效的规则'],
    [['snapshots'], '账号 default 没有快照'],
    [['fail', 'GetStatus', 'Throttling.User'], 'GetStatus 的下 1 次调用返回 Throttling.User'],
    [['reset'], '账号 default 已重置；在 '],
  ])('%j', async (args, said) => {
    expect((await cli(args, CHINESE)).stdout).toContain(said);
  });

  test.each([
    [['clock', 'stop'], 'clock “stop”：请写 +31m'],
    [['snapshots', 'safe'], 'snapshots：没有“safe”；是否想用 save？'],
    [['reset', '--undo', 'x'], '账号 default 没有可凭此撤销的重置'],
    [['fail', 'GetStatus', 'Throtling.User'], 'GetStatus 没有错误“Throtling.User”；是否想用 Throttling.User？'],
  ])('%j is refused', async (args, said) => {
    expect((await cli(args, CHINESE)).stderr).toContain(said);
  });
});
