/** What happens to a reply on its way, as clients see it. By then the call has been handled and its state is kept. */
import { getResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FAULTS, type Fault } from '../../src/gateway/intervention.js';
import { type CloudauthMock, createCloudauthMock, type ScenarioRule } from '../../src/index.js';
import { handlers } from '../../src/msw.js';
import { signedRequest } from '../support/call.js';
import { bySocket, UPLOAD, upload, withRules } from '../support/scenario.js';
import { popCore } from '../support/sdk.js';
import { getStatus, openTask, submit } from '../support/tasks.js';

const LOST = FAULTS.filter((fault) => fault !== 'slow');
const once = (fault: Fault, on = '*') => [{ on, times: 1, then: { fault } }];

describe('over a socket', () => {
  let house: CloudauthMock;
  let mock: CloudauthMock;
  beforeEach(async () => {
    house = await createCloudauthMock({ port: 0 }).listen();
    mock = bySocket(house);
  });
  afterEach(() => house.close());
  const order = (rules: readonly ScenarioRule[]) => house.scenarios.add({ rules });

  /** A client that waits a tenth of a second. */
  const impatient = (send: (mock: CloudauthMock) => Promise<unknown>) =>
    send({ ...mock, fetch: (request) => mock.fetch(new Request(request, { signal: AbortSignal.timeout(100) })) });

  test.each<[Fault, object]>([
    ['reset', { code: 'ECONNRESET' }],
    ['empty', { code: 'UND_ERR_SOCKET' }],
    // since Node 24 it has no code
    ['garbage', { name: 'HTTPParserError', message: expect.stringContaining('Expected HTTP/') }],
  ])('%s: fetch rejects (%o), and the next call is answered', async (fault, cause) => {
    await order(once(fault));
    await expect(upload(mock)).rejects.toMatchObject({ name: 'TypeError', cause });
    expect((await upload(mock)).status).toBe(200);
  });

  test('hang: fetch waits until it has had enough', async () => {
    await order(once('hang'));
    await expect(impatient(upload)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect((await upload(mock)).status).toBe(200);
  });

  test('slow: the answer trickles in, whole in the end', async () => {
    await order(once('slow'));
    const startedAt = performance.now();
    const reply = await mock.fetch(signedRequest(UPLOAD));
    const chunks: number[] = [];
    for await (const chunk of reply.body!) chunks.push(chunk.length);
    expect(chunks.length).toBeGreaterThan(2);
    // a kilobyte a second: some 600 bytes take about half a second
    expect(performance.now() - startedAt).toBeGreaterThan(chunks.length * 50);
    expect(chunks.reduce((sum, length) => sum + length)).toBe((await (await fetchPlain()).arrayBuffer()).byteLength);
  });
  const fetchPlain = () => mock.fetch(signedRequest(UPLOAD));

  test('slow: a client that leaves in the middle disturbs nobody', async () => {
    await order(once('slow'));
    await expect(impatient(upload)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect((await upload(mock)).status).toBe(200);
  });

  test.each<[Fault, object]>([
    ['reset', { code: 'ECONNRESET' }],
    ['empty', { code: 'ECONNRESET' }],
    ['garbage', { code: 'HPE_INVALID_CONSTANT' }],
    ['hang', { name: 'RequestTimeoutError' }],
  ])('%s as pop-core sees it', async (fault, error) => {
    await order(once(fault));
    const send = () => popCore(house.url, 'POST', {}, 300)('2019-03-07', 'DescribeOssUploadToken');
    await expect(send()).rejects.toMatchObject(error);
    expect(await send()).toHaveProperty('OssUploadToken');
  });

  test.each(LOST)('%s: the submission was accepted; its retry is a duplicate', async (fault) => {
    await order(once(fault, 'SubmitMaterials'));
    const token = await openTask(mock);
    await expect(impatient((client) => submit(client, token))).rejects.toThrow();
    expect((await submit(mock, token)).json.Code).toBe('Error.DuplicatedTicketId');
    expect((await getStatus(mock)).json.Data.StatusCode).toBe(1);
  });

  test('the journal has the call whose answer was lost', async () => {
    await order(once('reset'));
    await upload(mock).catch(() => {});
    const [entry] = await house.requests();
    expect(entry).toMatchObject({ status: 200, operation: 'cloudauth/2019-03-07/DescribeOssUploadToken' });
    expect(entry!.rules).toHaveLength(1);
  });

  test('a delayed reply to a client that left is forgotten: closing does not wait for it', async () => {
    await order([{ on: '*', then: { delay: '1h' } }]);
    await expect(impatient(upload)).rejects.toMatchObject({ name: 'TimeoutError' });
    const startedAt = performance.now();
    await house.close();
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  test('an emulator with a hanging call closes', async () => {
    await order(once('hang'));
    const hanging = upload(mock);
    const lost = expect(hanging).rejects.toThrow('fetch failed');
    while ((await house.requests()).length === 0) await new Promise(setImmediate);
    await house.close();
    await lost;
  });

  test('fail and fault together: the failure itself is lost', async () => {
    await order([{ on: '*', times: 1, then: { fail: 'Throttling', fault: 'empty' } }]);
    await expect(upload(mock)).rejects.toThrow('fetch failed');
    expect((await house.requests())[0]!.code).toBe('Throttling');
  });
});

describe('in process', () => {
  test.each(LOST)('%s: fetch rejects with TypeError, as with a lost connection', async (fault) => {
    await using mock = await withRules(once(fault, 'SubmitMaterials'));
    const token = await openTask(mock);
    const sent = submit(mock, token);
    await expect(sent).rejects.toBeInstanceOf(TypeError);
    await expect(sent).rejects.toMatchObject({
      message: 'fetch failed',
      cause: { message: expect.stringContaining(fault) },
    });
    expect((await submit(mock, token)).json.Code).toBe('Error.DuplicatedTicketId');
  });

  test('slow trickles there too', async () => {
    await using mock = await withRules(once('slow'));
    const reply = await upload(mock);
    expect(reply.json).toHaveProperty('OssUploadToken');
  });
});

describe('under msw', () => {
  test.each(LOST)('%s is HttpResponse.error()', async (fault) => {
    await using mock = await withRules(once(fault));
    const reply = await getResponse(handlers(mock), signedRequest(UPLOAD));
    expect([reply?.type, reply?.status]).toEqual(['error', 0]);
    expect((await getResponse(handlers(mock), signedRequest(UPLOAD)))?.status).toBe(200);
  });

  test('fetch and pop-core see a lost connection', async () => {
    await using mock = await withRules([{ on: '*', times: 2, then: { fault: 'reset' } }]);
    const server = setupServer(...handlers(mock));
    server.listen();
    try {
      await expect(fetch(signedRequest(UPLOAD))).rejects.toThrow(TypeError);
      const send = () => popCore('https://cloudauth.aliyuncs.com')('2019-03-07', 'DescribeOssUploadToken');
      await expect(send()).rejects.toThrow();
      expect(await send()).toHaveProperty('OssUploadToken');
    } finally {
      server.close();
    }
  });

  test('an error of another kind is passed on as it is', async () => {
    const broken = { fetch: () => Promise.reject(new RangeError('ours')) };
    await expect(getResponse(handlers(broken), signedRequest(UPLOAD))).rejects.toThrow('ours');
  });
});
