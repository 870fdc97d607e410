/**
 * Clients that know nothing of the emulator, each with the vendor's host names and keys of its own in its program, by every
 * way there is to lead them here.
 */
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { trustVariables } from '../../src/tls/clients.js';
import { scratch, startCli } from '../support/child.js';
import { hostsWay } from '../support/hosts-way.js';

/** Of the credential that comes with a token. */
const BUCKET = 'verify-external-image';
const HOSTS = [
  ...['cloudauth.aliyuncs.com', 'cloudauth.cn-shanghai.aliyuncs.com', 'openplatform.aliyuncs.com'],
  ...[`${BUCKET}.oss-cn-shanghai.aliyuncs.com`, 'viapi-customer-pop.oss-cn-shanghai.aliyuncs.com'],
];
/** What the vendor's own host would not answer. */
const [ASKED, OK] = ['https://cloudauth.aliyuncs.com/healthz', '{"status":"ok"}'];

const program = (file: string) => resolve('test/support/clients', file);
const node = (file: string) => [process.execPath, program(file)];

const OF_NODE: readonly [client: string, words: readonly string[], says: string][] = [
  ['pop-core', node('pop-core.mjs'), '1 1800'],
  ['@alicloud/cloudauth20190307 with an upload', node('typed-sdk.mjs'), '200 T'],
  ['@alicloud/openapi-client', node('openapi-client.mjs'), '200 cloudauth-zhangjiakou-external'],
  ['ali-oss by region', node('ali-oss.mjs'), `${BUCKET} a face`],
];
const CLIENTS: typeof OF_NODE = [
  ...OF_NODE,
  ['curl', ['curl', '-sS', ASKED], OK],
  ['Python’s urllib', ['python3', program('ask.py'), ASKED], OK],
];

const ANY = { keys: 'any', scenes: 'any' } as const;

let folder: Awaited<ReturnType<typeof scratch>>;
beforeAll(async () => {
  folder = await scratch();
});
afterAll(() => folder[Symbol.asyncDispose]());

/** As a shell of a user's has it: neither options of an emulator nor a proxy. @returns what it wrote */
async function run([command = '', ...words]: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const own = Object.entries(process.env).filter(([name]) => !/^(CLOUDAUTH_MOCK_|NODE_|VITEST|.*_proxy$)/i.test(name));
  const options = { env: { ...Object.fromEntries(own), CLOUDAUTH_MOCK_DATA_DIR: folder.path, ...env } };
  return (await promisify(execFile)(command, words, options)).stdout.trim();
}

/** The CA of both emulators. */
const trusted = () => {
  const [caFile = '', bundleFile = '', storeFile = ''] = ['ca.crt', 'ca-bundle.crt', 'truststore.p12'].map((name) =>
    join(folder.path, 'ca', name),
  );
  return trustVariables({ caFile, bundleFile, storeFile });
};

describe('by the proxy', () => {
  let mock: CloudauthMock;
  beforeAll(async () => {
    mock = await createCloudauthMock({
      ...ANY,
      ...{ port: 0, proxy: true, proxyPort: 0 },
      dataDir: folder.path,
    }).listen();
  });
  afterAll(() => mock.close());

  /** Node heeds no proxy by itself, and SDKs have agents of their own: global-agent replaces these. */
  const environment = () => {
    const { url } = mock.proxy!;
    const bootstrap = resolve('test/runners/node_modules/global-agent/bootstrap.js');
    return {
      ...trusted(),
      ...{ https_proxy: url, http_proxy: url, no_proxy: '127.0.0.1' },
      ...{ NODE_OPTIONS: `--require ${bootstrap}`, GLOBAL_AGENT_HTTP_PROXY: url, GLOBAL_AGENT_NO_PROXY: '127.0.0.1' },
    };
  };

  test.each(CLIENTS)('%s', async (_client, words, says) => {
    expect(await run(words, environment())).toBe(says);
  });
});

describe('by register', () => {
  test.each(OF_NODE)('%s', async (_client, words, says) => {
    const NODE_OPTIONS = `--require ${resolve('dist/register.cjs')}`;
    expect(await run(words, { NODE_OPTIONS, CLOUDAUTH_MOCK_LOG: 'silent' })).toBe(says);
  });
});

describe('by exec', () => {
  test.each(CLIENTS)('%s', async (_client, words, says) => {
    expect(await run([...node('../../../dist/cli.js'), 'exec', '--', ...words])).toBe(says);
  });
});

describe('by a hosts file', () => {
  let emulator: Awaited<ReturnType<typeof startCli>>;
  let joining: readonly string[];

  beforeAll(async () => {
    const { way, hosts } = await hostsWay(folder.path, HOSTS);
    console.info(`the hosts file counts by ${way.name}`);
    const at = ['--host', way.address, '--port', '80', '--https', '--https-port', '443'];
    const options = { before: way.starting(hosts), env: { CLOUDAUTH_MOCK_DATA_DIR: folder.path } };
    emulator = await startCli([...at, ...['--keys', 'any', '--scenes', 'any']], options);
    joining = way.joining(hosts, emulator.pid);
  });
  afterAll(() => emulator?.[Symbol.asyncDispose]());

  test.each(CLIENTS)('%s', async (_client, words, says) => {
    expect(await run([...joining, ...words], trusted())).toBe(says);
  });
});
