/** What lies in `examples`, run as it stands against an emulator: Node's by the vendor's host names, the others at its address. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { endVerification, openVerification } from '../../src/playwright.js';
import { onPage, openBrowser } from '../support/browser.js';
import { type Project, project } from '../support/project.js';

const KEYS = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAI5tSomeonesOwnKey01', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'their own' };
const PASSES = ['张三', '990000199003070013'];

let browser: Browser;
let mock: CloudauthMock;
let user: Project;
beforeAll(async () => {
  mock = createCloudauthMock({ port: 0, keys: 'any', scenes: 'any' });
  [browser, user] = await Promise.all([openBrowser(), project(), mock.listen()]);
});
afterAll(() => Promise.all([browser.close(), mock.close(), user[Symbol.asyncDispose]()]));

/** Starts `server.js` of an example as `npm run dev` does. @returns the address it prints */
async function serve(example: string) {
  const folder = mkdtempSync(join(user.path, 'example-'));
  cpSync(join('examples', example), folder, { recursive: true });
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [command, ...args] = scripts.dev.split(' ');
  expect(command).toBe('node');
  const env = { ...process.env, ...KEYS, NODE_OPTIONS: '', CLOUDAUTH_MOCK_URL: mock.url, PORT: '0' };
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    url: new URL(line),
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

test.each([
  ['pass', { passed: true, code: '200', subCode: '200' }],
  ['fail:201', { passed: false, code: '200', subCode: '201' }],
] as const)('express: a customer whose verification ends with %s comes back and is told so', async (outcome, told) => {
  await using shop = await serve('express');
  const said = await onPage(browser, async (page) => {
    await openVerification(page, shop.url.href);
    await endVerification(page, outcome);
    await page.waitForURL(/\/done\//);
    return page.locator('body').textContent();
  });
  expect(JSON.parse(said!)).toEqual(told);
});

const COMMANDS: readonly [example: string, command: string, args: readonly string[]][] = [
  ['node-signer', process.execPath, ['examples/node-signer/sign.mjs']],
  ['python', 'python3', ['examples/python/verify.py']],
  ['php', 'php', ['examples/php/verify.php']],
  ['go', 'go', ['run', 'examples/go/main.go']],
];

async function run(command: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, ...KEYS, NODE_OPTIONS: '', CLOUDAUTH_ENDPOINT: mock.url };
  return (await promisify(execFile)(command, args, { env })).stdout.trim();
}

test.each(COMMANDS)('%s: two that belong together', async (_example, command, args) => {
  expect(await run(command, [...args, ...PASSES])).toBe('200 200 success 1');
});

test.each(COMMANDS)('%s: a number that is none', async (_example, command, args) => {
  expect(await run(command, [...args, '张三', '1'])).toBe('200 401 参数非法');
});

test.each(COMMANDS)('%s: by exec, at the host name of the vendor', async (_example, command, args) => {
  const env = { ...process.env, ...KEYS, NODE_OPTIONS: '' };
  const words = ['dist/cli.js', 'exec', '--', command, ...args, ...PASSES];
  expect((await promisify(execFile)(process.execPath, words, { env })).stdout.trim()).toBe('200 200 success 1');
});

test('curl: two that belong together', async () => {
  const answer = JSON.parse(await run('bash', ['examples/curl/verify.sh', ...PASSES]));
  expect(answer).toMatchObject({ Code: '200', ResultObject: { BizCode: '1' } });
});

test('node-signer: led to the emulator by the host name of the vendor', async () => {
  const env = { ...process.env, ...KEYS, NODE_OPTIONS: '', CLOUDAUTH_MOCK_URL: mock.url };
  const args = ['--import', resolve('dist/register.cjs'), 'examples/node-signer/sign.mjs', ...PASSES];
  expect((await promisify(execFile)(process.execPath, args, { env })).stdout.trim()).toBe('200 200 success 1');
});

describe('form-upload', () => {
  const PHOTO = Buffer.from('/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==', 'base64');

  test('a mini program uploads a photo', async () => {
    await using server = await serve('form-upload');
    const { uploadPhoto } = await import(resolve('examples/form-upload/mini-program.js'));
    const key = await uploadPhoto(weChat(PHOTO), server.url.origin, 'wxfile://photo.jpg');
    expect(key).toMatch(/\.jpg$/);
  });

  test('a browser uploads a photo', async () => {
    await using server = await serve('form-upload');
    const file = join(user.path, 'photo.jpg');
    writeFileSync(file, PHOTO);
    const said = await onPage(browser, async (page) => {
      await page.goto(server.url.href);
      await page.locator('input').setInputFiles(file);
      await page.locator('button').click();
      return page.locator('output:not(:empty)').textContent();
    });
    expect(said).toMatch(/\.jpg$/);
  });
});

interface Asked {
  readonly url: string;
  readonly formData: Record<string, string>;
  success(reply: { data?: unknown; statusCode: number }): void;
}

/** What of WeChat's `wx` the example uses: a form whose file is its last field. */
const weChat = (photo: Buffer) => ({
  request: ({ url, success }: Asked) =>
    fetch(url).then(async (reply) => success({ data: await reply.json(), statusCode: reply.status })),
  uploadFile: ({ url, formData, success }: Asked) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(formData)) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(photo)], { type: 'image/jpeg' }), 'photo.jpg');
    return fetch(url, { method: 'POST', body: form }).then(({ status }) => success({ statusCode: status }));
  },
});
