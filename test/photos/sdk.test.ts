/** SDK builds from the call to the package: what is downloaded, what fails, and what SdkUrl leads to. */

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { CloudauthMock } from '../../src/emulator/api.js';
import { createCloudauthMock } from '../../src/index.js';
import { androidManifest, apk, ipa, xmlPlist } from '../support/app-package.js';
import { call, cloudauth2019, type Reply } from '../support/call.js';
import { saying } from '../support/hints.js';

const START = '2026-01-02T03:04:05Z';

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/app`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const create = async (mock: CloudauthMock, AppUrl: string, more = {}): Promise<string> =>
  (await call(mock, cloudauth2019('CreateRPSDK', { AppUrl, ...more }))).json.TaskId;
const describeSdk = (mock: CloudauthMock, TaskId: string, options = {}): Promise<Reply> =>
  call(mock, cloudauth2019('DescribeRPSDK', { TaskId }), options);
/** Asks until there is more to say than “not yet”; the download gets its turn in between. */
async function settled(mock: CloudauthMock, TaskId: string): Promise<Reply> {
  for (;;) {
    const reply = await describeSdk(mock, TaskId);
    if (reply.json.SdkUrl !== '' || reply.headers.has('x-cloudauth-mock-hint')) return reply;
    await new Promise(setImmediate);
  }
}
const fetched = { fetch: 'loopback', sdkBuild: 'immediate' };
const text = (files: Record<string, Uint8Array>, name: string): string => strFromU8(files[name]!);
async function download(mock: CloudauthMock, url: string) {
  const response = await mock.fetch(new Request(url));
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

describe('with --fetch loopback', () => {
  test.each<[string, Uint8Array]>([
    ['ANDROID', apk(androidManifest('com.example.demo'))],
    ['IOS', ipa(xmlPlist('com.example.demo'))],
  ])('an %s package is downloaded, and its name is in the SDK', async (Platform, bytes) => {
    await using web = await serve((_, response) => response.end(bytes));
    await using mock = createCloudauthMock(fetched);
    const { SdkUrl } = (await settled(mock, await create(mock, web.url, { Platform }))).json;
    const files = unzipSync((await download(mock, SdkUrl)).bytes);
    expect(JSON.parse(text(files, 'manifest.json'))).toMatchObject({ Platform, packageName: 'com.example.demo' });
  });

  test.each<[string, string, RequestListener]>([
    ['status-404', 'ANDROID', (_, response) => response.writeHead(404).end()],
    ['package-cannot-be-read', 'ANDROID', (_, response) => response.end('<html>')],
    ['package-is-for-ANDROID', 'IOS', (_, response) => response.end(apk(androidManifest('a.b')))],
  ])('%s fails the build: SdkUrl stays empty, and the hint says why', async (why, Platform, listener) => {
    await using web = await serve(listener);
    await using mock = createCloudauthMock(fetched);
    const TaskId = await create(mock, web.url, { Platform });
    const { json, headers } = await settled(mock, TaskId);
    expect([json.SdkUrl, headers.get('x-cloudauth-mock-hint')]).toEqual(['', await saying(['build-failed', { why }])]);
  });

  test('a page of another machine has nothing downloaded', async () => {
    let asked = 0;
    await using web = await serve((_, response) => response.end(String(asked++)));
    await using mock = createCloudauthMock(fetched);
    const params = cloudauth2019('CreateRPSDK', { AppUrl: web.url });
    const { TaskId } = (await call(mock, params, { headers: { origin: 'https://evil.example' } })).json;
    const hint = (await settled(mock, TaskId)).headers.get('x-cloudauth-mock-hint');
    expect([hint, asked]).toEqual([await saying(['build-failed', { why: 'asked-for-by-a-web-page' }]), 0]);
  });

  test('an address elsewhere fails the build', async () => {
    await using mock = createCloudauthMock(fetched);
    const { headers } = await settled(mock, await create(mock, 'http://169.254.169.254/a.apk'));
    expect(headers.get('x-cloudauth-mock-hint')).toBe(await saying(['build-failed', { why: 'address-not-allowed' }]));
  });

  /** Answers nobody until it is told to. */
  async function holding() {
    const held: { path: string; response: ServerResponse }[] = [];
    let heard = () => {};
    const web = await serve((request, response) => {
      held.push({ path: request.url!, response });
      heard();
    });
    const paths = async (count: number): Promise<string[]> => {
      while (held.length < count)
        await new Promise<void>((done) => {
          heard = done;
        });
      return held.map(({ path }) => path);
    };
    return { ...web, held, paths };
  }

  test('while it is under way SdkUrl is empty, and nothing is downloaded twice', async () => {
    await using web = await holding();
    await using mock = createCloudauthMock(fetched);
    const TaskId = await create(mock, `${web.url}/a`);
    const urls = [await describeSdk(mock, TaskId), await describeSdk(mock, TaskId)].map(({ json }) => json.SdkUrl);
    await create(mock, `${web.url}/b`);
    expect([urls, await web.paths(2)]).toEqual([
      ['', ''],
      ['/app/a', '/app/b'],
    ]);
  });

  test('of three at once the third begins when it is asked for after another has ended', async () => {
    await using web = await holding();
    await using mock = createCloudauthMock(fetched);
    const [first = '', , third = ''] = await Promise.all(
      ['a', 'b', 'c'].map((path) => create(mock, `${web.url}/${path}`)),
    );
    await web.paths(2);
    // what had begun by now would have come before it
    const probe = fetch(`${web.url}/probe`);
    const before = (await web.paths(3)).sort();
    for (const { response } of web.held) response.end(apk(androidManifest('a.b')));
    await probe;
    await settled(mock, first);
    await describeSdk(mock, third);
    expect([before, (await web.paths(4))[3]]).toEqual([['/app/a', '/app/b', '/app/probe'], '/app/c']);
  });

  test('a package that failed says so where it would be downloaded', async () => {
    await using web = await serve((_, response) => response.writeHead(404).end());
    await using mock = createCloudauthMock(fetched);
    const TaskId = await create(mock, web.url);
    await settled(mock, TaskId);
    const { response, bytes } = await download(mock, `http://127.0.0.1:4520/sdk/${TaskId}.zip`);
    expect([response.status, Buffer.from(bytes).toString()]).toEqual([
      409,
      expect.stringMatching(/status-404[\s\S]*status-404/),
    ]);
  });

  test('a package that is being downloaded is not there yet', async () => {
    await using web = await holding();
    await using mock = createCloudauthMock(fetched);
    const TaskId = await create(mock, web.url);
    await web.paths(1);
    await describeSdk(mock, TaskId);
    const { response } = await download(mock, `http://127.0.0.1:4520/sdk/${TaskId}.zip`);
    expect(response.status).toBe(409);
  });

  test('a build is not ready before it is due, whatever was downloaded', async () => {
    await using web = await serve((_, response) => response.end(apk(androidManifest('a.b'))));
    await using mock = createCloudauthMock({ ...fetched, sdkBuild: 'fail' });
    expect((await describeSdk(mock, await create(mock, web.url))).json.SdkUrl).toBe('');
  });

  test('a reset in mid-download forgets the build, and what comes of it is nobody’s', async () => {
    await using web = await holding();
    await using mock = createCloudauthMock(fetched);
    const gone = await create(mock, `${web.url}/a`);
    await web.paths(1);
    await mock.reset();
    const next = await create(mock, `${web.url}/b`);
    await web.paths(2);
    for (const { response } of web.held) response.end(apk(androidManifest('a.b')));
    expect((await settled(mock, next)).json.SdkUrl).toContain(next);
    expect((await describeSdk(mock, gone)).json.SdkUrl).toBe('');
  });

  test('a snapshot of mid-download, restored after the end, downloads again', async () => {
    await using web = await holding();
    await using mock = createCloudauthMock(fetched);
    const TaskId = await create(mock, web.url);
    await web.paths(1);
    await mock.snapshots.save('midway');
    web.held[0]!.response.end(apk(androidManifest('a.b')));
    await settled(mock, TaskId);
    await mock.snapshots.restore('midway');
    const { SdkUrl } = (await describeSdk(mock, TaskId)).json;
    await web.paths(2);
    web.held[1]!.response.end(apk(androidManifest('a.b')));
    expect([SdkUrl, (await settled(mock, TaskId)).json.SdkUrl]).toEqual(['', expect.stringContaining(TaskId)]);
  });

  test('the build’s own clock does not end a download: a leap of a year still waits for it', async () => {
    await using web = await holding();
    await using mock = createCloudauthMock({ ...fetched, sdkBuild: 'after:30s' });
    const TaskId = await create(mock, web.url);
    await web.paths(1);
    await mock.clock.freeze();
    await mock.clock.advance('365d');
    const { SdkUrl } = (await describeSdk(mock, TaskId)).json;
    web.held[0]!.response.end(apk(androidManifest('a.b')));
    expect([SdkUrl, (await settled(mock, TaskId)).json.SdkUrl]).toEqual(['', expect.stringContaining(TaskId)]);
  });

  test('closing the emulator ends a download under way', async () => {
    await using web = await holding();
    const mock = createCloudauthMock({ ...fetched });
    await create(mock, web.url);
    await web.paths(1);
    const ended = once(web.held[0]!.response, 'close');
    await mock.close();
    await ended;
    expect(web.held[0]!.response.writableFinished).toBe(false);
  });

  test('a start in mid-download begins it again when the build is asked for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cloudauth-mock-'));
    const options = { ...fetched, db: join(folder, 'state.db') };
    let answers = false;
    await using web = await serve((_, response) => {
      if (answers) response.end(apk(androidManifest('a.b')));
    });
    const before = createCloudauthMock(options);
    const TaskId = await create(before, web.url);
    await before.close();
    answers = true;
    await using after = createCloudauthMock(options);
    const first = await describeSdk(after, TaskId);
    const { json } = await settled(after, TaskId);
    expect([first.json.SdkUrl, json.SdkUrl]).toEqual(['', expect.stringContaining(TaskId)]);
    rmSync(folder, { recursive: true });
  });
});

test('without --fetch a page may have an SDK built as anybody', async () => {
  await using mock = createCloudauthMock({ sdkBuild: 'immediate' });
  const params = cloudauth2019('CreateRPSDK', { AppUrl: 'http://apps.example/a.apk' });
  const { TaskId } = (await call(mock, params, { headers: { origin: 'https://evil.example' } })).json;
  expect((await describeSdk(mock, TaskId)).json.SdkUrl).toContain(TaskId);
});

test('without --fetch nothing is downloaded, and the name is not known', async () => {
  let asked = 0;
  await using web = await serve((_, response) => response.end(String(asked++)));
  await using mock = createCloudauthMock({ sdkBuild: 'immediate' });
  const { SdkUrl } = (await describeSdk(mock, await create(mock, web.url))).json;
  const files = unzipSync((await download(mock, SdkUrl)).bytes);
  expect([JSON.parse(text(files, 'manifest.json')).packageName, asked]).toEqual([null, 0]);
});

describe('the package', () => {
  async function built(options = {}, more = {}) {
    const mock = createCloudauthMock({ sdkBuild: 'immediate', seed: 1, ...options });
    await mock.clock.freeze();
    await mock.clock.set(START);
    const TaskId = await create(mock, 'https://apps.example.com/a.apk', more);
    return { mock, TaskId, url: (await describeSdk(mock, TaskId)).json.SdkUrl as string };
  }

  test('is a zip to be saved under its TaskId', async () => {
    const { mock, TaskId, url } = await built();
    await using _ = mock;
    const { response } = await download(mock, url);
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('content-disposition'),
    ]).toEqual([200, 'application/zip', `attachment; filename="${TaskId}.zip"`]);
  });

  test('says what it was built from', async () => {
    const { mock, TaskId, url } = await built({}, { Platform: 'IOS' });
    await using _ = mock;
    expect(JSON.parse(text(unzipSync((await download(mock, url)).bytes), 'manifest.json'))).toEqual({
      TaskId,
      Platform: 'IOS',
      AppUrl: 'https://apps.example.com/a.apk',
      packageName: null,
      createdAt: '2026-01-02T03:04:05.000Z',
    });
  });

  test.each([
    [{ Platform: 'IOS' }, ['ios/README.md']],
    [{ Platform: 'ANDROID' }, ['android/README.md']],
    [{}, ['android/README.md', 'ios/README.md']],
  ])('for %j has the folders %j', async (more, folders) => {
    const { mock, url } = await built({}, more);
    await using _ = mock;
    const names = Object.keys(unzipSync((await download(mock, url)).bytes));
    expect(names.sort()).toEqual([...folders, 'README.md', 'config.json', 'manifest.json'].sort());
  });

  test('has the same bytes at every download', async () => {
    const { mock, url } = await built();
    await using _ = mock;
    const first = await download(mock, url);
    await mock.clock.advance('3d');
    expect((await download(mock, url)).bytes).toEqual(first.bytes);
  });

  test('over a socket names the emulator as the end point', async () => {
    await using mock = createCloudauthMock({ port: 0, sdkBuild: 'immediate' });
    await mock.listen();
    const TaskId = await create(mock, 'https://apps.example.com/a.apk');
    const { SdkUrl } = (await describeSdk(mock, TaskId, { url: `${mock.url}/` })).json;
    const response = await fetch(SdkUrl);
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
    expect(JSON.parse(text(files, 'config.json')).endpoint).toBe(mock.url);
  });

  test('behind a proxy names the proxy as the end point', async () => {
    const { mock, url } = await built({ publicUrl: 'https://mock.example.com' });
    await using _ = mock;
    const files = unzipSync((await download(mock, url)).bytes);
    expect(JSON.parse(text(files, 'config.json')).endpoint).toBe('https://mock.example.com');
  });

  test('speaks both languages', async () => {
    const { mock, url } = await built();
    await using _ = mock;
    expect(text(unzipSync((await download(mock, url)).bytes), 'README.md')).toMatch(/stand-in[\s\S]*替身/i);
  });

  test.each([
    ['/sdk/nope.zip', 404, /CreateRPSDK[\s\S]*CreateRPSDK/],
    ['/sdk/..%2f..%2fetc.zip', 404, /CreateRPSDK/],
    ['/sdk/nope', 404, /CreateRPSDK/],
  ])('%s answers %i and what to do', async (path, status, advice) => {
    await using mock = createCloudauthMock();
    const response = await mock.fetch(new Request(`http://127.0.0.1:4520${path}`));
    expect([response.status, await response.text()]).toEqual([status, expect.stringMatching(advice)]);
  });

  test('before it was answered as ready answers 409 and what to do', async () => {
    await using mock = createCloudauthMock({ sdkBuild: 'polls:1' });
    const TaskId = await create(mock, 'https://apps.example.com/a.apk');
    const url = `http://127.0.0.1:4520/sdk/${TaskId}.zip`;
    const statuses = [];
    for (let asked = 0; asked < 3; asked++) {
      statuses.push((await download(mock, url)).response.status);
      await describeSdk(mock, TaskId);
    }
    expect(statuses).toEqual([409, 409, 200]);
  });
});
