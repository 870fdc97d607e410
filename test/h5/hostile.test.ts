/** 3,000 seeded requests nobody should send, over a socket: every one is answered, below 500, and nothing of it comes back as markup. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2017, cloudauth2019 } from '../support/call.js';
import { certifyUrl } from '../support/face.js';
import { type RawReply, sendRaw } from '../support/raw.js';
import { startH5 } from '../support/saf.js';
import { getStatus } from '../support/tasks.js';

/** Mulberry32: the same requests every time. */
function dice(seed: number) {
  let state = seed;
  const roll = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(roll() * count);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  return { below, pick };
}

/** No page of ours has such an element. */
const ELEMENT = '<x7q';
const MARKUP = `"'>${ELEMENT} onerror=alert(1)>`;
const METHODS = [
  'GET',
  'GET',
  'GET',
  'POST',
  'POST',
  'POST',
  'HEAD',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'QUERY',
  'get',
];
const NAMES = [
  'token',
  'step',
  'auto',
  'lang',
  'successRedirect',
  'failRedirect',
  'zimId',
  'certifyId',
  'why',
  'subject',
  'visit',
  'account',
  'id',
  'end',
  'product',
  'reason',
  '__proto__',
  'constructor',
  'toString',
  'agree',
  'FacePic',
  'FacePicFile',
  'frame',
  'name',
  'certNumber',
  'metainfo',
  '',
];
const REDIRECTS = [
  '//evil.test/',
  'https://evil.test',
  'http:/\\evil.test',
  'http://127.0.0.1@evil.test/',
  'javascript:alert(1)',
  'http://evil.test#@127.0.0.1',
  '/\\evil.test',
  'http://localhost.evil.test',
  'http://127.0.0.1/done',
  '\thttp://evil.test',
  'data:text/html,x',
];
const WORDS = [
  'pass',
  'blurred',
  'Z1146',
  'quit',
  'expire',
  '',
  'GUIDE',
  'FACE_LIVENESS',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '测试不通过',
  '%',
  '%ff%fe',
  '%00',
  '%C0%AF',
  '%ED%A0%80',
  '../../etc/passwd',
  "' OR 1=1 --",
  'a'.repeat(5000),
];

let mock: CloudauthMock;
let tokens: string[];
let sessions: string[];
let certified: string[];
let builds: string[];
beforeAll(async () => {
  mock = await createCloudauthMock({ port: 0, device: 'manual', sdkBuild: 'immediate' }).listen();
  const each = <T>(start: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: 60 }, (_, index) => start(index)));
  tokens = await each(
    async (index) =>
      (await call(mock, cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: `t${index}` }))).json.Data
        .VerifyToken.Token,
  );
  sessions = await each(async () => (await startH5(mock)).zimId);
  certified = await each(async (index) => {
    const url = await certifyUrl(mock, { ReturnUrl: REDIRECTS[index % REDIRECTS.length]! });
    return new URL(url).searchParams.get('certifyId')!;
  });
  const AppUrl = 'http://127.0.0.1/app.apk';
  builds = [(await call(mock, cloudauth2019('CreateRPSDK', { AppUrl }))).json.TaskId];
});
afterAll(() => mock.close());

function requestOf({ below, pick }: ReturnType<typeof dice>): string {
  const value = (): string => {
    const kind = below(100);
    if (kind === 0) return 'z'.repeat(1024 * 1024);
    if (kind < 25) return encodeURIComponent(MARKUP);
    if (kind < 40) return encodeURIComponent(pick(REDIRECTS));
    if (kind < 55) return pick(tokens);
    if (kind < 70) return pick(sessions);
    return /%/.test(pick(WORDS))
      ? pick(WORDS).replace(/[^\x21-\x7e]/g, encodeURIComponent)
      : encodeURIComponent(pick(WORDS));
  };
  const pairs = (most: number) =>
    Array.from({ length: below(most) }, () => `${encodeURIComponent(pick(NAMES))}=${value()}`);
  const [path, ...given] = pick([
    () => ['/user_verify/cloudauth.html', `token=${pick(tokens)}`],
    () => [
      '/user_verify/cloudauth.html',
      `token=${pick(tokens)}`,
      `successRedirect=${encodeURIComponent(pick(REDIRECTS))}`,
      'auto=pass',
    ],
    () => ['/user_verify/result.html', `token=${pick(tokens)}`, `failRedirect=${encodeURIComponent(pick(REDIRECTS))}`],
    () => ['/user_verify/leave'],
    () => ['/gjj/identification_jry.html', `zimId=${pick(sessions)}`],
    () => ['/certify/h5', `certifyId=${pick(certified)}`],
    () => ['/certify/h5iframe', `certifyId=${pick(certified)}`, `auto=${pick(['pass', 'Z5054'])}`],
    () => [pick(['/s', '/certify/state']), `certifyId=${pick(certified)}`],
    () => ['/gjj/getmetainfo.js'],
    () => ['/_mock/phone', `account=${pick(['default', encodeURIComponent(MARKUP), '__proto__'])}`],
    () => [`/sdk/${pick([builds[0]!, encodeURIComponent(MARKUP), '__proto__', '..%2f..%2fx', '%ff'])}.zip`],
    () => ['/demo/saf.html'],
    () => [`/demo/${pick(['init', 'query', 'nothing'])}`],
    () => [`/user_verify/${value().slice(0, 200)}`],
  ])();
  const method = pick(METHODS);
  const boundary = pick(['x', '', '"', 'é']);
  const [type, body] = pick([
    () => ['application/x-www-form-urlencoded', pairs(8).join('&')],
    () => ['application/x-www-form-urlencoded', `end=${pick(WORDS)}&id=${value()}&reason=${value()}`],
    () => ['application/x-www-form-urlencoded; charset=utf-16', pairs(8).join('&')],
    () => [
      `multipart/form-data; boundary=${boundary}`,
      `--x\r\nContent-Disposition: form-data; name="${pick(NAMES)}"\r\n\r\n${MARKUP}\r\n--x--`,
    ],
    () => [
      'multipart/form-data; boundary=x',
      `--x\r\nContent-Disposition: form-data; name="FacePicFile"; filename="${MARKUP}"\r\n\r\n\xff\xd8\xff\r\n--x`,
    ],
    () => ['multipart/form-data', '--\r\n\r\n'],
    () => ['application/json', `{"__proto__":{"end":"pass"},"id":"${pick(WORDS)}"}`],
    () => ['nonsense', '\0'.repeat(below(3000))],
    () => ['', below(60) === 0 ? 'end=pass&x='.padEnd(9 * 1024 * 1024, 'y') : ''],
  ])();
  const headers = [
    'Host: 127.0.0.1',
    `Content-Type: ${type}`,
    `Content-Length: ${Buffer.byteLength(body!, 'latin1')}`,
    ...pick([
      [],
      [`Cookie: ${MARKUP}; =; a="; \xff\xfe`],
      [`Accept-Language: ${MARKUP}`],
      ['Accept-Language: en;q=x,,,;;;'],
      [`X-Forwarded-Host: evil.test`, 'X-Forwarded-Proto: javascript'],
      ['Origin: null'],
      ['Sec-Fetch-Site: cross-site', 'Origin: http://evil.test'],
      [`Authorization: Basic ${MARKUP}`],
      ['Sec-Purpose: prefetch'],
      ['Range: bytes=0-99999999999999999999', 'If-None-Match: *'],
      [`User-Agent: ${MARKUP.repeat(300)}`],
      [`Referer: javascript:${MARKUP}`],
    ]),
  ];
  return `${method} ${path}?${[...given, ...pairs(4)].join('&')} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
}

/** @returns what is wrong with the answer; undefined when nothing is */
function wrong({ status, headers, body }: RawReply): string | undefined {
  if (!(status >= 200 && status < 500)) return `status ${status}`;
  if (headers['content-type']?.includes('html') && body.toLowerCase().includes(ELEMENT)) return 'markup';
  const { location } = headers;
  if (location !== undefined && new URL(location, 'http://127.0.0.1/user_verify/x').hostname !== '127.0.0.1')
    return `leads to ${location}`;
  return undefined;
}

test.each(Array.from({ length: 30 }, (_, index) => index + 1))('a hundred requests of seed %i', async (seed) => {
  const random = dice(seed);
  for (let batch = 0; batch < 10; batch++) {
    const sent = Array.from({ length: 10 }, () => requestOf(random));
    const replies = await Promise.all(sent.map((bytes) => sendRaw(mock.url, Buffer.from(bytes, 'latin1'))));
    const found = replies.flatMap((reply, index) => {
      const problem = wrong(reply);
      return problem === undefined ? [] : [[problem, sent[index]!.slice(0, 600)]];
    });
    expect(found).toEqual([]);
  }
});

test('afterwards it still works', async () => {
  await call(mock, cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 'after' }));
  await mock.verifications.pass('after');
  expect((await getStatus(mock, 'RPBasic', 'after')).json.Data.StatusCode).toBe(1);
});
