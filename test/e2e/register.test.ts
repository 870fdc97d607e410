/** Applications that know nothing of the emulator, started with `cloudauth-mock/register`. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli, startCli } from '../support/child.js';
import { type Project, project } from '../support/project.js';

const OWN_KEY = `accessKeyId: 'LTAI5tSomeonesOwnKey01', accessKeySecret: 'their own secret'`;
const POST = `{ method: 'POST', timeout: 20_000 }`;
const CLIENT = `new PopCore({ endpoint: 'https://cloudauth.aliyuncs.com', apiVersion: '2017-11-17', ${OWN_KEY}, codes: ['1'] })`;
const TASK = `{ Biz: 'their-own-scene', TicketId: 'order-1' }`;
const ASK = 'Action=GetStatus&Version=2017-11-17&Format=JSON';
const MARK = `headers['x-cloudauth-mock']`;
const ES = ['--import', 'cloudauth-mock/register'];
const CJS = ['--require', 'cloudauth-mock/register'];

let user: Project;
beforeAll(async () => {
  user = await project();
});
afterAll(() => user[Symbol.asyncDispose]());

const quiet = { CLOUDAUTH_MOCK_LOG: 'silent' };

/** @param name its ending says what kind of module it is @returns what it wrote, when it ended well */
async function app(name: string, code: string, flags = ES, env: Record<string, string> = quiet): Promise<string> {
  user.write(name, code);
  const { code: exit, stdout, stderr } = await user.node([...flags, name], env);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  return stdout.trim();
}

const CALLERS: readonly [name: string, code: string, says: string | RegExp][] = [
  [
    'pop-core',
    `import PopCore from '@alicloud/pop-core';
     const { Data } = await ${CLIENT}.request('GetVerifyToken', ${TASK}, ${POST});
     console.log(Data.VerifyToken.DurationSeconds);`,
    '1800',
  ],
  [
    'the SDK of today',
    `import Cloudauth from '@alicloud/cloudauth20190307';
     const client = new Cloudauth.default({ regionId: 'cn-shanghai', endpoint: 'cloudauth.cn-shanghai.aliyuncs.com', ${OWN_KEY} });
     const { statusCode, body } = await client.describeOssUploadToken();
     console.log(statusCode, body.ossUploadToken.bucket);`,
    '200 cloudauth-zhangjiakou-external',
  ],
  [
    'ali-oss',
    `import PopCore from '@alicloud/pop-core';
     import OSS from 'ali-oss';
     const { StsToken } = (await ${CLIENT}.request('GetVerifyToken', ${TASK}, ${POST})).Data;
     const { AccessKeyId, AccessKeySecret, Token, BucketName, Path } = StsToken;
     const credentials = { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, stsToken: Token };
     const refresh = { refreshSTSToken: async () => credentials, refreshSTSTokenInterval: 900_000 };
     const oss = new OSS({ region: 'oss-cn-shanghai', secure: true, bucket: BucketName, ...credentials, ...refresh });
     await oss.put(Path + 'face.jpg', Buffer.from('/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==', 'base64'));
     console.log((await oss.get(Path + 'face.jpg')).content.length);`,
    '22',
  ],
  [
    'fetch',
    `const reply = await fetch('https://cloudauth.aliyuncs.com/?${ASK}');
     console.log(reply.headers.has('x-cloudauth-mock'), reply.status, (await reply.json()).Code);`,
    '400 MissingAccessKeyId',
  ],
  [
    'https, imported by name',
    `import { get } from 'node:https';
     get('https://saf.cn-shanghai.aliyuncs.com/?${ASK}', (reply) => console.log(reply.${MARK} !== undefined, reply.resume().socket.encrypted));`,
    'true true',
  ],
  [
    'http, with an agent of its own that keeps connections',
    `import http from 'node:http';
     const agent = new http.Agent({ keepAlive: true });
     http.get('http://CLOUDAUTH.aliyuncs.com./?${ASK}', { agent }, (reply) => console.log(reply.resume().${MARK} !== undefined));`,
    'true',
  ],
  [
    'https, on one connection for two calls',
    `import https from 'node:https';
     const agent = new https.Agent({ keepAlive: true });
     const ask = () => new Promise((resolve) =>
       https.get('https://cloudauth.aliyuncs.com/?${ASK}', { agent }, (reply) => reply.resume().on('close', () => setImmediate(resolve, reply.req.reusedSocket))));
     console.log(await ask(), await ask());`,
    'false true',
  ],
  [
    'tls, by port and host',
    `import tls from 'node:tls';
     const socket = tls.connect(443, 'sts.aliyuncs.com', { servername: 'sts.aliyuncs.com' }, () => socket.write('GET /healthz HTTP/1.0\\r\\n\\r\\n'));
     socket.on('data', (data) => console.log(String(data).split('\\r\\n')[0]));`,
    'HTTP/1.1 200 OK',
  ],
];

test.each(CALLERS)('%s is answered by the emulator, with keys and scenes of its own', async (_name, code, says) => {
  expect(await app('caller.mjs', code)).toContain(says);
});

test.each([
  ['an ES module by --import', 'app.mjs', ES],
  ['CommonJS by --import', 'app.cjs', ES],
  ['an ES module by --require', 'app.mjs', CJS],
  ['CommonJS by --require', 'app.cjs', CJS],
])('%s', async (_what, name, flags) => {
  const load = name.endsWith('.cjs')
    ? `const PopCore = require('@alicloud/pop-core');`
    : `import PopCore from '@alicloud/pop-core';`;
  const code = `${load} ${CLIENT}.request('GetVerifyToken', ${TASK}, ${POST}).then(({ Code }) => console.log(Code));`;
  expect(await app(name, code, flags)).toBe('1');
});

const OTHERS = `
  import http from 'node:http';
  const server = http.createServer((request, response) => response.end('its own')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  const lookup = (name, options, done) => done(null, options.all ? [{ address: '127.0.0.1', family: 4 }] : '127.0.0.1', 4);
  const ask = (host) => new Promise((resolve) => http.get({ host, port, lookup }, async (reply) => resolve((await reply.toArray()).join(''))));
`;

test.each([
  'ecs.aliyuncs.com',
  'aliyuncs.com',
  'cloudauth.aliyuncs.com.example.org',
  'notcloudauth.aliyuncs.com',
  'o.alicdn.com',
])('a call to %s goes where it was sent', async (host) => {
  expect(await app('others.mjs', `${OTHERS} console.log(await ask('${host}')); server.close();`)).toBe('its own');
});

test('addresses handed out lead to the emulator, in a browser as well', async () => {
  const code = `import PopCore from '@alicloud/pop-core';
    const { Data } = await ${CLIENT}.request('GetVerifyToken', ${TASK}, ${POST});
    const page = await fetch(Data.CloudauthPageUrl);
    console.log(page.status, new URL(Data.CloudauthPageUrl).origin === process.env.CLOUDAUTH_MOCK_URL);`;
  expect(await app('page.mjs', code)).toBe('200 true');
});

test('threads and child processes share the emulator', async () => {
  const call = `import PopCore from '@alicloud/pop-core';
    const call = async (action) => (await ${CLIENT}.request(action, ${TASK}, ${POST})).Data;`;
  user.write('asks.mjs', `${call} console.log((await call('GetStatus')).StatusCode);`);
  const code = `${call}
    import { fork } from 'node:child_process';
    import { once } from 'node:events';
    import { Worker } from 'node:worker_threads';
    await call('GetVerifyToken');
    await once(fork('asks.mjs'), 'exit');
    await once(new Worker(new URL('asks.mjs', import.meta.url)), 'exit');`;
  expect(await app('parent.mjs', code)).toBe('1\n1');
});

test('what the application does to its own clock does not reach the emulator', async () => {
  const code = `import PopCore from '@alicloud/pop-core';
    const client = ${CLIENT};
    const request = client.request('GetVerifyToken', ${TASK}, ${POST});
    Date.now = () => 0;
    const { Data } = await request;
    console.log(Date.parse(Data.StsToken.Expiration) > 1.7e12);`;
  expect(await app('clock.mjs', code)).toBe('true');
});

test('an error nobody catches ends the application as ever', async () => {
  user.write('thrower.mjs', `throw new Error('their own mistake');`);
  const { code, stderr } = await user.node([...ES, 'thrower.mjs'], quiet);
  expect([code, stderr]).toEqual([1, expect.stringContaining('Error: their own mistake')]);
});

test('it says where the emulator is, and logs as the command does', async () => {
  user.write('logged.mjs', `await fetch('https://cloudauth.aliyuncs.com/?${ASK}');`);
  const { stderr } = await user.node([...ES, 'logged.mjs'], { LANG: 'en' });
  expect(stderr).toMatch(
    /^cloudauth-mock: calls to the vendor's hosts lead to http:\/\/127\.0\.0\.1:\d+, in this process; .*MissingAccessKeyId/s,
  );
});

test('in Chinese too', async () => {
  user.write('nothing.mjs', '');
  const { stderr } = await user.node([...ES, 'nothing.mjs'], { LANG: 'zh_CN.UTF-8' });
  expect(stderr).toMatch(/^cloudauth-mock: 对厂商域名的调用由本进程内的 http:\/\/127\.0\.0\.1:\d+ 应答/);
});

describe('CLOUDAUTH_MOCK_URL', () => {
  test('names an emulator that runs already', async () => {
    await using emulator = await startCli(['--keys', 'any', '--scenes', 'any']);
    const code = `import PopCore from '@alicloud/pop-core';
      console.log((await ${CLIENT}.request('GetVerifyToken', ${TASK}, ${POST})).Code);`;
    expect(await app('named.mjs', code, ES, { CLOUDAUTH_MOCK_URL: emulator.url })).toBe('1');
    expect(emulator.stderr()).toContain('cloudauth/2017-11-17/GetVerifyToken');
  });

  test('is no hindrance to a command', async () => {
    const { code, stderr } = await runCli(['operations'], { env: { CLOUDAUTH_MOCK_URL: 'http://127.0.0.1:9' } });
    expect([code, stderr]).toEqual([0, '']);
  });

  test('where nobody answers, the error of the call says so', async () => {
    const code = `console.log((await fetch('https://cloudauth.aliyuncs.com/').catch((error) => error.cause)).message);`;
    expect(await app('refused.mjs', code, ES, { CLOUDAUTH_MOCK_URL: 'http://127.0.0.1:9' })).toBe(
      'connect ECONNREFUSED 127.0.0.1:9; no emulator answers at http://127.0.0.1:9, which CLOUDAUTH_MOCK_URL names: start one, or leave it out',
    );
  });
});

test.each<[string, Record<string, string>, string]>([
  [
    'an address that is none',
    { CLOUDAUTH_MOCK_URL: 'here' },
    `CLOUDAUTH_MOCK_URL: 'here' is no address of an emulator; write http://127.0.0.1:4520`,
  ],
  [
    'an option that there is not',
    { CLOUDAUTH_MOCK_DEVISE: 'auto' },
    'CLOUDAUTH_MOCK_DEVISE: there is no such variable; did you mean CLOUDAUTH_MOCK_DEVICE?',
  ],
  ['a value that is none', { CLOUDAUTH_MOCK_DEVICE: 'x' }, 'CLOUDAUTH_MOCK_DEVICE: '],
])('%s ends it before the application begins', async (_what, env, message) => {
  user.write('never.mjs', `console.log('began');`);
  const { code, stdout, stderr } = await user.node([...ES, 'never.mjs'], { ...quiet, ...env });
  expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(`cloudauth-mock: ${message}`)]);
});
