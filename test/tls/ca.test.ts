/** The CA between runs: made once, kept safe, told about, renewed; and the command that does it. */
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { manualClock, systemClock } from '../../src/platform/clock.js';
import { dataFolder } from '../../src/tls/folder.js';
import { openTrust } from '../../src/tls/trust.js';
import { runCli, scratch, startCli } from '../support/child.js';

let folder: Awaited<ReturnType<typeof scratch>>;
beforeEach(async () => {
  folder = await scratch();
});
afterEach(() => folder[Symbol.asyncDispose]());

const at = (name: string) => join(folder.path, 'ca', name);
const ca = (...words: string[]) => runCli(['ca', '--data-dir', folder.path, ...words]);
const view = async (...words: string[]) => {
  const { code, stdout, stderr } = await ca('--json', ...words);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout);
};
const start = () => createCloudauthMock({ port: 0, https: true, httpsPort: 0, dataDir: folder.path });
/** Of the CA alone, by a clock of the test's own. */
const openedAt = (now: number) => {
  const told: string[] = [];
  const trust = openTrust({ dataDir: folder.path, clock: manualClock(now), tell: (what) => told.push(what) });
  return { trust, told };
};

describe('the command', () => {
  test('makes the CA at its first run and finds it at the next', async () => {
    const first = await view();
    expect(first.ca).toBe(at('ca.crt'));
    expect(first.fingerprint).toBe(new X509Certificate(readFileSync(at('ca.crt'))).fingerprint256);
    expect(await view()).toEqual(first);
  });

  test('says where it is, its fingerprint, and a line for each client', async () => {
    const { stdout } = await ca();
    expect(stdout).toContain(at('ca.crt'));
    expect(stdout).toMatch(/SHA-256 ([\dA-F]{2}:){31}[\dA-F]{2}\n/);
    for (const line of [
      `NODE_EXTRA_CA_CERTS=${at('ca.crt')}`,
      `ALIBABA_CLOUD_CA_BUNDLE=${at('ca-bundle.crt')}`,
      `SSL_CERT_FILE=${at('ca-bundle.crt')}`,
      `curl --cacert ${at('ca.crt')}`,
      `-Djavax.net.ssl.trustStore=${at('truststore.p12')} -Djavax.net.ssl.trustStorePassword=changeit`,
    ])
      expect(stdout).toContain(line);
  });

  test('vouches for further names, and keeps them when it is renewed', async () => {
    const first = await view('--name', 'mock.example.com,203.0.113.7');
    const second = await view('--renew', '--name', 'other.example.com');
    expect(second.fingerprint).not.toBe(first.fingerprint);
    expect(second.names).toEqual(expect.arrayContaining(['mock.example.com', 'other.example.com', 'localhost']));
    expect(second.networks).toContain('203.0.113.7/32');
    expect(readdirSync(folder.path)).toEqual(['ca']);
  });

  test('a name that the CA there is does not vouch for needs --renew', async () => {
    await view();
    expect(await ca('--name', 'mock.example.com')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("does not vouch for 'mock.example.com'; --renew makes another"),
    });
    expect((await ca('--name', 'localhost')).code).toBe(0);
  });

  test.each([
    ['com', 'top-level domain'],
    ['cn', 'top-level domain'],
    ['*.example.com', 'is not a host name'],
    ['https://a.test', 'is not a host name'],
    ['a.test:443', 'is not a host name'],
    ['', 'is not a host name'],
    ['a..test', 'is not a host name'],
    ['x'.repeat(300), 'is not a host name'],
  ])('--name %j is refused', async (name, why) => {
    const { code, stderr } = await ca(`--name=${name}`);
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)]);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('a folder that cannot be written is named', async () => {
    writeFileSync(join(folder.path, 'file'), '');
    const { code, stderr } = await runCli(['ca', '--data-dir', join(folder.path, 'file', 'x')]);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^cloudauth-mock: cannot write .* \(ENOTDIR\); --data-dir/),
    ]);
  });

  test('--install hands the certificate to the tools of the system', async () => {
    const tools = join(folder.path, 'tools');
    mkdirSync(tools);
    for (const tool of ['cp', 'update-ca-certificates', 'security', 'certutil']) {
      writeFileSync(join(tools, tool), `#!/bin/sh\necho ${tool} "$@" >> ${join(folder.path, 'run')}\n`);
      chmodSync(join(tools, tool), 0o755);
    }
    const env = { PATH: `${tools}:${process.env.PATH}` };
    const { code } = await runCli(['ca', '--install', '--data-dir', folder.path], { env });
    expect([code, readFileSync(join(folder.path, 'run'), 'utf8')]).toEqual([0, expect.stringContaining(at('ca.crt'))]);
  });

  test('--install that fails says what to run as root', async () => {
    const tools = join(folder.path, 'tools');
    mkdirSync(tools);
    for (const tool of ['cp', 'update-ca-certificates', 'security', 'certutil']) {
      writeFileSync(join(tools, tool), '#!/bin/sh\nexit 1\n');
      chmodSync(join(tools, tool), 0o755);
    }
    const env = { PATH: `${tools}:${process.env.PATH}` };
    const { code, stderr } = await runCli(['ca', '--install', '--data-dir', folder.path], { env });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/failed \(exit code 1\); as root, run: /)]);
  });
});

describe('its files', () => {
  test('the key is its owner’s alone; the certificate is anybody’s', async () => {
    await view();
    const mode = (name: string) => statSync(at(name)).mode & 0o777;
    expect([mode('issuer.key'), mode('ca.crt')]).toEqual([0o600, 0o644]);
  });

  test('the root’s own key is nowhere: nobody can sign past the constraints', async () => {
    await view();
    const keys = readdirSync(join(folder.path, 'ca')).filter((name) =>
      /PRIVATE KEY/.test(readFileSync(at(name), 'latin1')),
    );
    expect(keys).toEqual(['issuer.key']);
    expect(
      new X509Certificate(readFileSync(at('ca.crt'))).publicKey.equals(
        new X509Certificate(readFileSync(at('issuer.crt'))).publicKey,
      ),
    ).toBe(false);
  });

  test('of several processes that make it at once one wins, and all use it', async () => {
    const prints = await Promise.all(Array.from({ length: 5 }, async () => (await view()).fingerprint));
    expect(new Set(prints).size).toBe(1);
    expect(readdirSync(folder.path)).toEqual(['ca']);
  });

  test('a key that others can read is told, once it is used', async () => {
    await view();
    chmodSync(at('issuer.key'), 0o644);
    expect((await ca()).stderr).toBe(`cloudauth-mock: ${at('issuer.key')} can be read by others; chmod 600 it\n`);
  });

  test.each([
    ['issuer.key', 'nonsense', 'issuer.key cannot be read as a private key'],
    ['issuer.key', '', 'issuer.key cannot be read as a private key'],
    [
      'issuer.crt',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      'issuer.crt cannot be read as a certificate',
    ],
    ['ca.crt', '\0', 'ca.crt cannot be read as a certificate'],
  ])('%s that holds %j is no crash: what mends it is said', async (name, content, why) => {
    await view();
    writeFileSync(at(name), content);
    const { code, stderr } = await runCli(['--https', '--data-dir', folder.path, '--port', '0', '--https-port', '0']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(`cannot be used: ${why}; “cloudauth-mock ca --renew” makes a new one`),
    ]);
    expect((await view('--renew')).ca).toBe(at('ca.crt'));
  });

  test('a key of another CA is no key', async () => {
    await view();
    const other = readFileSync(at('issuer.key'));
    await view('--renew');
    writeFileSync(at('issuer.key'), other);
    await expect(start().listen()).rejects.toThrow('issuer.key is not the key of issuer.crt');
  });

  test('what is missing is named', async () => {
    mkdirSync(join(folder.path, 'ca'));
    await expect(start().listen()).rejects.toThrow('ca.crt cannot be read (ENOENT)');
  });

  const YEAR = 365 * 86_400_000;
  test.each([
    [0, 'fine'],
    [9.9 * YEAR, 'fine'],
    [9.95 * YEAR, /^the CA ends on 20\d\d-\d\d-\d\d; “cloudauth-mock ca --renew” makes a new one$/],
    [10 * YEAR, /cannot be used: it has expired, on .*; “cloudauth-mock ca --renew”/],
    [-YEAR, /cannot be used: it is not valid before .*; is this machine's clock right\?/],
  ])('%d ms later it is %s', async (later, outcome) => {
    const now = systemClock.now();
    openedAt(now);
    const told = (() => {
      try {
        return openedAt(now + later).told[0] ?? 'fine';
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(told).toEqual(typeof outcome === 'string' ? outcome : expect.stringMatching(outcome));
  });

  test('a server’s certificate is made anew before it ends', () => {
    const clock = manualClock(systemClock.now());
    const trust = openTrust({ dataDir: folder.path, clock, tell: () => {} });
    const endOf = () => Date.parse(new X509Certificate(trust.certificateFor('localhost')!.cert).validTo);
    const first = endOf();
    expect(endOf()).toBe(first);
    clock.advance('60d');
    expect(endOf()).toBeGreaterThan(first);
  });

  test('however many buckets are asked for, some certificates are kept', () => {
    const { trust } = openedAt(systemClock.now());
    const nth = (n: number) => trust.certificateFor(`b${n}.oss-cn-shanghai.aliyuncs.com`);
    const first = nth(0);
    expect(nth(0)).toBe(first);
    for (let n = 1; n <= 500; n++) nth(n);
    expect(nth(500)).toBe(nth(500));
    expect(nth(0)).not.toBe(first);
  });
});

test('the trust store names the CA as trusted, and the public roots beside it', async () => {
  await view();
  const listed = execFileSync('openssl', [
    'pkcs12',
    '-in',
    at('truststore.p12'),
    '-nokeys',
    '-nomacver',
    '-passin',
    'pass:',
  ]).toString();
  expect(listed.match(/friendlyName: cloudauth-mock\n {4}2\.16\.840\.1\.113894\.746875\.1\.1: /g)).toHaveLength(1);
  expect(listed.match(/BEGIN CERTIFICATE/g)!.length).toBeGreaterThan(50);
});

test.each([
  [{ platform: 'linux', env: {}, home: '/home/u' }, '/home/u/.local/share/cloudauth-mock'],
  [{ platform: 'linux', env: { XDG_DATA_HOME: '/data' }, home: '/home/u' }, '/data/cloudauth-mock'],
  [{ platform: 'linux', env: { XDG_DATA_HOME: 'here' }, home: '/home/u' }, '/home/u/.local/share/cloudauth-mock'],
  [{ platform: 'darwin', env: {}, home: '/Users/u' }, '/Users/u/Library/Application Support/cloudauth-mock'],
] as const)('%j keeps it in %s', (machine, expected) => {
  expect(dataFolder(undefined, machine)).toBe(expected);
});

describe('addresses that it cannot serve', () => {
  test('a --public-url outside its names is refused, with what makes one inside', async () => {
    const words = ['--https', '--data-dir', folder.path, '--port', '0', '--https-port', '0'];
    const { code, stderr } = await runCli([...words, '--public-url', 'https://mock.example.com:8443']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining(
        '--public-url: the CA does not vouch for mock.example.com; “cloudauth-mock ca --renew --name mock.example.com”',
      ),
    ]);
    await view('--renew', '--name', 'mock.example.com');
    await using emulator = await startCli([
      ...words.slice(0, 3),
      '--https-port',
      '0',
      '--public-url',
      'https://mock.example.com:8443',
    ]);
    expect(emulator.url).toMatch(/^http:/);
  });

  test('without --https it is nobody’s business, and no CA is made', async () => {
    await using mock = await createCloudauthMock({
      port: 0,
      publicUrl: 'https://mock.example.com',
      dataDir: folder.path,
    }).listen();
    expect([mock.https, existsSync(join(folder.path, 'ca'))]).toEqual([undefined, false]);
  });

  test.each([
    [{ https: true, port: 4520, httpsPort: 4520 }, '--https-port: 4520 is that of http already; give another'],
    [{ httpsPort: 4544 }, '--https-port: nothing listens there without --https'],
  ])('%j is refused', (options, why) => {
    expect(() => createCloudauthMock(options)).toThrow(why);
  });
});
