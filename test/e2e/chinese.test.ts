/** The command line by LANG, the control side by ?lang: in Chinese, from one table. */
import '../../src/products/eager.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.js';
import { commandSettings } from '../../src/config/options.js';
import { errors } from '../../src/control/catalogue.js';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { translator } from '../../src/platform/translate.js';
import { zh } from '../../src/platform/zh.js';
import { versions } from '../../src/products/index.js';
import { identities, pictures, testValues } from '../../src/products/magic.js';
import { admin } from '../support/admin.js';
import { runCli, startCli } from '../support/child.js';
import { request, sendRaw } from '../support/raw.js';

const CHINESE = { env: { LANG: 'zh_CN.UTF-8' } };

const SAID = [
  ...commands.flatMap(({ does, flags, examples, exits }) => [
    ...[does, exits],
    ...flags.map((flag) => flag.does),
    ...examples.map(([, meaning]) => meaning),
  ]),
  ...errors(versions).map(({ when }) => when),
  ...[...identities, ...testValues, ...pictures].map(({ meaning }) => meaning),
];

test.each([...new Set(SAID)].filter((said) => /[a-z]/.test(said)))('“%s” has its Chinese', async (english) => {
  expect((await translator('zh'))(english)).toMatch(/\p{Script=Han}/u);
});

test.each(Object.entries(zh))('“%s” fills the places its Chinese has', (english, chinese) => {
  const places = english.match(/\{\*?\}/g)?.length ?? 0;
  const filled = [...chinese.matchAll(/\{(\d)\}/g)].map(([, place]) => Number(place));
  expect(filled.filter((place) => place < 1 || place > places)).toEqual([]);
});

test('a place is never what a template does not say', async () => {
  const t = await translator('zh');
  expect([t('no request 7 in the journal of a'), t('no request 7'), t('')]).toEqual([
    '账号 a 的调用记录中没有 7',
    'no request 7',
    '',
  ]);
});

describe('the command line', () => {
  test('--help', async () => {
    const { code, stdout } = await runCli(['--help'], CHINESE);
    expect([code, stdout.includes('用法'), stdout.includes('退出码')]).toEqual([0, true, true]);
    for (const { zh: said } of Object.values(commandSettings)) expect(stdout).toContain(said);
    for (const { does } of commands) expect(stdout).not.toContain(does);
  });

  test.each([
    [{ LANG: 'zh_CN.UTF-8' }, true],
    [{ LC_ALL: 'zh_TW' }, true],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'C' }, false],
    [{ LANG: 'en_US.UTF-8' }, false],
    [{}, false],
  ])('%j', async (env, isChinese) => {
    const { stdout } = await runCli(['identities'], { env });
    expect([stdout.includes('WHAT IT DOES'), stdout.includes('不是同一人')]).toEqual([!isChinese, isChinese]);
  });

  test.each([
    [['--prot', '1'], 2, '没有选项“--prot”；是否想用 --port？\n可运行：cloudauth-mock --help'],
    [['helthcheck'], 2, '没有命令“helthcheck”；是否想用 healthcheck？'],
    [['--port', 'x'], 2, '--port：“x”不是 0 到 65535 的整数'],
    [['--scene', 'A:RPBasik'], 2, '--scene：没有认证方案“RPBasik”；是否想用 RPBasic？'],
    [['device', 'x', '--pass', '--port', '1'], 1, '无应答'],
    [['healthcheck', '--port', '1'], 1, '127.0.0.1:1 未就绪：'],
  ])('%j is refused', async (args, exit, why) => {
    const { code, stderr } = await runCli(args, CHINESE);
    expect([code, stderr]).toEqual([exit, expect.stringContaining(why)]);
  });

  test('the banner comes after the ready line, which is the same in every language', async () => {
    await using emulator = await startCli(['--device', 'polls:2'], CHINESE);
    await emulator.logged(/^ {2}密钥 {8}LTAImockDefault/m);
    await emulator.logged(/^ {2}设备 {8}模拟用户在查询 2 次后通过$/m);
    expect(emulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test.each([
    ['operations', /^接口 .*\n(.*\n)*.*查询认证状态/],
    ['scenarios', /^场景 .*\n(.*\n)*arrears +账号欠费或服务已到期/],
  ])('%s', async (command, said) => {
    expect((await runCli([command], CHINESE)).stdout).toMatch(said);
  });

  test('with --json it prints for programs, in English', async () => {
    const { stdout } = await runCli(['errors', 'Z1146', '--json'], CHINESE);
    expect(JSON.parse(stdout)[0].when).toBe('the face is not that person’s');
  });
});

describe('the control side', () => {
  let mock: CloudauthMock;
  beforeAll(async () => {
    mock = await createCloudauthMock({ port: 0 }).listen();
  });
  afterAll(() => mock.close());

  test.each([
    ['GET /nope', '/_mock 下没有这个路径；见 docs/control-api.zh-CN.md'],
    [
      'POST /verifications/x/pass',
      '没有认证“x”；请使用此账号的 VerifyToken、TicketId、queryId、zimId、bizId 或 CertifyId',
    ],
    ['POST /snapshots/a/restore', '没有快照“a”；目前没有快照'],
    [
      'GET /requests?operation=GetStatos',
      'operation：没有接口“GetStatos”；是否想用 GetStatus？可用 cloudauth-mock operations 查看',
    ],
    ['GET /requests/9/curl', '账号 default 的调用记录中没有 9'],
  ])('%s', async (line, said) => {
    const english = (await admin(mock, line)).json.error;
    expect([
      (await admin(mock, `${line}${line.includes('?') ? '&' : '?'}lang=zh`)).json.error,
      /\p{Script=Han}/u.test(english),
    ]).toEqual([said, false]);
  });

  test('the catalogues', async () => {
    const said = async (path: string) => JSON.stringify((await admin(mock, path)).json);
    expect(await said('/errors?q=Z1146&lang=zh')).toContain('人脸不是本人');
    expect(await said('/identities?lang=zh')).toContain('不通过：不是同一人');
    expect(await said('/identities')).not.toContain('不通过：');
  });

  test('a refusal names the real reason in both languages', async () => {
    await using wide = await createCloudauthMock({ port: 0, host: '0.0.0.0' }).listen();
    const asked = (lang: string) =>
      sendRaw(wide.url, request(`GET /_mock/phone?lang=${lang}`, { Host: '127.0.0.1', Accept: 'text/html' }));
    const [chinese, english] = [await asked('zh'), await asked('en')];
    expect([
      chinese.status,
      chinese.body.includes('模拟器绑定在 0.0.0.0'),
      english.body.includes('is bound to 0.0.0.0'),
    ]).toEqual([403, true, true]);
  });
});
