/** The command as a user meets it: a child process, its two streams, its exit code. */
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.js';
import { commandSettings, envName, readOptions, settings } from '../../src/config/options.js';
import { DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET } from '../../src/index.js';
import { networkHosts } from '../../src/platform/network.js';
import { VERSION } from '../../src/platform/version.js';
import { driversHere } from '../../src/store/drivers/load.js';
import { cloudauth2017, cloudauth2019, faceVerify, signedParams } from '../support/call.js';
import { type Emulator, runCli, scratch, startCli } from '../support/child.js';
import { saying } from '../support/hints.js';
import { connectRaw, freePort, request, sendRaw } from '../support/raw.js';

const UPLOAD_TOKEN = cloudauth2019('DescribeOssUploadToken');
const FORM = { Host: 'localhost', 'Content-Type': 'application/x-www-form-urlencoded' };

async function stop(emulator: Emulator, signal: NodeJS.Signals = 'SIGTERM') {
  const startedAt = performance.now();
  emulator.kill(signal);
  const exit = await emulator.exit;
  return { ...exit, ms: performance.now() - startedAt };
}

/** Everything from a run that serves `calls` and is then stopped. */
async function session(args: string[], ...calls: [Record<string, string>, object?][]) {
  await using emulator = await startCli(args);
  const replies = [];
  for (const [params, options] of calls) replies.push(await emulator.call(params, options));
  return { ...(await stop(emulator)), replies, url: emulator.url, pid: emulator.pid };
}

describe('streams', () => {
  test('stdout carries the ready line and nothing else', async () => {
    const { stdout, pid, url } = await session([], [UPLOAD_TOKEN]);
    expect(stdout).toBe(`cloudauth-mock ready http=${url} pid=${pid}\n`);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test('with --json stdout carries one JSON object', async () => {
    const { stdout, pid, url } = await session(['--json'], [UPLOAD_TOKEN]);
    expect(stdout).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(stdout)).toEqual({ name: 'cloudauth-mock', version: VERSION, ready: true, http: url, pid });
  });

  test.each(['true', '1', 'YES'])('CLOUDAUTH_MOCK_JSON=%s does what --json does', async (value) => {
    await using emulator = await startCli([], { env: { CLOUDAUTH_MOCK_JSON: value } });
    const { stdout } = await stop(emulator);
    expect(JSON.parse(stdout)).toMatchObject({ ready: true, http: emulator.url });
  });

  test.each(['false', '0', 'no', ''])('CLOUDAUTH_MOCK_JSON=%s does not', async (value) => {
    await using emulator = await startCli([], { env: { CLOUDAUTH_MOCK_JSON: value } });
    expect((await stop(emulator)).stdout).toMatch(/^cloudauth-mock ready /);
  });

  test.each(['JSON', 'WATCH'])('CLOUDAUTH_MOCK_%s that is neither on nor off is refused', async (name) => {
    const { code, stdout, stderr } = await runCli([], { env: { [`CLOUDAUTH_MOCK_${name}`]: 'on' } });
    expect([code, stdout, stderr.split('\n')[0]]).toEqual([
      2,
      '',
      `cloudauth-mock: CLOUDAUTH_MOCK_${name}: 'on' is not one of 1, true, yes, 0, false, no`,
    ]);
  });

  test('the banner on stderr has what one needs to copy', async () => {
    const { stderr, url } = await session(['--device', 'polls:2']);
    const snippets = [/Node .*new Core\(/, /Java .*setSysDomain\("127/, /Python .*set_domain\('127/];
    for (const part of [url, `${url}/_mock/phone`, DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET, 'after 2 question(s)'])
      expect(stderr).toContain(part);
    for (const snippet of snippets) expect(stderr).toMatch(snippet);
  });

  test.each(driversHere())('--driver %s is named with its version, in the banner and in the log', async (driver) => {
    await using emulator = await startCli(['--driver', driver]);
    await emulator.logged(new RegExp(`database :memory: by ${driver} \\d`));
    expect(emulator.stderr()).toMatch(new RegExp(`^ {2}driver {6}${driver} \\d+\\.\\d+\\.\\d+$`, 'm'));
  });

  test('each call is one line of the log on stderr', async () => {
    const { stderr } = await session([], [UPLOAD_TOKEN], [cloudauth2019('DescribeRPSDK')]);
    const start = String.raw`^\d\d:\d\d:\d\d\.\d{3} `;
    const ids = String.raw`#\d [0-9A-F-]{36}`;
    const about = String.raw`DescribeOssUploadToken {2}default {2}[\d.]+ ms ${ids}$`;
    expect(stderr).toMatch(new RegExp(`${start}200 cloudauth/2019-03-07/${about}`, 'm'));
    expect(stderr).toMatch(
      new RegExp(`${start}400 cloudauth/2019-03-07/DescribeRPSDK .* ${ids} {2}MissingTaskId`, 'm'),
    );
  });

  test('a line of the log says what its call is about', async () => {
    const status = cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 'order-7' });
    const query = faceVerify({ method: 'query', queryId: 'a'.repeat(32) });
    const { stderr } = await session([], [status], [query]);
    expect(stderr).toMatch(/GetStatus {2}default {2}TicketId=order-7 {2}[\d.]+ ms #1 /);
    expect(stderr).toMatch(/face_verify\.query {2}default {2}queryId=a{32} {2}[\d.]+ ms #2 /);
  });

  test('--log json writes nothing but JSON on stderr, one object a call', async () => {
    const { stderr, replies } = await session(['--log', 'json'], [UPLOAD_TOKEN], [cloudauth2019('Nope')]);
    const lines = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const about = { level: 'info', operation: 'cloudauth/2019-03-07/DescribeOssUploadToken', journal: 1 };
    expect(lines.slice(-2)).toEqual([
      expect.objectContaining({ ...about, status: 200, requestId: replies[0]!.json.RequestId }),
      expect.objectContaining({ level: 'info', status: 400, code: 'UnsupportedOperation', journal: 2 }),
    ]);
  });

  test('with --log json a start that fails is told in JSON as well', async () => {
    await using emulator = await startCli();
    const { code, stderr } = await runCli(['--port', `${emulator.port}`, '--log', 'json']);
    expect([code, JSON.parse(stderr)]).toEqual([
      3,
      { time: expect.any(String), level: 'error', message: expect.stringContaining('--port 0') },
    ]);
  });

  test('--log silent leaves stderr empty', async () => {
    expect((await session(['--log', 'silent'], [UPLOAD_TOKEN])).stderr).toBe('');
  });

  test.each(['pretty', 'json'])('no secret, ID number, name or picture reaches the %s log', async (log) => {
    const hidden = {
      Name: '测试甲乙',
      IdentificationNumber: '990000199003070013',
      FacePic: `base64://${'QUJD'.repeat(99)}`,
    };
    const Binding = JSON.stringify(hidden);
    const saf = faceVerify({
      method: 'init',
      certNumber: hidden.IdentificationNumber,
      name: hidden.Name,
      metainfo: 'm',
    });
    const verify = cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 't', Binding });
    const wrong = { secret: 'wrong-secret' };
    const { stderr, replies } = await session(
      ['--log', log, '--access-key', 'mykey:hidden-secret', '--signature', 'warn'],
      [verify, wrong],
      [saf, wrong],
      [verify, { accessKeyId: 'mykey', secret: 'hidden-secret' }],
      [{ Action: Binding }],
    );
    expect(replies[0]?.headers.get('x-cloudauth-mock-hint')).toContain('SignatureDoesNotMatch');
    const logged = stderr.slice(stderr.indexOf('Python'));
    for (const secret of [
      ...Object.values(hidden),
      'hidden-secret',
      DEFAULT_SECRET,
      replies[0]?.json.Data.VerifyToken.Token,
    ]) {
      expect(logged).not.toContain(secret);
    }
  });

  test('what a caller chose cannot forge a line of the log', async () => {
    const forged = '\n200 forged\u001b[2J';
    const { stderr } = await session([], [cloudauth2019(forged)], [UPLOAD_TOKEN, { accessKeyId: `LTAImock${forged}` }]);
    expect(stderr).toMatch(/^[\d:.]+ 400 \?\/\? {2}/m);
    expect(stderr).toMatch(/^[\d:.]+ 200 \S+DescribeOssUploadToken {2}LTAImock\?200 forged\?\[2J /m);
  });

  test('a client that goes away in mid-body leaves no stack in the log', async () => {
    await using emulator = await startCli();
    const connection = await connectRaw(emulator.url);
    connection.send(request('POST /', { ...FORM, 'Content-Length': '1000' }, 'Action='));
    connection.destroy();
    await connection.closed;
    expect((await emulator.call(UPLOAD_TOKEN)).status).toBe(200);
    expect((await stop(emulator)).stderr).not.toMatch(/^\s+at |Error/m);
  });

  test.each(['0.0.0.0', '::'])('--host %s warns that others can reach it', async (host) => {
    expect((await session(['--host', host])).stderr).toContain(`warning     bound to ${host}: anyone`);
  });

  test('bound to every address the banner names each, and no link that would be refused', async () => {
    const [closed, open] = [
      await session(['--host', '0.0.0.0']),
      await session(['--host', '0.0.0.0', '--admin-token', 'x']),
    ];
    const others = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    const reached = others.filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of reached)
      expect(closed.stderr).toMatch(new RegExp(`^ {2}network {5}http://${address}:\\d+$`, 'm'));
    expect([closed.stderr.includes('/_mock/phone'), closed.stderr.includes('--admin-token TOKEN opens them')]).toEqual([
      false,
      true,
    ]);
    expect(open.stderr).toContain(`${open.url}/_mock/phone`);
  });

  test('bound to every address with --https the banner names each by https too', async () => {
    await using folder = await scratch();
    const https = ['--https', '--https-port', '0', '--data-dir', folder.path];
    await using emulator = await startCli(['--host', '0.0.0.0', ...https]);
    const { stderr } = await stop(emulator);
    const { port } = new URL(emulator.secureUrl!);
    const named = [...stderr.matchAll(/^ {2}network {5}(\w+:\/\/\S+)$/gm)].map(([, address]) => address);
    const hosts = networkHosts('0.0.0.0');
    const all = [`http,${emulator.port}`, `https,${port}`].map((each) => each.split(','));
    expect(named).toEqual(all.flatMap(([scheme, at]) => hosts.map((host) => `${scheme}://${host}:${at}`)));
  });

  test('the default host warns of nothing', async () => {
    expect((await session([])).stderr).not.toContain('warning');
  });
});

describe('--help and --version', () => {
  let asked: ReturnType<typeof runCli> | undefined;
  const help = () => (asked ??= runCli(['--help']));

  test.each(Object.values(commandSettings))('--help names --$flag with its variable and default', async (setting) => {
    const { stdout, code } = await help();
    expect(code).toBe(0);
    expect(stdout).toContain(`  ${`--${setting.flag} ${setting.value}`.trimEnd()}\n`);
    expect(stdout).toContain(envName(setting.flag));
    if (setting.default) expect(stdout).toContain(`default ${setting.default}`);
  });

  test('--help teaches: examples, exit codes, what goes to which stream', async () => {
    const { stdout } = await help();
    for (const part of ['Usage', 'Examples', 'healthcheck', 'CLOUDAUTH_MOCK_JSON', '3 port in use', 'stderr']) {
      expect(stdout).toContain(part);
    }
  });

  test.each(['healthcheck', 'explain', 'identities', 'errors', 'coverage', 'device'])(
    '%s --help is about that command, as help of it is',
    async (command) => {
      const [byFlag, byWord] = await Promise.all([runCli([command, '--help']), runCli(['help', command])]);
      expect([byFlag.code, byFlag.stdout.startsWith(`cloudauth-mock ${command}`)]).toEqual([0, true]);
      expect(byWord.stdout).toBe(byFlag.stdout);
    },
  );

  test('help, help of start and --help are the same', async () => {
    const said = await Promise.all([runCli(['help']), runCli(['start', '--help']), runCli(['--port', '0', '-h'])]);
    for (const { code, stdout } of said) expect([code, stdout]).toEqual([0, (await help()).stdout]);
  });

  test('--help has every command, and an example of it', async () => {
    const [usage = '', examples = ''] = (await help()).stdout.split('\nExamples\n');
    for (const { name, does } of commands.slice(1)) {
      expect(usage).toMatch(new RegExp(`^ {2}cloudauth-mock ${name}( .*)?\n {6}${does}$`, 'm'));
      expect(examples).toMatch(new RegExp(`^ {2}cloudauth-mock ${name} `, 'm'));
    }
  });

  test.each(commands.slice(1).map(({ name }) => name))('%s --help has every flag it takes', async (name) => {
    const { stdout } = await runCli([name, '--help']);
    expect(stdout).toContain(`cloudauth-mock ${name}`);
    for (const { flag, does } of commands.find((command) => command.name === name)!.flags)
      expect(stdout).toMatch(new RegExp(`^ {2}--${flag}[ \\w:[\\]]* {2}${does.replace(/[()]/g, '\\$&')}$`, 'm'));
  });

  test('--version prints the version alone', async () => {
    expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
  });
});

describe('exit codes', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '0 within a second of %s, with a keep-alive connection idle',
    async (signal) => {
      await using emulator = await startCli();
      await using idle = await connectRaw(emulator.url);
      idle.send(request('GET /healthz', { Host: 'localhost' }));
      await idle.replies(1);
      const { code, ms } = await stop(emulator, signal);
      expect(code).toBe(0);
      expect(ms).toBeLessThan(1000);
    },
  );

  test.each(['SIGTERM', 'SIGINT'] as const)(
    '0 within a second of %s while a slow request is under way',
    async (signal) => {
      await using emulator = await startCli();
      await using slow = await connectRaw(emulator.url);
      slow.send(request('POST /', { ...FORM, 'Content-Length': '1000', Expect: '100-continue' }));
      await slow.replies(1);
      const { code, ms } = await stop(emulator, signal);
      expect(code).toBe(0);
      expect(ms).toBeLessThan(1000);
    },
  );

  test('0 within a second under load', async () => {
    await using emulator = await startCli();
    const clients: Promise<void>[] = [];
    await new Promise<void>((enough) => {
      let answered = 0;
      const hammer = async () => {
        while (await emulator.call(UPLOAD_TOKEN).catch(() => undefined)) if (++answered === 200) enough();
      };
      for (let count = 0; count < 16; count++) clients.push(hammer());
    });
    const { code, ms } = await stop(emulator);
    await Promise.all(clients);
    expect([code, ms]).toEqual([0, expect.toSatisfy((took) => took < 1000)]);
  });

  test('0 also when a client it refused does not hang up', async () => {
    await using emulator = await startCli();
    const refused = connect({ port: emulator.port, host: '127.0.0.1', allowHalfOpen: true });
    refused.write('garbage\r\n\r\n');
    await new Promise((resolve) => refused.once('data', resolve));
    expect(await stop(emulator)).toMatchObject({ code: 0 });
    refused.destroy();
  });

  test('a request under way at SIGTERM is still answered when its body comes in time', async () => {
    await using emulator = await startCli();
    await using slow = await connectRaw(emulator.url);
    const body = `${signedParams(UPLOAD_TOKEN, { method: 'POST' })}`;
    slow.send(request('POST /', { ...FORM, 'Content-Length': `${body.length}`, Expect: '100-continue' }));
    await slow.replies(1);
    emulator.kill('SIGTERM');
    slow.send(body);
    expect((await slow.replies(2))[1]?.status).toBe(200);
    expect((await emulator.exit).code).toBe(0);
  });

  test('a second signal does not cut the first one short', async () => {
    await using emulator = await startCli();
    emulator.kill('SIGINT');
    emulator.kill('SIGINT');
    expect(await emulator.exit).toMatchObject({ code: 0, signal: null });
  });

  test.each([
    ['an unknown flag', ['--nope']],
    ['a flag without its value', ['--port']],
    ['a value for a switch', ['--json=no']],
    ['an unknown command', ['serve']],
    ['help of an unknown command', ['serve', '--help']],
    ['help that is asked of an unknown command', ['help', 'serve']],
    ['the version of an unknown command', ['--version', 'serve']],
    ['an unknown command after a flag', ['--json', 'serve']],
    ['a word too many for healthcheck', ['healthcheck', 'now']],
    ['one command too many', ['start', 'again']],
    ['a host nobody has', ['--host', 'host.invalid']],
    ['an address of another machine', ['--host', '192.0.2.1']],
  ])('2 for %s, in two lines', async (_title, args) => {
    const { code, stdout, stderr } = await runCli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^cloudauth-mock: [^\n]+\n([^\n]+\n)?$/);
    expect(stderr).toMatch(/--help|--host/);
  });

  const WRONG: Record<string, string> = {
    port: '65536',
    driver: 'sqlite3',
    publicUrl: 'ftp://x',
    accessKeys: 'only-an-id',
    signature: 'none',
    device: 'never',
    sdkBuild: 'manual',
    safCodes: 'both',
    failureLimit: '-1',
    methods: 'all',
    errors: 'live',
    log: 'loud',
    fetch: 'all',
    callback: 'none',
    scene: 'Sign-Up:RPNope',
    scenes: 'some',
    maxObjectBytes: 'plenty',
    allowedHosts: 'http://inner.example',
    callbackHosts: '169.254.169.254',
    redirectHosts: 'shop.example/path',
  };

  test.each(['host', 'db', 'admin-token'])('2 for an empty --%s', async (flag) => {
    expect(await runCli([`--${flag}=`])).toMatchObject({ code: 2, stderr: expect.stringContaining('it is empty') });
  });

  test.each([
    ['an address that is none', ['--public-url', 'http://a:b:c'], 'not an http(s) URL'],
    ['a flag there is not', ['--prot', '1'], "Unknown option '--prot'; did you mean --port?\n"],
    ['a flag like no other', ['--nonsense'], "Unknown option '--nonsense'\n"],
    ['a command there is not', ['helthcheck'], "unknown command 'helthcheck'; did you mean healthcheck?"],
    ['watching nothing', ['--watch'], '--watch: there is nothing to watch; name a file with --scenario'],
    ['a scenario file that is not there', ['--scenario', './nobody.yaml'], "there is no file './nobody.yaml'"],
  ])('2 for %s, and why', async (_what, args, why) => {
    expect(await runCli(args)).toMatchObject({ code: 2, stderr: expect.stringContaining(why) });
  });

  test.each(Object.entries(WRONG))('2 for a wrong %s, naming flag or variable', async (name, value) => {
    const { flag } = settings[name as keyof typeof settings];
    const byFlag = await runCli([`--${flag}=${value}`]);
    const byEnv = await runCli([], { env: { [envName(flag)]: value } });
    expect(byFlag).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/--help\n$/) });
    expect(byFlag.stderr).toContain(`--${flag}: `);
    expect(byEnv).toMatchObject({ code: 2, stderr: expect.stringContaining(`${envName(flag)}: `) });
  });

  test.each([
    ['CLOUDAUTH_MOCK_PROT', 'CLOUDAUTH_MOCK_PROT: there is no such variable; did you mean CLOUDAUTH_MOCK_PORT?'],
    ['CLOUDAUTH_MOCK_NONSENSE', 'CLOUDAUTH_MOCK_NONSENSE: there is no such variable; see --help'],
  ])('2 for the variable %s there is not', async (name, why) => {
    expect(await runCli([], { env: { [name]: '4600' } })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(why),
    });
  });

  test('what Kubernetes says of a service named cloudauth-mock is no option', async () => {
    const [address, port] = ['tcp://10.0.0.7:4520', '4520'];
    const env = {
      CLOUDAUTH_MOCK_PORT: address,
      CLOUDAUTH_MOCK_SERVICE_HOST: '10.0.0.7',
      CLOUDAUTH_MOCK_SERVICE_PORT_HTTP: port,
      CLOUDAUTH_MOCK_PORT_4520_TCP: address,
      CLOUDAUTH_MOCK_PORT_4520_TCP_ADDR: '10.0.0.7',
    };
    await using emulator = await startCli([], { env });
    expect((await emulator.call(UPLOAD_TOKEN)).status).toBe(200);
  });

  test('a wrong access key is not repeated in the message', async () => {
    expect((await runCli(['--access-key', ':hidden-secret'])).stderr).not.toContain('hidden-secret');
  });

  test('3 for a port in use, in one line that says what to do', async () => {
    await using emulator = await startCli();
    const { code, stdout, stderr } = await runCli(['--port', `${emulator.port}`]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^cloudauth-mock: [^\\n]*:${emulator.port};[^\\n]*--port 0\\n$`));
  });

  test('5 for a --db in a folder that is not there, and that it has to be', async () => {
    const { code, stdout, stderr } = await runCli(['--port', '0', '--db', '/nowhere/at/all.db']);
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
    expect(stderr).toMatch(/^cloudauth-mock: [^\n]*\/nowhere\/at\/all\.db[^\n]*\n$/);
    expect(stderr).toContain('its folder has to be there');
  });

  const PAIRS = driversHere().flatMap((one) => driversHere().map((other) => [one, other] as const));

  test.each(PAIRS)('5 for a --db that an emulator with %s has, when one with %s comes', async (one, other) => {
    await using folder = await scratch();
    const args = ['--db', join(folder.path, 'state.db'), '--driver'];
    await using emulator = await startCli([...args, one]);
    const { code, stderr } = await runCli(['--port', '0', ...args, other]);
    expect(code).toBe(5);
    expect(stderr).toMatch(
      /^cloudauth-mock: the database [^\n]*state\.db is in use by another cloudauth-mock;[^\n]*\n$/,
    );
    expect((await emulator.call(UPLOAD_TOKEN)).status).toBe(200);
  });

  test.each(driversHere())('5 for a file that is no database, said by %s', async (driver) => {
    await using folder = await scratch();
    const file = join(folder.path, 'letter.db');
    writeFileSync(file, 'Dear reader, this is a letter and no database.\n'.repeat(99));
    const { code, stderr } = await runCli(['--port', '0', '--db', file, '--driver', driver]);
    expect(code).toBe(5);
    expect(stderr).toMatch(/^cloudauth-mock: [^\n]*letter\.db[^\n]*\n$/);
  });
});

describe('flag before environment before default', () => {
  const VALUES: Record<keyof typeof settings, [flag: string, env: string]> = {
    port: ['1', '2'],
    host: ['127.0.0.2', '127.0.0.3'],
    publicUrl: ['http://flag.test', 'http://env.test'],
    https: ['true', '0'],
    httpsPort: ['5', '6'],
    proxy: ['1', 'false'],
    proxyPort: ['7', '8'],
    proxyPassthrough: ['on', 'off'],
    workers: ['2', '3'],
    dataDir: ['flag', 'env'],
    db: ['flag.db', 'env.db'],
    driver: ['better-sqlite3', 'node-sqlite3-wasm'],
    accessKeys: ['flag:secret', 'env:secret'],
    keys: ['any', 'known'],
    signature: ['warn', 'off'],
    device: ['manual', 'polls:3'],
    sdkBuild: ['fail', 'immediate'],
    safCodes: ['unified', 'unified@other'],
    failureLimit: ['0', '9'],
    dailyFailureLimit: ['0', '9'],
    methods: ['any', 'documented'],
    qps: ['5', 'documented'],
    versions: ['any', 'known'],
    errors: ['gateway', 'documents'],
    seed: ['flag', 'env'],
    log: ['json', 'silent'],
    keep: ['0', '7'],
    journal: ['7', '9'],
    scenario: ['flag.yaml', 'env.yaml'],
    people: ['Flag=fail', '110=quit'],
    scene: ['Flag', 'Env:RPMin'],
    sceneId: ['1', '2:ID_PRO'],
    scenes: ['any', 'declared'],
    adminToken: ['flag', 'env'],
    accountTokens: ['flag=token', 'env=token'],
    allowedHosts: ['flag.test', 'env.test'],
    allowedOrigins: ['https://flag.test', '*'],
    fetch: ['loopback', 'public'],
    callback: ['off', 'public'],
    maxObjectBytes: ['1000', '2000'],
    callbackHosts: ['flag.test', 'env.test'],
    redirectHosts: ['flag.test', 'env.test'],
    watch: ['true', '0'],
    json: ['true', 'no'],
  };

  test.each(Object.entries(VALUES))('%s', (name, [byFlag, byEnv]) => {
    const { flag, read, default: byDefault, repeatable } = settings[name as keyof typeof settings];
    const value = (flags: object, env: object) => readOptions({ ...flags }, { ...env })[name as keyof typeof settings];
    const env = { [envName(flag)]: byEnv };
    expect(value({ [flag]: [byFlag] }, env)).toEqual(read([byFlag]));
    expect(value({}, env)).toEqual(read([byEnv]));
    expect(value({}, {})).toEqual(read(repeatable && byDefault === '' ? [] : [byDefault]));
    expect(read([byFlag])).not.toEqual(read([byEnv]));
  });

  test('the command line reaches the running emulator, the environment where it is silent', async () => {
    const env = { CLOUDAUTH_MOCK_SIGNATURE: 'off', CLOUDAUTH_MOCK_DEVICE: 'manual' };
    await using emulator = await startCli(['--signature', 'strict'], { env });
    expect((await emulator.call(UPLOAD_TOKEN, { secret: 'wrong' })).json.Code).toBe('SignatureDoesNotMatch');
    expect(emulator.stderr()).toContain('manual: nobody finishes');
  });

  test('repeatable flags add up, and their variable holds a list', async () => {
    const env = { CLOUDAUTH_MOCK_ACCESS_KEY: 'first:one,second:two@team' };
    await using byEnv = await startCli([], { env });
    await using byFlag = await startCli(['--access-key', 'first:one', '--access-key', 'second:two@team']);
    for (const emulator of [byEnv, byFlag]) {
      expect((await emulator.call(UPLOAD_TOKEN, { accessKeyId: 'first', secret: 'one' })).status).toBe(200);
      expect((await emulator.call(UPLOAD_TOKEN, { accessKeyId: 'second', secret: 'two' })).status).toBe(200);
    }
  });
});

describe('healthcheck', () => {
  test('0 when the emulator on the configured port is ready, by flag and by variable', async () => {
    await using emulator = await startCli();
    const port = `${emulator.port}`;
    expect(await runCli(['healthcheck', '--port', port])).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(await runCli(['healthcheck'], { env: { CLOUDAUTH_MOCK_PORT: port } })).toMatchObject({ code: 0 });
  });

  test('0 through a wildcard host, as a container is configured', async () => {
    await using emulator = await startCli(['--host', '0.0.0.0']);
    const env = { CLOUDAUTH_MOCK_PORT: `${emulator.port}`, CLOUDAUTH_MOCK_HOST: '0.0.0.0' };
    expect(await runCli(['healthcheck'], { env })).toMatchObject({ code: 0 });
  });

  test('it follows the configured host', async () => {
    await using emulator = await startCli(['--host', '127.0.0.2']);
    const port = `${emulator.port}`;
    expect((await runCli(['healthcheck', '--port', port])).code).toBe(1);
    expect((await runCli(['healthcheck', '--port', port, '--host', '127.0.0.2'])).code).toBe(0);
    expect((await runCli(['healthcheck', '--port', port], { env: { CLOUDAUTH_MOCK_HOST: '127.0.0.2' } })).code).toBe(0);
  });

  test('1 and one line when nobody listens', async () => {
    const port = `${await freePort()}`;
    const { code, stderr } = await runCli(['healthcheck', '--port', port]);
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^cloudauth-mock: not ready on 127\\.0\\.0\\.1:${port}: [^\\n]+\\n$`));
  });
});

describe('probes and headers', () => {
  test.each(['/healthz', '/readyz'])('%s answers 200', async (path) => {
    await using emulator = await startCli();
    expect((await fetch(`${emulator.url}${path}`)).status).toBe(200);
  });

  test.each([
    ['a success', 200, () => `GET /?${signedParams(UPLOAD_TOKEN, { method: 'GET' })}`],
    ['an unknown action', 400, () => `GET /?Version=2019-03-07&Action=Nope`],
    ['an unreadable call', 400, () => 'GET /'],
    ['a URL with raw bytes', 400, () => 'GET /?Name=\u00ff'],
    ['headers over 8 MB', 431, () => `GET /?${'a'.repeat(9 * 1024 * 1024)}`],
    ['a page', 200, () => 'GET /user_verify/cloudauth.html?token=x'],
    ['an OSS error', 403, () => 'GET /verify-external-image/a.jpg'],
    ['a preflight', 200, () => 'OPTIONS /'],
    ['a probe', 200, () => 'GET /healthz'],
  ])('x-cloudauth-mock stands on %s (%i)', async (_title, status, line) => {
    await using emulator = await startCli();
    const reply = await sendRaw(emulator.url, request(line(), { Host: 'localhost' }));
    expect(reply).toMatchObject({ status, headers: { 'x-cloudauth-mock': VERSION } });
  });
});

describe('modes over the socket', () => {
  const task = { Biz: 'RPBasic', TicketId: 'ticket' };
  const status = async (emulator: Emulator) =>
    (await emulator.call(cloudauth2017('GetStatus', task))).json.Data.StatusCode;

  async function opened(...args: string[]): Promise<Emulator> {
    const emulator = await startCli(args);
    await emulator.call(cloudauth2017('GetVerifyToken', task));
    return emulator;
  }

  test('--device auto passes at the first question', async () => {
    await using emulator = await opened();
    expect(await status(emulator)).toBe(1);
  });

  test('--device polls:2 passes at the third question', async () => {
    await using emulator = await opened('--device', 'polls:2');
    expect([await status(emulator), await status(emulator), await status(emulator)]).toEqual([-1, -1, 1]);
  });

  test('--device after:1s passes once the second is over', async () => {
    await using emulator = await opened('--device', 'after:1s');
    const seen = [await status(emulator)];
    while (seen.at(-1) !== 1) seen.push(await status(emulator));
    expect(seen[0]).toBe(-1);
  });

  test('--device manual never passes by itself', async () => {
    await using emulator = await opened('--device', 'manual');
    expect([await status(emulator), await status(emulator)]).toEqual([-1, -1]);
  });

  test('--signature warn lets a wrong signature through and says so in header and log', async () => {
    const { replies, stderr } = await session(['--signature', 'warn'], [UPLOAD_TOKEN, { secret: 'wrong' }]);
    expect(replies[0]?.status).toBe(200);
    expect(replies[0]?.headers.get('x-cloudauth-mock-hint')).toContain('let through in spite of SignatureDoesNotMatch');
    expect(stderr).toContain('let through in spite of SignatureDoesNotMatch');
  });

  test('--signature warn still checks, and counts a nonce as used', async () => {
    const again = { common: { SignatureNonce: 'once' } };
    const { replies } = await session(['--signature', 'warn'], [UPLOAD_TOKEN, again], [UPLOAD_TOKEN, again]);
    const hints = replies.map((reply) => reply.headers.get('x-cloudauth-mock-hint'));
    expect(hints).toEqual([null, await saying(['let-through', { code: 'SignatureNonceUsed' }])]);
  });

  test('--signature off asks for no key, nonce, time or signature, and an unknown key means account default', async () => {
    await using emulator = await startCli(['--signature', 'off']);
    const bare = (params: Record<string, string>) =>
      fetch(`${emulator.url}/?${new URLSearchParams({ Format: 'JSON', ...params })}`);
    expect((await bare(UPLOAD_TOKEN)).status).toBe(200);
    await bare({ ...cloudauth2017('GetVerifyToken', task), AccessKeyId: 'unknown' });
    expect(await status(emulator)).toBe(1);
  });

  test.each([
    ['documents', 'UnsupportedOperation'],
    ['gateway', 'InvalidAction.NotFound'],
  ])('--errors %s answers an unknown Action with %s', async (errors, Code) => {
    const { replies } = await session(['--errors', errors], [cloudauth2019('Nope')]);
    expect(replies[0]).toMatchObject({ json: { Code } });
  });

  test.each([
    ['seed', 'UnsupportedOperation'],
    ['popgw', 'InvalidAction.NotFound'],
  ])('the former --unknown-action %s still answers %s, by flag and by variable', async (word, Code) => {
    const env = { CLOUDAUTH_MOCK_UNKNOWN_ACTION: word };
    for (const emulated of [await startCli(['--unknown-action', word]), await startCli([], { env })]) {
      await using emulator = emulated;
      expect((await emulator.call(cloudauth2019('Nope'))).json.Code).toBe(Code);
    }
  });

  test('--methods any lifts “POST only”', async () => {
    const create = cloudauth2019('CreateRPSDK', { AppUrl: 'https://example.com/a.apk' });
    const { replies } = await session(['--methods', 'any'], [create, { method: 'GET' }]);
    expect(replies[0]?.status).toBe(200);
  });

  test('--saf-codes unified answers with the few common codes, per account', async () => {
    const incomplete = faceVerify({ method: 'init', name: 'a', certNumber: 'b' });
    const args = ['--saf-codes', 'unified', '--saf-codes', 'detailed@LTAImockOther'];
    const { replies } = await session(args, [incomplete], [incomplete, { accessKeyId: 'LTAImockOther' }]);
    expect(replies.map((reply) => reply.json.Code)).toEqual([400, 510]);
  });

  test('--seed makes ids repeat from run to run', async () => {
    const [one, other] = [
      await session(['--seed', '7'], [UPLOAD_TOKEN]),
      await session(['--seed', '7'], [UPLOAD_TOKEN]),
    ];
    expect(one.replies[0]?.json.RequestId).toBe(other.replies[0]?.json.RequestId);
  });
});
