/** `doctor`: what it finds on a machine that is in order, and on one that is not. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { whoAnswers } from '../../src/cli/doctor/answer.js';
import type { Finding } from '../../src/cli/doctor/finding.js';
import { checkNode } from '../../src/cli/doctor/installation.js';
import { checkClock, checkHosts, checkPort, checkProxy } from '../../src/cli/doctor/network.js';
import { manualClock } from '../../src/index.js';
import { VERSION } from '../../src/platform/version.js';
import { driversHere } from '../../src/store/drivers/load.js';
import { runCli, type SpawnOptions, scratch, startCli } from '../support/child.js';
import { freePort } from '../support/raw.js';

/** No proxy of the machine the tests run on. */
const NO_PROXIES = Object.fromEntries(
  ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()]).map((name) => [name, '']),
);

async function examined(args: string[], options: SpawnOptions = {}) {
  const { code, stdout } = await runCli(['doctor', '--json', ...args], {
    ...options,
    env: { ...NO_PROXIES, ...options.env },
  });
  const findings = JSON.parse(stdout) as Finding[];
  return { code, of: (check: string) => findings.find((one) => one.check === check)! };
}

async function listening<S extends Server>(server: S): Promise<AsyncDisposable & { readonly port: number }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

describe('the command', () => {
  test('beside a running emulator everything is in order', async () => {
    await using emulator = await startCli();
    const { code, of } = await examined(['--port', `${emulator.port}`]);
    expect(code).toBe(0);
    expect(of('node')).toEqual({ check: 'node', status: 'ok', message: `Node ${process.versions.node}` });
    expect(of('port').message).toBe(`cloudauth-mock ${VERSION} answers at ${emulator.url}`);
    expect(of('clock')).toMatchObject({ status: 'ok' });
    expect(of('proxy')).toMatchObject({ status: 'ok', message: 'no proxy variable is set' });
  });

  test('in plain text, with a sign, and what to do below it', async () => {
    await using folder = await scratch();
    const port = await freePort();
    const { code, stdout } = await runCli(['doctor', '--port', `${port}`, '--db', 'gone/state.db'], {
      cwd: folder.path,
      env: { ...NO_PROXIES, HTTP_PROXY: 'http://user:hidden@proxy.test', NO_PROXY: 'a.test' },
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✓ node {6}Node \d/m);
    expect(stdout).toMatch(/^✗ database {2}gone\/state\.db: there is no folder .*\/gone\n {12}→ mkdir -p .*\/gone$/m);
    expect(stdout).toContain(`✓ port      127.0.0.1:${port} is free\n`);
    expect(stdout).toMatch(/^– clock {5}no emulator answers/m);
    expect(stdout).toMatch(/^! proxy .*\n {12}→ export NO_PROXY=a\.test,127\.0\.0\.1,localhost$/m);
    expect(stdout).not.toContain('hidden');
  });

  test('in Chinese', async () => {
    const port = await freePort();
    const { stdout } = await runCli(['doctor', '--port', `${port}`], { env: { ...NO_PROXIES, LANG: 'zh_CN.UTF-8' } });
    expect(stdout).toContain(`✓ 端口      127.0.0.1:${port} 空闲\n`);
    expect(stdout).toContain('– 时钟      没有模拟器应答；请启动后再检查\n');
  });

  test.each(driversHere())('names the driver %s', async (driver) => {
    const { of } = await examined(['--driver', driver, '--port', '0']);
    expect(of('driver')).toMatchObject({ status: 'ok', message: expect.stringMatching(`^${driver} \\d`) });
  });

  test('a config file that is broken fails, and the other checks go on', async () => {
    await using folder = await scratch();
    writeFileSync(join(folder.path, 'cloudauth-mock.config.yaml'), 'prot: 1\n');
    const { code, of } = await examined(['--port', '0'], { cwd: folder.path });
    expect(code).toBe(1);
    expect(of('config')).toEqual({
      check: 'config',
      status: 'failed',
      message: "cloudauth-mock.config.yaml:1:1: no option 'prot'; did you mean port?",
      advice: 'mend the file, or give --no-config',
    });
    expect(of('port')).toMatchObject({ status: 'ok', message: 'any free one' });
  });

  test('what a config file says is what is checked', async () => {
    await using folder = await scratch();
    mkdirSync(join(folder.path, 'data'));
    writeFileSync(join(folder.path, 'cloudauth-mock.config.yaml'), 'port: 0\ndb: data/state.db\n');
    const { code, of } = await examined([], { cwd: folder.path });
    expect([code, of('config').message, of('database').message]).toEqual([
      0,
      expect.stringMatching(/config\.yaml: 2 options$/),
      expect.stringMatching(/\/data\/state\.db can be written$/),
    ]);
  });

  test('with --url nobody there fails', async () => {
    const { code, of } = await examined(['--url', `http://127.0.0.1:${await freePort()}`]);
    expect([code, of('port').status, of('port').advice]).toEqual([
      1,
      'failed',
      'start the emulator there, or correct --url',
    ]);
  });
});

describe('who answers', () => {
  const portOf = async (port: number) => {
    const url = `http://127.0.0.1:${port}`;
    return checkPort(url, await whoAnswers(url), { host: '127.0.0.1', port });
  };

  test('another server', async () => {
    await using other = await listening(createServer((_request, response) => response.writeHead(404).end('no\x1b[2J')));
    expect(await portOf(other.port)).toMatchObject({
      status: 'failed',
      message: `http://127.0.0.1:${other.port} is no cloudauth-mock: HTTP 404 no?[2J`,
    });
  });

  test('what is no HTTP', async () => {
    await using other = await listening(createTcpServer((socket) => socket.resume().end('SSH-2.0-x\r\n')));
    expect(await portOf(other.port)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('is no cloudauth-mock'),
    });
  });

  test('one that never stops', async () => {
    await using other = await listening(
      createServer((_request, response) => {
        const more = () => response.write('x'.repeat(100_000), () => response.destroyed || more());
        more();
      }),
    );
    expect(await portOf(other.port)).toMatchObject({ status: 'failed' });
  });

  test('one that keeps silent, and one that drips', async () => {
    await using silent = await listening(createTcpServer((socket) => void socket.resume().on('error', () => {})));
    await using dripping = await listening(createServer((_request, response) => void response.write('…')));
    expect((await whoAnswers(`http://127.0.0.1:${silent.port}`)).by).toBe('nobody');
    expect((await whoAnswers(`http://127.0.0.1:${dripping.port}`)).by).toBe('other');
  });

  test('another version', async () => {
    await using other = await listening(
      createServer((_request, response) => response.writeHead(200, { 'x-cloudauth-mock': '0.0.1' }).end()),
    );
    expect(await portOf(other.port)).toMatchObject({
      status: 'warning',
      message: `cloudauth-mock 0.0.1 answers at http://127.0.0.1:${other.port}; this is ${VERSION}`,
    });
  });

  test('an address of another machine cannot be listened on', async () => {
    const nobody = { by: 'nobody', why: 'x' } as const;
    expect(await checkPort('http://192.0.2.1:4520', nobody, { host: '192.0.2.1', port: 4520 })).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('cannot listen: '),
    });
  });
});

describe('clocks', () => {
  const answer = (date: string) => ({ by: 'emulator', version: VERSION, ready: true, said: '', date }) as const;
  const clock = manualClock('2026-01-02T03:00:00Z');

  test.each([
    ['Fri, 02 Jan 2026 03:00:01 GMT', 'ok', 'the emulator has the time of this machine'],
    ['Fri, 02 Jan 2026 03:01:00 GMT', 'warning', 'the emulator is 60 s ahead of this machine'],
    ['Fri, 02 Jan 2026 02:00:00 GMT', 'failed', 'the emulator is 3600 s behind this machine: signatures are good'],
    ['never', 'unchecked', 'no emulator answers'],
  ])('%s is %s', (date, status, message) => {
    expect(checkClock(answer(date), clock)).toMatchObject({ status, message: expect.stringContaining(message) });
  });
});

describe('https', () => {
  test('the CA is there and this Node is not told of it; then it is', async () => {
    await using folder = await scratch();
    const args = ['--https', '--https-port', '0', '--data-dir', folder.path];
    await using emulator = await startCli(args);
    const caFile = join(folder.path, 'ca', 'ca.crt');
    const ask = (env = {}) => examined(['--url', emulator.secureUrl!, '--data-dir', folder.path], { env });
    const [before, after] = [await ask(), await ask({ NODE_EXTRA_CA_CERTS: caFile })];
    expect([before.code, before.of('port').status, before.of('ca')]).toEqual([
      0,
      'ok',
      {
        check: 'ca',
        status: 'warning',
        message: `${caFile}: this Node does not trust it, and neither do SDKs that run in it`,
        advice: `NODE_EXTRA_CA_CERTS=${caFile}; “cloudauth-mock ca” has a line for each client`,
      },
    ]);
    expect(after.of('ca')).toEqual({ check: 'ca', status: 'ok', message: `${caFile}: this Node trusts it` });
  });

  test('doctor makes no CA, and one that cannot be read fails', async () => {
    await using folder = await scratch();
    const args = ['--port', '0', '--data-dir', folder.path];
    expect((await examined(args)).of('ca')).toMatchObject({ status: 'unchecked' });
    mkdirSync(join(folder.path, 'ca'));
    const { code, of } = await examined(args);
    expect([code, of('ca').status, of('ca').advice]).toEqual([1, 'failed', expect.stringContaining('ca --renew')]);
  });

  test('its port is looked at too', async () => {
    await using other = await listening(createTcpServer());
    const { code, of } = await examined(['--port', '0', '--https', '--https-port', `${other.port}`]);
    expect([code, of('https')]).toEqual([
      1,
      expect.objectContaining({ status: 'failed', message: expect.stringContaining('EADDRINUSE') }),
    ]);
  });
});

test.each([
  [{}, 'ok'],
  [{ HTTP_PROXY: 'http://p' }, 'warning'],
  [{ http_proxy: 'http://p', NO_PROXY: 'localhost' }, 'warning'],
  [{ all_proxy: 'socks5://p', no_proxy: 'a.test, 127.0.0.1' }, 'ok'],
  [{ HTTPS_PROXY: 'http://p', NO_PROXY: '127.0.0.1:4520' }, 'ok'],
  [{ HTTP_PROXY: 'http://p', NO_PROXY: '*' }, 'ok'],
  [{ HTTP_PROXY: 'http://p', NO_PROXY: '27.0.0.1' }, 'warning'],
])('proxy variables %j: %s', (env, status) => {
  expect(checkProxy('127.0.0.1', env)).toMatchObject({ status });
});

test('a suffix in NO_PROXY covers the names below it', () => {
  const env = { HTTP_PROXY: 'http://p', NO_PROXY: '.svc.test' };
  expect([checkProxy('mock.svc.test', env).status, checkProxy('mocksvc.test', env).status]).toEqual(['ok', 'warning']);
});

describe('the hosts file', () => {
  test.each([
    ['nothing of the vendor', '127.0.0.1 localhost\n', 4520, 'ok'],
    ['a comment', '# 127.0.0.1 cloudauth.aliyuncs.com\n', 4520, 'ok'],
    ['here, at another port', '127.0.0.1\tCloudauth.aliyuncs.com # ours\n', 4520, 'warning'],
    ['here, at the port SDKs call', '127.0.0.1 cloudauth.aliyuncs.com\n', 80, 'ok'],
    ['elsewhere', '10.0.0.7 a.test saf.cn-shanghai.aliyuncs.com\r\n', 80, 'warning'],
  ])('%s', async (_what, content, port, status) => {
    await using folder = await scratch();
    const file = join(folder.path, 'hosts');
    writeFileSync(file, content);
    expect(checkHosts([port], file)).toMatchObject({ status });
  });

  test('that is not there cannot be told', () => {
    expect(checkHosts([80], '/nowhere/hosts')).toMatchObject({ status: 'unchecked' });
  });
});

test('an old Node fails', () => {
  expect(checkNode('18.20.0')).toEqual({
    check: 'node',
    status: 'failed',
    message: 'Node 18.20.0 is older than 20',
    advice: 'install Node 20 or newer',
  });
});
