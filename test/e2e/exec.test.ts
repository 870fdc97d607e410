/** `cloudauth-mock exec`: programs that know nothing of the emulator, each with what its language needs. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { childEnvironment } from '../../src/cli/child-environment.js';
import { runCli, scratch, spawnCli } from '../support/child.js';
import { type Project, project } from '../support/project.js';
import { type Other, otherSecure } from '../support/proxied.js';

let folder: Awaited<ReturnType<typeof scratch>>;
let other: Other;
let user: Project;

beforeAll(async () => {
  folder = await scratch();
  other = await otherSecure((_asked, answer) => answer.end('of another'));
  user = await project();
});
afterAll(async () => {
  await other[Symbol.asyncDispose]();
  await user[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const ELSEWHERE = `--import ${resolve('test/support/elsewhere.mjs')}`;
/** As a machine would be whose system trusts the other server's CA. */
const environment = () => ({
  ...{ SSL_CERT_FILE: other.caFile, NODE_EXTRA_CA_CERTS: other.caFile, NODE_OPTIONS: ELSEWHERE, NO_PROXY: '' },
  ...{ CLOUDAUTH_MOCK_DATA_DIR: folder.path, REQUESTS_CA_BUNDLE: '', CURL_CA_BUNDLE: '' },
});
const exec = (words: readonly string[], env: Record<string, string> = {}, options: readonly string[] = []) =>
  runCli(['exec', ...options, '--', ...words], { env: { ...environment(), ...env } });

const VENDOR = 'https://cloudauth.aliyuncs.com/?Action=GetStatus&Version=2017-11-17&Format=JSON';

const PYTHON = `
import sys, urllib.error, urllib.request
for address in sys.argv[1:]:
    try: print(urllib.request.urlopen(address).read().decode())
    except urllib.error.HTTPError as error: print(error.read().decode())
`;
const PHP = `foreach (array_slice($argv, 1) as $address) {
  $call = curl_init($address);
  curl_setopt($call, CURLOPT_RETURNTRANSFER, true);
  echo curl_exec($call), curl_error($call), "\\n";
}`;
const FETCH = `for (const address of process.argv.slice(1)) console.log(await (await fetch(address)).text())`;
const HTTPS = `const { get } = require('node:https'); const { text } = require('node:stream/consumers');
for (const address of process.argv.slice(1)) get(address, async (reply) => console.log(await text(reply)))`;

const CLIENTS: readonly [client: string, ...words: string[]][] = [
  ['curl', 'curl', '-sS'],
  ['Python’s urllib', 'python3', '-c', PYTHON],
  ['PHP’s curl', 'php', '-r', PHP, '--'],
  ['fetch of Node', 'node', '--input-type=module', '-e', FETCH],
  ['https of Node', 'node', '-e', HTTPS],
  ['net/http of Go', 'go', 'run', 'test/support/clients/ask.go'],
];

test.each(CLIENTS)(
  '%s reaches a host of the vendor, and another TLS server',
  { timeout: 120_000 },
  async (_client, ...words) => {
    const { code, stdout } = await exec([...words, VENDOR, `https://other.example:${other.port}/`]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('"Code":"MissingAccessKeyId"')]);
    expect(stdout).toContain('of another');
  },
);

test('Java reaches both by either client of the JDK', { timeout: 120_000 }, async () => {
  const java = ['java', 'test/support/clients/Ask.java'];
  const { code, stdout } = await exec([...java, VENDOR, `https://other.example:${other.port}/`]);
  for (const client of ['HttpURLConnection', 'HttpClient'])
    for (const answer of ['.*"Code":"MissingAccessKeyId"', 'of another'])
      expect(stdout).toMatch(new RegExp(`^${client}: ${answer}`, 'm'));
  expect(code).toBe(0);
});

test('plain http is led as well', async () => {
  const { stdout } = await exec(['curl', '-sS', 'http://cloudauth.aliyuncs.com/healthz']);
  expect(stdout).toBe('{"status":"ok"}');
});

test('an application with a key and scene of its own runs as it is', async () => {
  user.write(
    'app.js',
    `import PopCore from '@alicloud/pop-core';
     const client = new PopCore({ endpoint: 'https://cloudauth.aliyuncs.com', apiVersion: '2017-11-17',
       accessKeyId: 'LTAI5tSomeonesOwnKey01', accessKeySecret: 'their own secret', codes: ['1'] });
     const params = { Biz: 'their-own-scene', TicketId: 'order-1' };
     console.log((await client.request('GetVerifyToken', params, { method: 'POST', timeout: 20_000 })).Data.VerifyToken.DurationSeconds);`,
  );
  const { code, stdout, stderr } = await exec(['node', join(user.path, 'app.js')]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '1800\n' });
  expect(stderr).toMatch(
    /^cloudauth-mock: the vendor's hosts lead to http:\/\/127\.0\.0\.1:\d+, by the proxy http:\/\/127\.0\.0\.1:\d+\n$/,
  );
});

test('a server of the command’s own on loopback is reached past the proxy', async () => {
  const { stdout } = await exec(['sh', '-c', 'curl -sS "$CLOUDAUTH_MOCK_URL/healthz"']);
  expect(stdout).toBe('{"status":"ok"}');
});

describe('when the command has failed', () => {
  test('its calls that were refused are listed', async () => {
    const { code, stderr } = await exec(['sh', '-c', `curl -sS '${VENDOR}'; exit 7`]);
    expect(code).toBe(7);
    expect(stderr).toMatch(
      /of its calls 1 were refused or answered an error:\n.* 400 2017-11-17\/GetStatus .*MissingAccessKeyId/,
    );
  });

  test('what the proxy did not lead is among them', async () => {
    const { stderr } = await exec(['curl', '-sS', 'http://10.1.2.3/', '--fail']);
    expect(stderr).toMatch(/10\.1\.2\.3 has one that is private, special or this machine's own/);
  });

  test('it is said that none was', async () => {
    const { code, stderr } = await exec(['sh', '-c', 'exit 9']);
    expect([code, stderr]).toEqual([9, expect.stringContaining('no call of it was refused')]);
  });

  test('in Chinese too', async () => {
    const { stderr } = await exec(['sh', '-c', 'exit 9'], { LANG: 'zh_CN.UTF-8' });
    expect(stderr.split('\n').filter((line) => line !== '' && !/[\u4e00-\u9fff]/.test(line))).toEqual([]);
  });
});

test.each([
  [['nothing-of-that-name'], 127, "there is no command 'nothing-of-that-name'"],
  [['/'], 126, "'/' cannot be run (EACCES)"],
  [['sh', '-c', 'kill -9 $$'], 137, 'no call of it'],
])('%j ends with %i', async (words, code, said) => {
  expect(await exec(words)).toMatchObject({ code, stderr: expect.stringContaining(said) });
});

test.each([['exec'], ['exec', 'npm', 'test'], ['exec', '--']])('%j is wrong usage', async (...words) => {
  const { code, stderr } = await runCli(words);
  expect([code, stderr]).toEqual([2, expect.stringContaining('exec takes a command after --')]);
});

test('words of the command stay as they are, its own -- as well', async () => {
  const { stdout } = await exec(['printf', '%s|', '--port', '--', '--help', '-h', 'a b']);
  expect(stdout).toBe('--port|--|--help|-h|a b|');
});

test('options of the emulator stand before --', async () => {
  const ask = `curl -sS 'https://cloudauth.aliyuncs.com/?Action=GetStatus&Version=1999-01-01&Format=JSON&AccessKeyId=x'`;
  const { stdout } = await exec(['sh', '-c', ask], {}, ['--versions', 'any', '--proxy-passthrough', 'off']);
  expect(stdout).not.toContain('InvalidVersion');
  const { stderr } = await exec(['curl', '-sS', 'https://other.example/'], {}, ['--proxy-passthrough', 'off']);
  expect(stderr).toContain('other.example is none');
});

test('a config file is read, but for the ports of a lasting emulator', async () => {
  const file = join(folder.path, 'cloudauth-mock.config.json');
  writeFileSync(file, JSON.stringify({ port: 1, proxy: false, proxyPassthrough: 'off' }));
  const { stderr } = await exec(['curl', '-sS', 'https://other.example/'], {}, ['--config', file]);
  expect(stderr).toMatch(/lead to http:\/\/127\.0\.0\.1:\d{4,},/);
  expect(stderr).toContain('other.example is none');
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s reaches the command, whose end counts', async (signal) => {
  const script = `trap 'echo heard; exit 5' TERM INT HUP; echo ready; while :; do sleep 0.05; done`;
  const child = spawnCli(['exec', '--', 'sh', '-c', script], { env: environment() });
  await child.printed(/ready/);
  child.kill(signal);
  expect(await child.exit).toMatchObject({ code: 5, stdout: 'ready\nheard\n' });
});

test('nothing is left behind', async () => {
  const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('cloudauth-mock-exec-'));
  const before = left();
  const { stdout } = await exec(['sh', '-c', 'echo "$SSL_CERT_FILE $CLOUDAUTH_MOCK_URL"']);
  const [file = '', url = ''] = stdout.trim().split(' ');
  expect([file.startsWith(tmpdir()), existsSync(file)]).toEqual([true, false]);
  await expect(fetch(url)).rejects.toThrow();
  expect(left()).toEqual(before);
});

test('what the command trusts holds the roots of the system, those it was told of, and the emulator’s', async () => {
  const { stdout } = await exec(['sh', '-c', 'cat "$SSL_CERT_FILE"']);
  const own = readFileSync(join(folder.path, 'ca', 'ca.crt'), 'utf8');
  for (const pem of [own, other.ca]) expect(stdout).toContain(pem.trim());
  expect(stdout.match(/BEGIN CERTIFICATE/g)!.length).toBeGreaterThan(100);
});

describe('the environment of a command', () => {
  const files = { caFile: '/t/ca.crt', bundleFile: '/t/all.crt', storeFile: '/t/store.p12', phpFolder: '/t' };
  const trust = { ...files, remove() {} };
  const of = (env: NodeJS.ProcessEnv) =>
    childEnvironment(env, { url: 'http://127.0.0.1:1', proxy: 'http://127.0.0.1:2', trust });

  test('it keeps what Node, Java and PHP were told already', () => {
    const { env } = of({ NODE_OPTIONS: '--enable-source-maps', JAVA_TOOL_OPTIONS: '-Xmx1g', PHP_INI_SCAN_DIR: '/php' });
    expect(env.NODE_OPTIONS).toMatch(/^--enable-source-maps --require \S+register\.cjs$/);
    expect(env.JAVA_TOOL_OPTIONS).toMatch(
      /^-Xmx1g -Dhttp\.proxyHost=127\.0\.0\.1 -Dhttp\.proxyPort=2 -Dhttps\.proxyHost/,
    );
    expect(env.PHP_INI_SCAN_DIR).toBe('/php:/t');
  });

  test('PHP keeps the settings of its distribution', () => {
    expect(of({}).env.PHP_INI_SCAN_DIR).toBe(':/t');
  });

  test('a proxy that was set before is not used, and that is said', async () => {
    const { stderr } = await exec(['true'], { HTTPS_PROXY: 'http://user:secret@proxy.corp:3128' });
    expect(stderr).toMatch(/HTTPS_PROXY of this environment is not used/);
    expect(stderr).not.toContain('secret');
  });

  test('hosts that were reached past a proxy still are, by a JVM too', () => {
    const { env } = of({ no_proxy: 'registry.corp, .internal' });
    expect(env.NO_PROXY).toMatch(/^registry\.corp,\.internal,localhost,127\.0\.0\.1,/);
    expect(env.JAVA_TOOL_OPTIONS).toContain('|registry.corp|*.registry.corp|.internal|*.internal ');
  });

  test.each(['*', '.aliyuncs.com', '*.aliyuncs.com', 'aliyuncs.com', 'com', 'cloudauth.aliyuncs.com:443'])(
    'NO_PROXY %s, which would lead past the emulator, is left out',
    (entry) => {
      const { env, leftOut } = of({ NO_PROXY: `a.example,${entry}` });
      expect([leftOut, env.NO_PROXY?.split(',').slice(0, 2)]).toEqual([[entry], ['a.example', 'localhost']]);
    },
  );
});
