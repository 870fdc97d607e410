/** Uploads that arrive together, more than there is room for: as many as fit are kept, those that came first. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { codeOf, encodeKey, oss, type Sts, signedHeaders, stsOf } from '../support/oss.js';

const SIZE = 60_000;
const BODY = Buffer.alloc(SIZE, 'x');
const SIXTY = Array.from({ length: 60 }, (_, index) => index);
const FITTING = 10;

/** With room for ten. */
async function house() {
  const mock = createCloudauthMock({ port: 0, maxObjectBytes: FITTING * SIZE + SIZE / 2 });
  return { mock, sts: await stsOf(mock), [Symbol.asyncDispose]: () => mock.close() };
}

/** Its bytes come in six pieces, each a turn of the event loop after the one before; they may break off after some. */
const pieces = (broken = Number.POSITIVE_INFINITY) => {
  let sent = 0;
  return new ReadableStream<Uint8Array>({
    async pull(stream) {
      await new Promise((resolve) => setImmediate(resolve));
      if (sent === broken) return stream.error(new Error('broken off'));
      if (sent++ < 6) stream.enqueue(new Uint8Array(SIZE / 6));
      else stream.close();
    },
  });
};

/** @param length announced; else nobody knows how many bytes will come */
const upload = async (mock: CloudauthMock, sts: Sts, name: number, length?: number, broken?: number) => {
  const key = `${sts.path}${name}`;
  const headers = {
    ...signedHeaders(sts, 'PUT', key),
    ...(length !== undefined && { 'content-length': String(length) }),
  };
  const url = `http://${sts.bucket}.oss-cn-shanghai.aliyuncs.com/${encodeKey(key)}`;
  const init = { method: 'PUT', headers, body: pieces(broken), duplex: 'half' };
  return mock.fetch(new Request(url, init as RequestInit)).then(codeOf, () => 'broken off');
};

const kept = (answers: readonly string[]) =>
  answers.flatMap((answer, index) => (answer === '200 undefined' ? [index] : []));
const first = (count: number) => SIXTY.slice(0, count);

describe.each<[how: string, length: number | undefined]>([
  ['that say how long they are', SIZE],
  ['that do not', undefined],
])('sixty uploads %s', (_how, length) => {
  test('are kept as far as they fit, in order of arrival; the others are told what to raise', async () => {
    await using home = await house();
    const answers = await Promise.all(SIXTY.map((name) => upload(home.mock, home.sts, name, length)));
    expect([kept(answers), new Set(answers)]).toEqual([
      first(FITTING),
      new Set(['200 undefined', '400 EntityTooLarge']),
    ]);
  });

  test('make room for later ones when they break off', async () => {
    await using home = await house();
    const broken = await Promise.all(SIXTY.slice(0, 5).map((name) => upload(home.mock, home.sts, name, length, 3)));
    const answers = await Promise.all(SIXTY.map((name) => upload(home.mock, home.sts, name, length)));
    expect([new Set(broken), kept(answers)]).toEqual([new Set(['broken off']), first(FITTING)]);
  });

  test('fit again once there is room', async () => {
    await using home = await house();
    const { mock, sts } = home;
    for (const _round of [1, 2]) {
      const answers = await Promise.all(SIXTY.map((name) => upload(mock, sts, name, length)));
      expect(kept(answers)).toEqual(first(FITTING));
      await Promise.all(SIXTY.map((name) => oss(mock, sts, 'DELETE', `${sts.path}${name}`)));
    }
  });
});

test('an upload that was promised room keeps it, whatever comes later', async () => {
  await using home = await house();
  const { mock, sts } = home;
  const [promised, ...later] = await Promise.all([
    upload(mock, sts, 0, FITTING * SIZE),
    ...SIXTY.slice(1).map((name) => upload(mock, sts, name, name % 2 ? SIZE : undefined)),
  ]);
  // it said more than it sent
  expect([promised, new Set(later)]).toEqual(['400 IncompleteBody', new Set(['400 EntityTooLarge'])]);
});

test('a client that leaves in the middle of its upload gives its room back', async () => {
  await using home = await house();
  const { mock, sts } = home;
  await mock.listen();
  await upload(mock, sts, 0, SIZE);
  await oss(mock, sts, 'DELETE', `${sts.path}0`);
  const key = `${sts.path}left`;
  const { hostname, port } = new URL(mock.url);
  const headers = { ...signedHeaders(sts, 'PUT', key), host: hostname, 'content-length': FITTING * SIZE };
  const lines = Object.entries({ ...headers, expect: '100-continue' }).map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = connect(Number(port), hostname);
  socket.write(`PUT /${sts.bucket}/${encodeKey(key)} HTTP/1.1\r\n${lines.join('')}\r\n`);
  // it was told to go on: its call has begun
  await once(socket, 'data');
  socket.write(BODY);
  const during = await upload(mock, sts, 1, SIZE);
  socket.destroy();
  let after = during;
  while (after !== '200 undefined') {
    await new Promise(setImmediate);
    after = await upload(mock, sts, 2, SIZE);
  }
  expect([during, after]).toEqual(['400 EntityTooLarge', '200 undefined']);
});
