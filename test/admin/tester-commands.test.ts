/** Commands that are thin clients of a running emulator: fail, rules, clock, snapshots, reset, accounts, connect, open. */
import { execFile } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
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
  [['connect', 'java', 'go'], "connect takes no 'go'"],
  [['accounts', 'default'], "accounts takes no 'default'"],
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

describe('accounts', () => {
  test('lists each with its keys, calls, open verifications and clock', async () => {
    await openTask(mock, 'RPBasic', 'order-1');
    await openTask(mock, 'RPBasic', 'order-2', {}, { accessKeyId: 'LTAImockWorker1' });
    await mock.clock.freeze(true, { account: 'LTAImockWorker1' });
    const { stdout } = await cli(['accounts']);
    expect(stdout).toMatch(/^ACCOUNT +KEYS +CALLS +OPEN +CLOCK\ndefault +LTAImockDefault +1 +1 +\d{4}-\S+Z\n/);
    expect(stdout).toMatch(/\nLTAImockWorker1 +LTAImockWorker1 +1 +1 +\d{4}-\S+Z frozen\n/);
    await mock.reset({ account: 'LTAImockWorker1' });
  });

  test('--json is what the programmatic API tells: keys are masked, what has ended is not open', async () => {
    await using own = createCloudauthMock({ accessKeys: ['LTAI5tRealKeyOfMine:s3cret@team'], port: 0 });
    await openTask(own, 'RPBasic', 'order-1', {}, { accessKeyId: 'LTAI5tRealKeyOfMine', secret: 's3cret' });
    await own.verifications.pass('order-1', { account: 'team' });
    await own.clock.freeze(true, { account: 'team' });
    await own.listen();
    const { stdout } = await runCli(['accounts', '--url', own.url, '--json']);
    const [, team] = JSON.parse(stdout);
    expect(team).toEqual((await own.accounts())[1]);
    expect(team).toMatchObject({ account: 'team', keys: ['LTAI***Mine'], calls: 1, verifications: 1, open: 0 });
  });
});

describe('connect', () => {
  const hostOf = ({ url }: CloudauthMock) => new URL(url).host;

  test('without a word: address, key, and the SDKs there is code for', async () => {
    const { stdout } = await cli(['connect']);
    expect(stdout).toMatch(
      /^endpoint +(\S+)\nAccessKeyId +LTAImockDefault\nAccessKeySecret +cloudauth-mock-secret\n\nSDK +WHAT IT IS\n/,
    );
    expect(stdout).toContain(`${hostOf(mock)}\n`);
    expect(stdout.match(/^\S+(?= +(Node|Java|Python|Go|PHP|\.NET|curl)\b)/gm)).toEqual([
      ...['node-typed', 'pop-core', 'java', 'python', 'go', 'php', 'dotnet', 'curl'],
    ]);
    const { snippets, ...client } = JSON.parse((await cli(['connect', '--json'])).stdout);
    expect([client, snippets]).toEqual([await mock.connection(), await mock.snippets()]);
  });

  test.each([
    ['java', 'new DefaultAcsClient(profile)'],
    ['python', 'from aliyunsdkcore.client import AcsClient'],
    ['go', 'sdk.NewClientWithAccessKey'],
    ['php', 'DefaultProfile::getProfile'],
    ['node', "import Cloudauth from '@alicloud/cloudauth20190307'"],
    ['@alicloud/pop-core', "import PopCore from '@alicloud/pop-core'"],
    ['dotnet', 'DefaultProfile.GetProfile'],
    ['csharp', 'DefaultProfile.GetProfile'],
    ['curl', 'openssl dgst -sha1'],
  ])('%s: its code alone, with this address and the key of the account', async (sdk, code) => {
    const { stdout } = await cli(['connect', sdk, '--account', 'LTAImockWorker1']);
    expect(
      [code, hostOf(mock), 'LTAImockWorker1', 'cloudauth-mock-secret'].filter((each) => !stdout.includes(each)),
    ).toEqual([]);
    expect(stdout).not.toContain('LTAImockDefault');
  });

  test('of the bash it prints a call is answered', async () => {
    await using folder = await scratch();
    const script = `${folder.path}/call.sh`;
    await writeFile(script, (await cli(['connect', 'curl'])).stdout);
    const args = [script, 'Version=2017-11-17', 'Action=GetStatus', 'Biz=RPBasic', 'TicketId=order-1', 'Format=JSON'];
    const { stdout } = await promisify(execFile)('bash', args);
    expect(JSON.parse(stdout).Data).toEqual({ StatusCode: -1 });
  });

  test.each([
    ['pyton', 'did you mean python?'],
    ['nod', 'did you mean node?'],
    ['cobol', 'there are: node-typed, node, pop-core, java'],
  ])('%s is refused with what may have been meant', async (word, said) => {
    const { code, stdout, stderr } = await cli(['connect', word]);
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining(`there is no code for '${word}'; ${said}`)]);
  });

  test('a secret of one’s own is not printed', async () => {
    await using own = createCloudauthMock({ accessKeys: ['own-key:own-secret@team'], port: 0 });
    await own.listen();
    const { stdout } = await runCli(['connect', 'java', '--url', own.url, '--account', 'team']);
    expect([stdout.includes('"ACCESS_KEY_ID", "ACCESS_KEY_SECRET"'), stdout.includes('own-secret')]).toEqual([
      true,
      false,
    ]);
  });
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
  ['accounts'],
  ['connect', 'java'],
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
    [['accounts'], '进行中'],
    [['connect'], '接入地址'],
  ])('%j', async (args, said) => {
    expect((await cli(args, CHINESE)).stdout).toContain(said);
  });

  test.each([
    [['clock', 'stop'], 'clock “stop”：请写 +31m'],
    [['snapshots', 'safe'], 'snapshots：没有“safe”；是否想用 save？'],
    [['connect', 'pyton'], 'connect：没有“pyton”的代码；是否想用 python？'],
    [['connect', 'cobol'], 'connect：没有“cobol”的代码；有：node-typed'],
    [['reset', '--undo', 'x'], '账号 default 没有可凭此撤销的重置'],
    [['fail', 'GetStatus', 'Throtling.User'], 'GetStatus 没有错误“Throtling.User”；是否想用 Throttling.User？'],
  ])('%j is refused', async (args, said) => {
    expect((await cli(args, CHINESE)).stderr).toContain(said);
  });
});
