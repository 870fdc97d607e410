/** Config files as a user meets them: found or named, what counts before what, refused with their place. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { settings } from '../../src/config/options.js';
import { cloudauth2017 } from '../support/call.js';
import { runCli, type SpawnOptions, scratch, startCli } from '../support/child.js';
import { project } from '../support/project.js';

const YAML = 'cloudauth-mock.config.yaml';

/** A project of these files, by their paths. */
async function folderOf(files: Record<string, string>) {
  const folder = await scratch();
  for (const [name, content] of Object.entries({ 'package.json': '{}', ...files })) {
    mkdirSync(join(folder.path, name, '..'), { recursive: true });
    writeFileSync(join(folder.path, name), content);
  }
  const run = (args: string[], { cwd = '', ...options }: SpawnOptions = {}) =>
    runCli(args, { ...options, cwd: join(folder.path, cwd) });
  interface Row {
    readonly option: string;
    readonly value: string | string[];
    readonly from: string;
  }
  return {
    ...folder,
    run,
    async printed(option: string, args: string[] = [], options: SpawnOptions = {}) {
      const { stdout, stderr } = await run(['config', 'print', '--json', ...args], options);
      if (stderr) throw new Error(stderr);
      const { options: rows } = JSON.parse(stdout) as { options: Row[] };
      const { value, from } = rows.find((row) => row.option === option)!;
      return [value, from];
    },
  };
}

describe('what counts', () => {
  const PORT = { [YAML]: '# our own\nport: 4711\n' };

  test('the file before the default, with its line', async () => {
    await using folder = await folderOf(PORT);
    expect(await folder.printed('port')).toEqual(['4711', `${YAML}:2:1`]);
    expect(await folder.printed('host')).toEqual(['127.0.0.1', 'default']);
  });

  test('a variable before the file, and a flag before both', async () => {
    await using folder = await folderOf(PORT);
    const env = { CLOUDAUTH_MOCK_PORT: '4712' };
    expect(await folder.printed('port', [], { env })).toEqual(['4712', 'CLOUDAUTH_MOCK_PORT']);
    expect(await folder.printed('port', ['--port', '4713'], { env })).toEqual(['4713', '--port']);
  });

  test('a list takes the place of another', async () => {
    await using folder = await folderOf({ [YAML]: 'allowedHosts: [a.test, b.test]\n' });
    expect(await folder.printed('allowedHosts')).toEqual([['a.test', 'b.test'], `${YAML}:1:1`]);
    expect(await folder.printed('allowedHosts', ['--allowed-host', 'c.test'])).toEqual([['c.test'], '--allowed-host']);
  });

  test('a running emulator is what the file says, and names it', async () => {
    await using folder = await folderOf({
      [YAML]: 'accessKeys: [mine:my-secret]\nsignature: strict\ndevice: polls:1\n',
    });
    await using emulator = await startCli([], { cwd: folder.path });
    const { status } = await emulator.call(cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 'a' }), {
      accessKeyId: 'mine',
      secret: 'my-secret',
    });
    expect(status).toBe(200);
    expect(emulator.stderr()).toMatch(new RegExp(`^ {2}config {6}.*/${YAML}$`, 'm'));
    expect(emulator.stderr()).toContain('passes after 1 question(s)');
  });

  test('with --json the ready line names it', async () => {
    await using folder = await folderOf({ [YAML]: 'json: true\nport: 0\n' });
    await using emulator = await startCli([], { cwd: folder.path });
    emulator.kill('SIGTERM');
    expect(JSON.parse((await emulator.exit).stdout).config).toContain(YAML);
  });

  test('a command asks the emulator at the configured port', async () => {
    await using emulator = await startCli();
    await using folder = await folderOf({ [YAML]: `port: ${emulator.port}\n` });
    expect((await folder.run(['healthcheck'])).code).toBe(0);
    expect((await folder.run(['device'])).stdout).toContain('nothing is under way');
  });

  test('paths are relative to the file, wherever the command runs', async () => {
    await using folder = await folderOf({
      [YAML]: 'db: data/state.db\nscenario: [quota, ./rules.yaml]\n',
      'packages/a/x': '',
    });
    const deep = { cwd: 'packages/a' };
    expect((await folder.printed('db', [], deep))[0]).toMatch(/[^a]\/data\/state\.db$/);
    expect((await folder.printed('scenario', [], deep))[0]).toEqual([
      'quota',
      expect.stringMatching(/[^a]\/rules\.yaml$/),
    ]);
  });
});

describe('where it is looked for', () => {
  test.each([
    ['package.json', ''],
    ['.git/HEAD', ''],
  ])('up to %s, and no further', async (boundary, content) => {
    await using folder = await folderOf({ [YAML]: 'port: 1\n', [`in/${boundary}`]: content, 'in/deep/x': '' });
    expect(await folder.printed('port', [], { cwd: 'in/deep' })).toEqual(['4520', 'default']);
    writeFileSync(join(folder.path, 'in', YAML), 'port: 2\n');
    expect(await folder.printed('port', [], { cwd: 'in/deep' })).toEqual(['2', `../${YAML}:1:1`]);
  });

  test('outside of a project in the working folder alone', async () => {
    await using folder = await folderOf({ [YAML]: 'port: 1\n', 'deep/x': '' });
    rmSync(join(folder.path, 'package.json'));
    expect(await folder.printed('port', [], { cwd: 'deep' })).toEqual(['4520', 'default']);
    expect((await folder.printed('port'))[0]).toBe('1');
  });

  test('--config names another, --no-config none; so do their variables', async () => {
    await using folder = await folderOf({ [YAML]: 'port: 1\n', 'other.json': '{ "port": 2 }' });
    const port = async (args: string[], env = {}) => (await folder.printed('port', args, { env }))[0];
    expect([
      await port(['--config', 'other.json']),
      await port(['--no-config']),
      await port([], { CLOUDAUTH_MOCK_CONFIG: 'other.json' }),
      await port([], { CLOUDAUTH_MOCK_NO_CONFIG: '1' }),
      await port(['--config', 'other.json'], { CLOUDAUTH_MOCK_NO_CONFIG: '1' }),
      await port(['--no-config'], { CLOUDAUTH_MOCK_CONFIG: 'other.json' }),
    ]).toEqual(['2', '4520', '2', '4520', '2', '4520']);
  });

  test.each<[string, Record<string, string>, string[], string]>([
    [
      'two in one folder',
      { [YAML]: '', 'cloudauth-mock.config.json': '{}' },
      [],
      `there are cloudauth-mock.config.json and ${YAML} in one folder; keep one, or name it with --config`,
    ],
    ['one whose ending is another', { 'cloudauth-mock.config.yml': '' }, [], 'cloudauth-mock.config.yml is not read; '],
    ['one that is not there', {}, ['--config', 'gone.yaml'], "there is no config file 'gone.yaml'"],
    ['one of no kind', { 'a.toml': '' }, ['--config', 'a.toml'], 'a.toml: a config file ends in .yaml, .json, .mjs'],
    ['both flags', {}, ['--config', 'a.yaml', '--no-config'], 'give --config or --no-config, not both'],
    ['an empty name', {}, ['--config', ''], '--config: it is empty'],
    ['config without print', {}, ['config'], 'write: cloudauth-mock config print'],
    ['init with --config', {}, ['init', '--config', 'a.yaml'], "init takes no '--config'"],
  ])('%s is refused', async (_what, files, args, why) => {
    await using folder = await folderOf(files);
    const { code, stdout, stderr } = await folder.run(args);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(`cloudauth-mock: ${why}`)]);
  });

  test('--help and --version work beside one that is broken', async () => {
    await using folder = await folderOf({ [YAML]: 'prot: [' });
    for (const flag of ['--help', '--version']) expect((await folder.run([flag])).code).toBe(0);
  });
});

describe('what is wrong is told at once, with its place', () => {
  const WRONG = `port: 4711
devise: polls:2
signature: strickt
scene: [Sign-Up, "A:RPBasik"]
seed: 0123
`;

  test('in English', async () => {
    await using folder = await folderOf({ [YAML]: WRONG });
    const { code, stderr } = await folder.run([]);
    expect([code, stderr.split('\n')]).toEqual([
      2,
      [
        `cloudauth-mock: ${YAML}:2:1: no option 'devise'; did you mean device?`,
        `${YAML}:3:12: 'strickt' is not one of strict, warn, off`,
        `${YAML}:4:18: 'RPBasik' is no solution; did you mean RPBasic?`,
        `${YAML}:5:7: this is not read as it is written; quote it`,
        '',
      ],
    ]);
  });

  test('in Chinese', async () => {
    await using folder = await folderOf({ [YAML]: WRONG });
    const { stderr } = await folder.run([], { env: { LANG: 'zh_CN.UTF-8' } });
    expect(stderr).toContain(`${YAML}:2:1: 没有选项“devise”；是否想用 device？`);
    expect(stderr).toContain(`${YAML}:5:7: 读到的值与写法不同；请加引号`);
  });

  test.each([
    ['a misspelt name', 'accessKays: [LTAIx:hidden-secret]'],
    ['a wrong form', 'accessKeys: [LTAIx-hidden-secret]'],
    ['a wrong member', 'accessKeys: [{ id: a, secrets: hidden-secret }]'],
    ['a slip of syntax', 'adminToken: "hidden-secret" and: more'],
    ['what is no text', 'adminToken: { hidden-secret: 1 }'],
  ])('no secret is shown: %s', async (_what, yaml) => {
    await using folder = await folderOf({ [YAML]: yaml });
    const { code, stderr } = await folder.run([]);
    expect([code, stderr]).toEqual([2, expect.not.stringContaining('hidden')]);
    expect(stderr).toMatch(new RegExp(`^cloudauth-mock: ${YAML}:1:\\d+: `));
  });
});

test('a person of one’s own is refused at his line, with the nearest word', async () => {
  await using folder = await folderOf({
    [YAML]:
      "people:\n  - { name: 王五, certNumber: '110101199003071030', outcome: pass }\n  - { name: 李四, outcome: fial }\n",
  });
  const { code, stderr } = await folder.run([]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/:3:5: outcome takes .*; did you mean fail\?/)]);
});

test.each([
  'nmae: 王五, outcome: pass',
  'q: 1, outcome: pass',
  'outcome: pass',
  'name: a~b, outcome: pass',
  'name: a, outcome: fail:Z1164',
])('in Chinese too: { %s }', async (person) => {
  await using folder = await folderOf({ [YAML]: `people: [{ ${person} }]\n` });
  const { code, stderr } = await folder.run([], { env: { LANG: 'zh_CN.UTF-8' } });
  expect([code, stderr]).toEqual([2, expect.stringMatching(/yaml:1:10: .*[\u4e00-\u9fff]/)]);
});

test('people of one’s own are listed first, their numbers masked, as in config print', async () => {
  await using folder = await folderOf({
    [YAML]: "people: [{ name: 王五, certNumber: '110101199003071030', outcome: 'fail:204' }]\n",
  });
  const { stdout } = await folder.run(['identities']);
  expect(stdout.split('\n')[1]).toMatch(/^110\*{13}30 +王五 +of your own: fail:204$/);
  expect((await folder.printed('people'))[0]).toEqual(['王五 110*************30=fail:204']);
});

test('config print shows no secret', async () => {
  await using folder = await folderOf({
    [YAML]: 'adminToken: hidden-1\naccessKeys: [a:hidden-2:hidden-3@team]\npublicUrl: http://me:hidden-4@a.test\n',
  });
  const plain = await folder.run(['config', 'print']);
  const json = await folder.run(['config', 'print', '--json', '--access-key', 'b:hidden-5']);
  expect(plain.stdout + json.stdout).not.toContain('hidden');
  expect(plain.stdout).toMatch(/^accessKeys +a:…@team +cloudauth-mock\.config\.yaml:2:1$/m);
});

describe('a program', () => {
  test('.mjs: its default export counts', async () => {
    await using folder = await folderOf({
      'cloudauth-mock.config.mjs': 'export default { port: 4000 + 711, device: { kind: "polls", count: 3 } };',
    });
    expect(await folder.printed('port')).toEqual(['4711', 'cloudauth-mock.config.mjs: port']);
    expect((await folder.printed('device'))[0]).toBe('{"kind":"polls","count":3}');
  });

  test('.ts: with types', async () => {
    await using folder = await folderOf({
      'cloudauth-mock.config.ts':
        'interface Port { port: number }\nexport default { port: 4711 as number } satisfies Port;',
    });
    expect(await folder.printed('port')).toEqual(['4711', 'cloudauth-mock.config.ts: port']);
  });

  test.each([
    ['an unknown option', 'export default { prot: 1 };', "prot: no option 'prot'; did you mean port?"],
    ['a wrong item', 'export default { scene: ["A", "B:RPBasik"] };', "scene[1]: 'RPBasik' is no solution"],
    ['no default export', 'export const port = 1;', 'it has no default export'],
    ['one that throws', 'throw new Error("not today");', 'it cannot be loaded: not today'],
    ['a getter that throws', 'export default { get port() { throw new Error("no"); } };', 'it cannot be loaded: no'],
    ['a function', 'export default () => ({ port: 1 });', 'write options, such as “port: 4600”'],
    ['a slip of syntax', 'export default {', 'it cannot be loaded: Unexpected end of input'],
  ])('%s is refused', async (_what, code, why) => {
    await using folder = await folderOf({ 'cloudauth-mock.config.mjs': code });
    const { code: exit, stderr } = await folder.run([]);
    expect([exit, stderr]).toEqual([2, expect.stringContaining(`cloudauth-mock: cloudauth-mock.config.mjs: ${why}`)]);
  });
});

describe('init', () => {
  test('writes every option, commented out, so that nothing changes', async () => {
    await using folder = await folderOf({});
    expect((await folder.run(['init'])).code).toBe(0);
    const text = readFileSync(join(folder.path, YAML), 'utf8');
    for (const [name, { en }] of Object.entries(settings)) {
      expect(text).toContain(`# ${en}`);
      expect(text).toMatch(new RegExp(`^# ${name}:`, 'm'));
    }
    expect(await folder.printed('port')).toEqual(['4520', 'default']);
  });

  test('speaks the language of the terminal', async () => {
    await using folder = await folderOf({});
    await folder.run(['init'], { env: { LANG: 'zh_CN.UTF-8' } });
    const text = readFileSync(join(folder.path, YAML), 'utf8');
    for (const { zh } of Object.values(settings)) expect(text).toContain(`# ${zh}`);
  });

  test.each([YAML, 'cloudauth-mock.config.mjs'])('leaves %s that is there as it is', async (name) => {
    await using folder = await folderOf({ [name]: 'mine' });
    const { code, stderr } = await folder.run(['init']);
    expect([code, stderr]).toEqual([1, `cloudauth-mock: ${name} is there already; it is left as it is\n`]);
    expect(readFileSync(join(folder.path, name), 'utf8')).toBe('mine');
  });

  test('what it writes is taken once the # is gone', async () => {
    await using folder = await folderOf({});
    await folder.run(['init']);
    const file = join(folder.path, YAML);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^# (?=\w+:( [^ ]+)?$)|^#(?= {3}- )/gm, ''));
    const { code, stdout } = await folder.run(['config', 'print', '--json']);
    const { options } = JSON.parse(stdout) as { options: { option: string; from: string }[] };
    const elsewhere = options.filter(({ from }) => !from.startsWith(YAML)).map(({ from }) => from);
    expect([code, elsewhere]).toEqual([0, ['--json']]);
  });
});

test('where the package is installed, what init writes names its schema', async () => {
  await using user = await project();
  expect(await user.run('bash', `npx cloudauth-mock init > init.txt; head -n 1 ${YAML}`)).toBe(
    '# yaml-language-server: $schema=./node_modules/cloudauth-mock/config.schema.json\n',
  );
  expect(await user.run('bash', 'ls node_modules/cloudauth-mock/config.schema.json')).toContain('config.schema.json');
});

test('in code a file is read when it is asked for, and never else', async () => {
  await using user = await project();
  user.write(YAML, 'publicUrl: https://configured.test\n');
  const code = `import { createCloudauthMock, readConfig } from 'cloudauth-mock';
console.log(createCloudauthMock().url, createCloudauthMock(await readConfig()).url);
await readConfig('gone.yaml').catch(({ name, message }) => console.log(name, message));
try { createCloudauthMock({ config: 'a.yaml' }); } catch ({ message }) { console.log(message); }`;
  expect(await user.run('js', code)).toBe(
    `https://cloudauth.aliyuncs.com https://configured.test
ConfigError there is no config file 'gone.yaml'
'config': no file is read here; give what readConfig(file) resolves to
`,
  );
});
