/** The commands that print and end, as a user meets them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { identities, pictures, testValues } from '../../src/index.js';
import { scenarioNames } from '../../src/scenarios/load.js';
import { cloudauth2019 } from '../support/call.js';
import { runCli, startCli } from '../support/child.js';
import { freePort } from '../support/raw.js';

const UPLOAD_TOKEN = cloudauth2019('DescribeOssUploadToken');

test('identities prints every number and picture, its name and what it does, in columns', async () => {
  const { code, stdout, stderr } = await runCli(['identities']);
  const [head, ...rows] = stdout.trimEnd().split('\n');
  expect([code, stderr, head]).toEqual([0, '', 'NUMBER              NAME        WHAT IT DOES']);
  expect(rows.length).toBe(identities.length + testValues.length + pictures.length);
  expect(rows.slice(0, 2)).toEqual([
    '990000199003070013  测试通过    passes',
    '990000199003070030  测试不通过  fails: not the same person'.replace('990000199003070030', identities[1]!.number),
  ]);
});

test('identities --json prints the catalogue', async () => {
  const { code, stdout } = await runCli(['identities', '--json']);
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    JSON.parse(JSON.stringify([...identities, ...testValues, ...pictures])),
  ]);
});

test.each([
  ['--json', 'identities'],
  ['--json', 'errors', 'Z1146'],
  ['errors', 'Z1146', '--json'],
])('a flag may stand before its command or after: %s %s %s', async (...args) => {
  const { code, stdout } = await runCli(args.filter(Boolean));
  expect([code, JSON.parse(stdout).length > 0]).toEqual([0, true]);
});

test('CLOUDAUTH_MOCK_JSON holds for the commands as well', async () => {
  const { code, stdout } = await runCli(['identities'], { env: { CLOUDAUTH_MOCK_JSON: '1' } });
  expect([code, JSON.parse(stdout).length]).toEqual([0, identities.length + testValues.length + pictures.length]);
});

test('a variable that a command does not read does not stop it', async () => {
  expect(await runCli(['identities'], { env: { CLOUDAUTH_MOCK_PORT: 'x' } })).toMatchObject({ code: 0, stderr: '' });
});

test('errors TEXT explains a code: message, when, who answers it, a scenario', async () => {
  const { code, stdout, stderr } = await runCli(['errors', 'Z1146']);
  expect([code, stderr]).toEqual([0, '']);
  for (const part of [
    /^Z1146 {2}\(HTTP 200\) {2}query接口调用失败/m,
    /^ {4}when the face is not that person’s$/m,
    /^ {4}on saf\/2017-03-31\/face_verify\.query, /m,
    /^ {4}rules: \[\{ on: saf\/2017-03-31\/face_verify\.query, times: 1, then: \{ fail: "Z1146" \} \}\]$/m,
  ])
    expect(stdout).toMatch(part);
});

test('errors takes several words, in any case', async () => {
  const { stdout } = await runCli(['errors', 'VERIFY', 'token', 'was']);
  expect(stdout).toMatch(/^InvalidParam\.VerifyTokenExpired {2}\(HTTP 400\)/);
});

test('errors without a word lists all, those of the gateway on every operation', async () => {
  const { code, stdout } = await runCli(['errors']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^SignatureDoesNotMatch .*\n( {4}.*\n)* {4}on every operation$/m);
});

test('errors --json prints what was found', async () => {
  const { stdout } = await runCli(['errors', '--json', 'Z1146']);
  expect(JSON.parse(stdout).map((row: { code: string }) => row.code)).toContain('Z1146');
});

test('errors that finds nothing says so', async () => {
  expect(await runCli(['errors', 'no-such-thing'])).toMatchObject({
    code: 0,
    stdout: "no documented error holds 'no-such-thing'\n",
  });
});

test('errors OPERATION lists what it can answer, and nothing else', async () => {
  const { stdout } = await runCli(['errors', 'face_verify.init', '--json']);
  const codes = JSON.parse(stdout).map((row: { code: string }) => row.code);
  expect(codes).toEqual(expect.arrayContaining(['Z1108', 'MissingService', 'Throttling.User']));
  expect(codes.filter((code: string) => ['Z1146', 'Missingname', 'InvalidParam.InvalidBiz'].includes(code))).toEqual(
    [],
  );
});

test('errors names what may have been meant', async () => {
  expect((await runCli(['errors', 'getstats'])).stdout).toContain('did you mean GetStatus?');
});

test('operations prints each with its parameters, as rules name them', async () => {
  const { code, stdout } = await runCli(['operations']);
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(
      /^cloudauth\/2017-11-17\/SubmitMaterials {2,}VerifyToken Material\.N\.MaterialType Material\.N\.Value /m,
    ),
  ]);
});

test('scenarios prints every name that --scenario takes, and what it does', async () => {
  const { code, stdout } = await runCli(['scenarios']);
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/^attack {2,}The risk control sees an attack, first as B110/m),
  ]);
  expect(JSON.parse((await runCli(['scenarios', '--json'])).stdout).map(({ name }: { name: string }) => name)).toEqual(
    scenarioNames(),
  );
});

test('coverage reports what a running emulator has answered, and what it never has', async () => {
  await using emulator = await startCli();
  await emulator.call(UPLOAD_TOKEN);
  const { code, stdout, stderr } = await runCli(['coverage', '--port', `${emulator.port}`]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^never seen:\n {2}cloudauth\/2017-11-17\/GetVerifyToken {2,}ok Error\.InternalError /);
  expect(stdout).not.toMatch(/DescribeOssUploadToken +ok/);
  expect(stdout).toMatch(/\n\n[\d.]+ % of the documented outcomes seen: 1 of \d+\n$/);
});

test('coverage --json prints the numbers', async () => {
  await using emulator = await startCli();
  await emulator.call(UPLOAD_TOKEN);
  const { stdout } = await runCli(['coverage', '--json', '--url', emulator.url]);
  expect(JSON.parse(stdout)).toMatchObject({ seen: 1, percent: expect.any(Number), never: expect.any(Array) });
});

test('coverage --html writes the picture as a page', async () => {
  await using emulator = await startCli();
  await emulator.call(UPLOAD_TOKEN);
  const file = join(await mkdtemp(join(tmpdir(), 'cloudauth-mock-')), 'coverage.html');
  const { code, stdout } = await runCli(['coverage', '--html', file, '--url', emulator.url]);
  const page = await readFile(file, 'utf8');
  await rm(dirname(file), { recursive: true });
  expect([code, stdout]).toEqual([0, expect.stringContaining('never seen:')]);
  expect(page).toMatch(/DescribeOssUploadToken <small>1\/1<[\s\S]*<li class="seen"[^>]*>✓ ok</);
});

test('coverage --html says when the file cannot be written', async () => {
  await using emulator = await startCli();
  const { code, stderr } = await runCli(['coverage', '--html', '/nowhere/a.html', '--url', emulator.url]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^cloudauth-mock: --html: ENOENT[^\n]*\nTry/)]);
});

test('coverage exits 1 below --min, with the report, and 0 from it upwards', async () => {
  await using emulator = await startCli();
  await emulator.call(UPLOAD_TOKEN);
  const below = await runCli(['coverage', '--min', '60', '--url', emulator.url]);
  const above = await runCli(['coverage', '--min', '0.1', '--url', `${emulator.url}/`]);
  expect([below.code, below.stderr]).toEqual([
    1,
    expect.stringMatching(/^cloudauth-mock: coverage of [\d.]+ % is below --min 60\n$/),
  ]);
  expect(below.stdout).toContain('never seen:');
  expect([above.code, above.stderr]).toEqual([0, '']);
});

test('coverage is about one account', async () => {
  await using emulator = await startCli();
  await emulator.call(UPLOAD_TOKEN, { accessKeyId: 'LTAImockA' });
  const percent = async (...args: string[]) =>
    JSON.parse((await runCli(['coverage', '--json', '--url', emulator.url, ...args])).stdout).seen;
  expect([await percent(), await percent('--account', 'LTAImockA')]).toEqual([0, 1]);
});

test('coverage finds the emulator by its variables, and sends the token', async () => {
  const env = { CLOUDAUTH_MOCK_ADMIN_TOKEN: 'secret', CLOUDAUTH_MOCK_HOST: '0.0.0.0' };
  await using emulator = await startCli([], { env });
  const asked = { ...env, CLOUDAUTH_MOCK_PORT: `${emulator.port}` };
  const refused = await runCli(['coverage'], { env: { ...asked, CLOUDAUTH_MOCK_ADMIN_TOKEN: 'wrong' } });
  expect((await runCli(['coverage'], { env: asked })).code).toBe(0);
  expect((await runCli(['coverage', '--admin-token', 'secret', '--url', emulator.url])).code).toBe(0);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('send the admin token')]);
});

describe('with the token of one account', () => {
  const TEAM = ['--account-token', 'LTAImockTeam=ours', '--admin-token', 'all'];
  const asked = (emulator: { url: string }) => ['--url', emulator.url, '--admin-token', 'ours'];

  test('a command that names no account is about that one, and says so', async () => {
    await using emulator = await startCli(TEAM);
    const said = await runCli(['snapshots', ...asked(emulator)]);
    expect([said.stdout, said.code]).toEqual(['account LTAImockTeam has no snapshots\n', 0]);
    expect((await runCli(['reset', ...asked(emulator)])).stdout).toMatch(/^account LTAImockTeam is reset; /);
    await emulator.call(UPLOAD_TOKEN, { accessKeyId: 'LTAImockTeam' });
    expect((await runCli(['logs', ...asked(emulator)])).stdout).toContain('DescribeOssUploadToken');
  });

  test.each([
    ['clock', '--account', 'default'],
    ['device', '--account', 'LTAImockOther'],
    ['logs', '--account', 'default'],
  ])('%s %s %s exits 1 and says why', async (...words) => {
    await using emulator = await startCli(TEAM);
    const { code, stderr } = await runCli([...words, ...asked(emulator)]);
    expect([code, stderr]).toEqual([
      1,
      'cloudauth-mock: the token is that of account LTAImockTeam, and opens no other account\n',
    ]);
  });

  test('config print names the account and not the token', async () => {
    const { stdout } = await runCli(['config', 'print'], { env: { CLOUDAUTH_MOCK_ACCOUNT_TOKEN: 'team-a=hidden' } });
    expect([stdout.includes('team-a=…'), stdout.includes('hidden')]).toEqual([true, false]);
  });
});

test('coverage exits 1, with one line, when nobody listens', async () => {
  const port = await freePort();
  const { code, stdout, stderr } = await runCli(['coverage', '--port', `${port}`]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(new RegExp(`^cloudauth-mock: no answer from http://127\\.0\\.0\\.1:${port}: [^\\n]+\\n$`));
});

test.each([
  ['coverage --min much', "--min: 'much' is not a number from 0 to 100"],
  ['coverage --min 101', "--min: '101' is not a number from 0 to 100"],
  ['coverage --min=', "--min: '' is not a number from 0 to 100"],
  ['coverage --html=', '--html: it names no file'],
  ['coverage --url nowhere', '--url: '],
  ['coverage --port x', '--port: '],
  ['coverage now', "coverage takes no 'now'"],
  ['identities all', "identities takes no 'all'"],
  ['identities --min 3', "'--min'"],
  ['errors --nope', "'--nope'"],
  ['--port 0 coverage', '--port: 0 is any free one; say which one the emulator took'],
  ['--min 3 identities', "identities takes no '--min'"],
  ['identities --port 1', "identities takes no '--port'"],
  ['start --pass', "start takes no '--pass'"],
])('%s is wrong usage', async (line, message) => {
  const { code, stdout, stderr } = await runCli(line.split(' '));
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^cloudauth-mock: [^\n]+\nTry: cloudauth-mock --help\n$/);
  expect(stderr).toContain(message);
});

test.each(['identities', 'errors', 'coverage'])('--help has a line and an example for %s', async (command) => {
  const { stdout } = await runCli([command, '--help']);
  const [usage = '', examples = ''] = stdout.split('\nExamples\n');
  expect(usage).toContain(`cloudauth-mock ${command}`);
  expect(examples).toMatch(new RegExp(`^ {2}cloudauth-mock ${command} .*`, 'm'));
});

test.each([
  ['coverage', '--min', '3', '--help'],
  ['device', 'x', '--pass', '-h'],
])('%s %s %s %s prints the help', async (...args) => {
  expect(await runCli(args)).toMatchObject({ code: 0, stdout: expect.stringContaining(`cloudauth-mock ${args[0]}`) });
});
