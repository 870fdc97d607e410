/** How an emulator opens and closes, as whoever made it sees it. */
import { existsSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { getResponse } from 'msw';
import { afterAll, describe, expect, test } from 'vitest';
import { ClosedError, type CloudauthMock, createCloudauthMock, StorageError } from '../../src/index.js';
import { handlers } from '../../src/msw.js';
import { read, signedRequest } from '../support/call.js';
import { scratch } from '../support/child.js';
import { freePort } from '../support/raw.js';
import { bySocket, UPLOAD, upload, withRules } from '../support/scenario.js';

const folder = await scratch();
afterAll(() => folder[Symbol.asyncDispose]());
let files = 0;
const fresh = () => join(folder.path, `${++files}.db`);

const DELAYED = [{ on: '*', then: { delay: '1h' } }];
/** Resolves when so many calls have been handled: their replies are being held back. */
async function handled(mock: CloudauthMock, count = 1): Promise<void> {
  while ((await mock.requests()).length < count) await new Promise(setImmediate);
}

describe('opening', () => {
  test('what failed is tried again by the next call', async () => {
    const inside = join(folder.path, 'made-later');
    await using mock = createCloudauthMock({ db: join(inside, 'state.db') });
    await expect(upload(mock)).rejects.toThrow(StorageError);
    mkdirSync(inside);
    expect((await upload(mock)).status).toBe(200);
  });

  test('after an opening that failed close() resolves', async () => {
    const mock = createCloudauthMock({ db: join(folder.path, 'not', 'there.db') });
    await expect(upload(mock)).rejects.toThrow(StorageError);
    await expect(mock.close()).resolves.toBeUndefined();
  });

  test('closing in the middle of it gives the file free', async () => {
    const db = fresh();
    const mock = createCloudauthMock({ db });
    const asked = mock.clock.now();
    const [, outcome] = await Promise.allSettled([mock.close(), asked]);
    expect([existsSync(`${db}.lock`), outcome.status]).toEqual([false, 'rejected']);
    await expect(asked).rejects.toThrow(ClosedError);
  });
});

describe('closing', () => {
  test('a second close() leaves the lock to the emulator that has the file now', async () => {
    const db = fresh();
    const first = createCloudauthMock({ db });
    await first.clock.now();
    await first.close();
    await using second = createCloudauthMock({ db });
    await second.clock.now();
    await first.close();
    await expect(createCloudauthMock({ db }).clock.now()).rejects.toThrow('is in use by another cloudauth-mock');
  });

  test('two close() at once close once', async () => {
    const mock = createCloudauthMock({ db: fresh() });
    await mock.clock.now();
    expect(await Promise.all([mock.close(), mock.close()])).toEqual([undefined, undefined]);
  });

  test('an emulator that never opened opens nothing to close', async () => {
    const db = fresh();
    await createCloudauthMock({ db }).close();
    expect(existsSync(db)).toBe(false);
  });

  test.each<[string, (mock: CloudauthMock) => unknown]>([
    ['fetch', upload],
    ['fetch of /healthz', (mock) => mock.fetch(new Request('http://localhost/healthz'))],
    ['listen', (mock) => mock.listen()],
    ['clock.now', (mock) => mock.clock.now()],
    ['verifications.pass', (mock) => mock.verifications.pass('a')],
    ['reset', (mock) => mock.reset()],
    ['failNext', async (mock) => mock.failNext('GetStatus', 'Throttling')],
  ])('%s afterwards says that it is closed, and what to do', async (_title, ask) => {
    const mock = createCloudauthMock({ port: 0 });
    await upload(mock);
    await mock.close();
    const asked = ask(mock);
    await expect(asked).rejects.toThrow(ClosedError);
    await expect(asked).rejects.toThrow('this emulator is closed; createCloudauthMock() makes another one');
  });

  test('a call under way is answered', async () => {
    const mock = createCloudauthMock({ db: fresh() });
    await mock.clock.now();
    const called = upload(mock);
    await mock.close();
    expect((await called).status).toBe(200);
  });

  test.each<[string, () => Promise<[house: CloudauthMock, mock: CloudauthMock]>]>([
    ['in process', async () => withRules(DELAYED).then((mock) => [mock, mock])],
    [
      'over a socket',
      async () => (await withRules(DELAYED, { port: 0 })).listen().then((house) => [house, bySocket(house)]),
    ],
  ])('a reply that is held back goes out at once, %s', async (_title, open) => {
    const [house, mock] = await open();
    const replies = [upload(mock), upload(mock)];
    await handled(house, 2);
    await house.close();
    expect((await Promise.all(replies)).map(({ status }) => status)).toEqual([200, 200]);
  });

  test('a reply that trickles goes out at once', async () => {
    const mock = await withRules([{ on: '*', then: { fault: 'slow' } }]);
    const reply = await mock.fetch(signedRequest(UPLOAD));
    const startedAt = performance.now();
    await mock.close();
    expect((await read(reply)).json).toHaveProperty('OssUploadToken');
    expect(performance.now() - startedAt).toBeLessThan(250);
  });
});

describe('listening', () => {
  const connects = (port: number) =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });

  test('a second listen() keeps to the first port, and close() closes it', async () => {
    const mock = createCloudauthMock({ port: 0 });
    await mock.listen();
    const { url } = mock;
    const again = await mock.listen();
    expect([again, again.url]).toEqual([mock, url]);
    await mock.close();
    expect(await connects(Number(new URL(url).port))).toBe(false);
  });

  test('two listen() at once open one port', async () => {
    const port = await freePort();
    await using mock = createCloudauthMock({ port });
    await Promise.all([mock.listen(), mock.listen()]);
    expect(mock.url).toBe(`http://127.0.0.1:${port}`);
  });

  test('what failed, as the port was in use, can be tried again', async () => {
    const other = await createCloudauthMock({ port: 0 }).listen();
    await using mock = createCloudauthMock({ port: Number(new URL(other.url).port) });
    await expect(mock.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await other.close();
    expect((await upload(bySocket(await mock.listen()))).status).toBe(200);
  });

  test('closing in the middle of it leaves no port open', async () => {
    const port = await freePort();
    const mock = createCloudauthMock({ port });
    const listening = mock.listen();
    await Promise.all([mock.close(), expect(listening).rejects.toThrow(ClosedError)]);
    expect(await connects(port)).toBe(false);
  });
});

describe('the signal of a request in process', () => {
  test('aborted before: fetch rejects with its reason, and nothing is called', async () => {
    await using mock = createCloudauthMock();
    const reason = new Error('changed my mind');
    const request = new Request(signedRequest(UPLOAD), { signal: AbortSignal.abort(reason) });
    await expect(mock.fetch(request)).rejects.toBe(reason);
    expect(await mock.requests()).toEqual([]);
  });

  test('aborted while the reply is held back: fetch rejects with AbortError', async () => {
    await using mock = await withRules(DELAYED);
    const leaving = new AbortController();
    const sent = mock.fetch(new Request(signedRequest(UPLOAD), { signal: leaving.signal }));
    await handled(mock);
    leaving.abort();
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('aborted while the reply trickles: reading it rejects with AbortError', async () => {
    await using mock = await withRules([{ on: '*', then: { fault: 'slow' } }]);
    const leaving = new AbortController();
    const reply = await mock.fetch(new Request(signedRequest(UPLOAD), { signal: leaving.signal }));
    leaving.abort();
    await expect(reply.text()).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('aborted while the body never ends: fetch rejects all the same', async () => {
    await using mock = createCloudauthMock();
    const leaving = new AbortController();
    const body = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('Action=')) });
    const request = new Request('http://localhost/', {
      method: 'POST',
      body,
      duplex: 'half',
      signal: leaving.signal,
    } as RequestInit);
    const sent = mock.fetch(request);
    setImmediate(() => leaving.abort());
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('under msw it is a lost connection', async () => {
    await using mock = createCloudauthMock();
    const request = new Request(signedRequest(UPLOAD), { signal: AbortSignal.abort() });
    expect((await getResponse(handlers(mock), request))?.type).toBe('error');
  });
});
