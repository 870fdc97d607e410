/** `cloudauth-mock hosts`: lines, aliases, and a marked block that leaves all else as it is. */

import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { withBlock } from '../../src/cli/hosts-block.js';
import { isTaken, needs } from '../../src/cli/low-ports.js';
import { VENDOR_HOSTS } from '../../src/platform/vendor-hosts.js';
import { runCli, scratch } from '../support/child.js';

const folder = await scratch();
afterAll(() => folder[Symbol.asyncDispose]());
let files = 0;
const hosts = (text: string | Buffer) => {
  const file = join(folder.path, `hosts-${++files}`);
  writeFileSync(file, text);
  return file;
};
const run = (...args: string[]) => runCli(['hosts', ...args]);
const OURS = '127.0.0.1 localhost\n10.0.0.7 printer # 打印机\n';

test('it prints a line for every host, and nothing else on stdout', async () => {
  const { code, stdout } = await run();
  const lines = stdout.trimEnd().split('\n');
  expect([code, lines]).toEqual([0, VENDOR_HOSTS.map(({ name }) => `127.0.0.1 ${name}`)]);
});

test('it says beside that what ports need, whether somebody listens, and that there are no wildcards', async () => {
  const { stderr } = await run();
  expect(stderr).toMatch(/^# No wildcard .*<bucket>\.oss-/);
  for (const port of [443, 80])
    expect(stderr).toMatch(new RegExp(`# port ${port} .*\\n# (some|no)body listens on port ${port}`));
  expect(stderr).toContain('--https-port 443 --port 80');
});

test('it says so in Chinese', async () => {
  const { stderr } = await runCli(['hosts'], { env: { LANG: 'zh_CN.UTF-8' } });
  expect(stderr).toMatch(/^# 其中不能使用通配符.*\n# .*端口 443/);
  expect(stderr.split('\n').filter((line) => line !== '' && !/[\u4e00-\u9fff]/.test(line))).toEqual([]);
});

test('names lead to another address', async () => {
  const { stdout } = await run('--address', '192.168.1.5');
  expect(stdout).toContain('192.168.1.5 cloudauth.aliyuncs.com\n');
});

test('--compose prints aliases that a compose file can hold', async () => {
  const { stdout } = await run('--compose');
  expect(parse(stdout).services['cloudauth-mock'].networks.default.aliases).toEqual(
    VENDOR_HOSTS.map(({ name }) => name),
  );
});

test('--json prints names, file and ports for a program', async () => {
  const { stdout } = await run('--json', '--file', '/nowhere/hosts');
  expect(JSON.parse(stdout)).toMatchObject({
    file: '/nowhere/hosts',
    names: expect.arrayContaining(['saf.cn-shanghai.aliyuncs.com']),
    ports: [{ port: 443, taken: expect.any(Boolean) }, { port: 80 }],
  });
});

test('--write adds a block behind what is there, --remove takes it out again', async () => {
  const file = hosts(OURS);
  const written = await run('--write', '--file', file);
  const text = readFileSync(file, 'utf8');
  const removed = await run('--remove', '--file', file);
  expect([written.code, removed.code]).toEqual([0, 0]);
  expect(text.startsWith(`${OURS}# BEGIN cloudauth-mock\n127.0.0.1 cloudauth.aliyuncs.com\n`)).toBe(true);
  expect(text.endsWith('\n# END cloudauth-mock\n')).toBe(true);
  expect(readFileSync(file, 'utf8')).toBe(OURS);
});

test('a second --write changes nothing, and says so', async () => {
  const file = hosts(OURS);
  await run('--write', '--file', file);
  const { ino } = statSync(file);
  const { stdout } = await run('--write', '--file', file);
  expect([stdout, statSync(file).ino]).toEqual([`${file}: ${VENDOR_HOSTS.length} names are there already\n`, ino]);
});

test('the file keeps its mode, a link stays a link, and nothing is left beside it', async () => {
  const file = hosts(OURS);
  chmodSync(file, 0o640);
  const link = `${file}-link`;
  symlinkSync(file, link);
  await run('--write', '--file', link);
  expect([statSync(file).mode & 0o777, lstatSync(link).isSymbolicLink()]).toEqual([0o640, true]);
  expect(readFileSync(file, 'utf8')).toContain('END cloudauth-mock');
  expect(readdirSync(folder.path).filter((name) => name.includes('.cloudauth-mock-'))).toEqual([]);
});

test.each<[string, string[], number, RegExp]>([
  [
    'a file there is not',
    ['--write', '--file', '/nowhere/hosts'],
    2,
    /there is no hosts file \/nowhere\/hosts \(ENOENT\): name one/,
  ],
  ['a folder', ['--write', '--file', '/tmp'], 2, /there is no hosts file \/tmp \(EISDIR\)/],
  [
    'a file nobody may change',
    ['--write', '--file', '/proc/sys/kernel/ostype'],
    1,
    /\/proc\/sys\/kernel\/ostype cannot be changed \(E\w+\): run it as administrator/,
  ],
  ['no address', ['--address', 'example.com'], 2, /--address: 'example.com' is no IP address/],
  ['two things at once', ['--write', '--remove'], 2, /hosts takes one of --compose, --write and --remove/],
])('%s is refused', async (_what, args, code, message) => {
  const exit = await run(...args);
  expect([exit.code, exit.stderr]).toEqual([code, expect.stringMatching(message)]);
});

const BLOCK = ['1.1.1.1 a', '1.1.1.1 b'];
const BEGIN = '# BEGIN cloudauth-mock\n';
const END = '# END cloudauth-mock\n';

test.each([
  ['nothing', ''],
  ['lines', OURS],
  ['a last line without an end', '127.0.0.1 localhost'],
  ['line ends of Windows', '127.0.0.1 localhost\r\n\r\n'],
  ['of Windows, the last without an end', '127.0.0.1 localhost\r\n# end'],
  ['bytes of no encoding', Buffer.from([0x23, 0xff, 0x80, 0xc3, 0x0a]).toString('latin1')],
  ['words that look like marks', `x${BEGIN}# BEGIN cloudauth-mocks\n`],
])('%s: written, renewed and removed it is what it was', (_what, text) => {
  const written = withBlock(text, BLOCK);
  const renewed = withBlock(written, ['2.2.2.2 a']);
  expect(withBlock(written, BLOCK)).toBe(written);
  expect(renewed).toContain('2.2.2.2 a');
  expect([withBlock(written, []), withBlock(renewed, [])]).toEqual([text, text]);
});

test('lines before and behind the block stay where they are', () => {
  const text = `a\n${BEGIN}old\n${END}b\n`;
  expect(withBlock(text, BLOCK)).toBe(`a\n${BEGIN}${BLOCK.join('\n')}\n${END}b\n`);
});

test('line ends are those of the file', () => {
  expect(withBlock('a\r\n', ['b'])).toBe('a\r\n# BEGIN cloudauth-mock\r\nb\r\n# END cloudauth-mock\r\n');
});

test.each([
  ['without an end', `a\n${BEGIN}old\nb\n`],
  ['without a beginning', `a\nold\n${END}b\n`],
  ['that ends before it begins', `${END}${BEGIN}`],
  ['that is there twice', `${BEGIN}${END}${BEGIN}${END}`],
  ['that begins twice', `${BEGIN}${BEGIN}${END}`],
])('a block %s is refused', (_what, text) => {
  for (const lines of [BLOCK, []]) expect(() => withBlock(text, lines)).toThrow('has no whole block from');
});

test('the command refuses half a block and leaves the file alone', async () => {
  const text = `${OURS}${BEGIN}1.1.1.1 a\n`;
  const file = hosts(text);
  const { code, stderr } = await run('--remove', '--file', file);
  expect([code, readFileSync(file, 'utf8')]).toEqual([2, text]);
  expect(stderr).toContain('mend or delete these lines by hand, nothing was changed');
});

test.each([
  [
    'linux',
    1000,
    1024,
    /setcap cap_net_bind_service=\+ep .* or a redirect: sudo iptables .*--dport 443 .*--to-ports 4543$/,
  ],
  ['linux', 1000, 80, /can be opened by anybody/],
  ['linux', 0, 1024, /by root, who you are/],
  ['darwin', 501, 1024, /needs root on macOS: .*pfctl/],
  ['win32', undefined, 1024, /by anybody on Windows/],
])('what port 443 needs on %s for user %s, with ports from %i free for all', (platform, uid, anybodyFrom, text) => {
  expect(needs(443, 4543, { platform, uid, anybodyFrom })).toMatch(text);
});

test('whether somebody listens is found by asking', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const before = await isTaken('127.0.0.1', port);
  await new Promise((resolve) => server.close(resolve));
  expect([before, await isTaken('127.0.0.1', port)]).toEqual([true, false]);
});
