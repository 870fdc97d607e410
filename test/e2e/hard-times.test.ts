/** What a process outlives: readers that leave, no file descriptor left, code that cannot be read for a while, long delays. */
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cloudauth2017, cloudauth2019, signedParams } from '../support/call.js';
import { type Emulator, runCli, scratch, startCli } from '../support/child.js';
import { connectRaw, request, sendRaw } from '../support/raw.js';
import { materialParams, openTask, PERSON } from '../support/tasks.js';

const UPLOAD_TOKEN = cloudauth2019('DescribeOssUploadToken');
const page = (path: string) => request(`GET ${path}`, { Host: 'localhost', Accept: 'text/html' });
const xml = () => page(`/?${signedParams(UPLOAD_TOKEN, { method: 'GET', common: { Format: 'XML' } })}`);

describe('nobody reads its output any more', () => {
  test('it goes on answering, though it has lines to log', async () => {
    await using emulator = await startCli();
    emulator.closeOutput();
    for (let n = 0; n < 3; n++) expect((await emulator.call(UPLOAD_TOKEN)).status).toBe(200);
  });

  test('a signal still stops it with 0', async () => {
    await using emulator = await startCli();
    emulator.closeOutput();
    await emulator.call(UPLOAD_TOKEN);
    emulator.kill('SIGTERM');
    expect(await emulator.exit).toMatchObject({ code: 0, signal: null });
  });
});

describe('a reply held back for an hour keeps no process alive', () => {
  test.each([
    ['once its client has left', 'leaving.abort(); await sent.catch(({ name }) => console.log(name));'],
    ['once the emulator is closed', 'await mock.close(); console.log((await sent).status);'],
  ])('%s', async (_title, then) => {
    await using folder = await scratch();
    const script = join(folder.path, 'script.mjs');
    writeFileSync(
      script,
      `import { createCloudauthMock } from ${JSON.stringify(pathToFileURL(resolve('dist/index.js')))};
       const mock = createCloudauthMock({ signature: 'off' });
       await mock.scenarios.add({ rules: [{ on: '*', then: { delay: '1h' } }] });
       const leaving = new AbortController();
       const url = 'http://localhost/?${new URLSearchParams(UPLOAD_TOKEN)}&Format=JSON';
       const sent = mock.fetch(new Request(url, { signal: leaving.signal }));
       while ((await mock.requests()).length === 0) await new Promise(setImmediate);
       ${then}`,
    );
    const { code, stdout } = await runCli([], { cli: script });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^(AbortError|200)\n$/)]);
  });
});

describe('64 file descriptors and 128 connections', () => {
  test('it answers those it has accepted, closes the others, and serves again within a second', async () => {
    await using emulator = await startCli([], { descriptors: 64 });
    const clients = await Promise.all(Array.from({ length: 128 }, () => connectRaw(emulator.url)));
    const asked = [() => page('/healthz'), () => page('/demo/saf.html'), () => page('/_mock/operations'), xml];
    const answers = await Promise.all(
      clients.map((client, index) => {
        client.send(asked[index % asked.length]!());
        return client.replies(1).then(
          ([reply]) => reply!.status,
          () => 'closed',
        );
      }),
    );
    expect(new Set(answers)).toContain('closed');
    expect(answers.filter((answer) => answer !== 'closed').length).toBeGreaterThan(10);
    expect(answers.filter((answer) => ![200, 503, 'closed'].includes(answer))).toEqual([]);
    for (const client of clients) client.destroy();
    const freeAt = performance.now();
    // it is told of each by its socket
    while (!(await sendRaw(emulator.url, page('/healthz')).catch(() => undefined)));
    for (const each of asked) expect((await sendRaw(emulator.url, each())).status).toBe(200);
    expect(performance.now() - freeAt).toBeLessThan(1000);
  });
});

describe('code that cannot be read for a while', () => {
  const ON_DEMAND = /\bloadFile\d*\("\.\/([\w-]+\.js)"\)/g;
  /** The build, in a folder of its own: what is loaded on demand fails, but for the part every start needs. */
  async function broken(which: RegExp) {
    const folder = await scratch();
    const dist = join(folder.path, 'dist');
    cpSync('dist', dist, { recursive: true });
    for (const name of ['node_modules', 'scenarios', 'package.json'])
      symlinkSync(resolve(name), join(folder.path, name));
    const scripts = readdirSync(dist).filter((name) => name.endsWith('.js'));
    const named = scripts.flatMap((name) => [...readFileSync(join(dist, name), 'utf8').matchAll(ON_DEMAND)]);
    const start = scripts.filter((name) => name.startsWith('server-'));
    const needed = start.flatMap((name) => [...readFileSync(join(dist, name), 'utf8').matchAll(ON_DEMAND)]);
    const spared = [...start, ...needed.map(([, name]) => name!)];
    const files = [...new Set(named.map(([, name]) => name!))].filter(
      (name) => which.test(name) && !spared.includes(name),
    );
    for (const name of files) writeFileSync(join(dist, name), "throw new Error('unreadable');");
    return {
      cli: join(dist, 'cli.js'),
      files,
      mend() {
        for (const name of files) cpSync(join('dist', name), join(dist, name));
      },
      [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
    };
  }
  const complaints = (emulator: Emulator) => emulator.stderr().match(/code cannot be loaded/g)?.length ?? 0;
  const oss = () => request('GET /bucket/key', { Host: 'localhost', Authorization: 'OSS a:b' });
  test.each<[string, RegExp]>([
    ['every file loaded on demand', /^/],
    ['only files that such files import', /^chunk-/],
  ])('%s: 503 and one line of the log meanwhile, then the answer', async (_title, which) => {
    await using build = await broken(which);
    await using emulator = await startCli([], { cli: build.cli });
    const ask = async () => {
      const answers = [];
      for (const each of [page('/demo/saf.html'), page('/_mock/operations'), oss(), oss()])
        answers.push((await sendRaw(emulator.url, each)).status);
      return answers;
    };
    expect(build.files.length).toBeGreaterThan(4);
    expect(await ask()).toEqual([503, 503, 503, 503]);
    expect(await ask()).toEqual([503, 503, 503, 503]);
    await emulator.logged(/unreadable/);
    expect(complaints(emulator)).toBeLessThanOrEqual(3);
    build.mend();
    expect(await ask()).toEqual([200, 200, 403, 403]);
  });

  test('health checks, XML and pictures: 503 in documented shape meanwhile; nothing has happened', async () => {
    await using build = await broken(/^(dist|fxp|photos)-/);
    await using emulator = await startCli([], { cli: build.cli });
    // its nonce stays unused
    const asked = xml();
    const { url } = emulator;
    const token = await openTask({ fetch: (sent) => fetch(new Request(url, sent)) }, 'RPBasic');
    const answers = () =>
      Promise.all([
        sendRaw(url, page('/healthz')),
        sendRaw(url, asked),
        emulator.call(cloudauth2017('SubmitMaterials', { VerifyToken: token, ...materialParams(PERSON) })),
      ]);
    for (const { status, json } of await answers()) expect([status, json.Code]).toEqual([503, 'ServiceUnavailable']);
    build.mend();
    expect((await answers()).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('what explains a signature: the documented answer stands', async () => {
    await using build = await broken(/^explain-/);
    await using emulator = await startCli([], { cli: build.cli });
    const hint = async () => {
      const wrong = page(`/?${signedParams(UPLOAD_TOKEN, { method: 'POST' })}`);
      const { json, headers } = await sendRaw(emulator.url, wrong);
      return [json.Code, headers['x-cloudauth-mock-hint']];
    };
    expect(await hint()).toEqual(['SignatureDoesNotMatch', expect.stringContaining('cause=unknown')]);
    build.mend();
    expect(await hint()).toEqual(['SignatureDoesNotMatch', expect.stringContaining('method')]);
  });
});
