import { createHash } from 'node:crypto';
import { type RequestOptions, request as send } from 'node:http';
import { connect } from 'node:net';
import { XMLParser } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/emulator/create-mock.js';
import { DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET } from '../../src/gateway/accounts.js';
import { legalCodes } from '../../src/gateway/legal-codes.js';
import type { AnyOperation } from '../../src/gateway/operation.js';
import { assemble } from '../../src/gateway/request.js';
import { acs3Signature, acs3StringToSign, canonicalRequest } from '../../src/gateway/signature-acs3.js';
import { rpcSignature, rpcStringToSign } from '../../src/gateway/signature-rpc.js';
import { type CloudauthMock, manualClock } from '../../src/index.js';
import { percentEncode } from '../../src/platform/url-text.js';
import { versions } from '../../src/products/index.js';
import { call, cloudauth2017 } from '../support/call.js';
import { written } from '../support/examples.js';

const SEED = 20_260_101;
const IN_PROCESS = 10_000;
const OVER_SOCKET = 500;
const TASKS = 60;
/** Far more than it takes: a busy machine is no failure. */
const PATIENCE = { timeout: 90_000 };

/** mulberry32: the same numbers at every run. */
function randomNumbers(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    below,
    chance: (share: number) => next() < share,
    pick: <T>(items: readonly T[]): T => items[below(items.length)]!,
    bytes: (count: number) => Buffer.from(Array.from({ length: count }, () => below(256))),
  };
}
type Random = ReturnType<typeof randomNumbers>;

/** A call before it is bytes; `body` is what follows the headers. */
interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** A task of RPMin whose token lives. */
interface Task {
  readonly TicketId: string;
  readonly VerifyToken: string;
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const VALUES: readonly string[] = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1e999',
    '9'.repeat(400),
    'NaN',
    'null',
    'true',
    'undefined',
    '[]',
    '{}',
    '{"a":',
    '[1,',
    '"',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '\0', '\r\n', '\ud800', '\udfff\ud800', '😀', '张三'],
  ...['<a>&"\'', ']]>', '%', '%zz', '%00', '%E5', '../../x', "' OR 1=1 --", '\u0001\ufffe', 'oss://bucket:\ud800'],
  ...['base64://', 'base64://%%%', 'http://', 'oss://', 'data:image/png;base64,AA', 'é'.repeat(300), 'x'.repeat(5_000)],
  ...['{"__proto__":{"Name":"x"}}', '{"FacePic":1}', '{"Name":null}', '{"张Pic":"x"}', '{"\\nPic":"x"}'],
  ...[nested(500), `{"a":${nested(500)}}`],
];
const METHODS = ['init', 'query', 'initH5', 'queryH5', 'match'];
const MEMBERS = ['method', 'name', 'certNumber', 'metainfo', 'bizId', 'queryId', 'zimId', 'returnImage', 'imgbase64'];
const MEMBER_VALUES: readonly unknown[] = [
  ...['', 'x', '张三', '\ud800', 0, -0, 1e308, 2 ** 64, true, null, [], {}, [[]], { toString: 1 }],
  ...[{ toString: null, valueOf: null }, { toJSON: 1 }, { length: 1e9 }, ['init'], JSON.parse('{"__proto__":1}')],
];
const NAMES: readonly string[] = [
  ...['', ' ', '__proto__', 'constructor', 'toString', 'prototype.x', 'Material', 'Material.', 'Material.0.Value'],
  ...['Material.1', 'Material.1.', 'Material.1.Value', 'Material.1.MaterialType', 'Material.99999999999.Value'],
  ...['Material.1.__proto__', 'Material.-1.Value', 'action', 'FORMAT', 'Biz[]', '张', '\ud800', 'Signature.1', 'a=b&c'],
];

/** Sound parameters of one operation, to spoil: without them nothing gets past the first checks. */
function soundParams(random: Random, tasks: readonly Task[]): Record<string, string> {
  const version = random.pick(versions);
  const operation: AnyOperation = random.pick(version.operations);
  const own = Object.fromEntries(
    Object.entries(operation.params as Record<string, { example?: unknown }>).map(([name, { example }]) => [
      name,
      typeof example === 'string' ? example : 'x',
    ]),
  );
  const Version = random.pick([version.version, ...version.aliases]);
  const { VerifyToken, TicketId } = random.pick(tasks);
  if (operation.name === 'SubmitMaterials') Object.assign(own, random.chance(0.5) && soundMaterials(), { VerifyToken });
  if (/^Get(Status|Materials)$/.test(operation.name)) Object.assign(own, { Biz: 'RPMin', TicketId });
  return { ...written(version, operation, own), Version };
}

function soundMaterials(): Record<string, string> {
  const given = Object.entries({ Name: '张三', IdentificationNumber: 'x', FacePic: 'https://x/a' });
  return Object.fromEntries(
    given.flatMap(([type, value], at) => [
      [`Material.${at + 1}.MaterialType`, type],
      [`Material.${at + 1}.Value`, value],
    ]),
  );
}

function nonsenseMembers(random: Random): string {
  const members = Object.fromEntries(MEMBERS.map((name) => [name, 'x']));
  const spoilt: Record<string, unknown> = { ...members, method: random.pick(METHODS) };
  for (let times = random.below(3); times >= 0; times--)
    spoilt[random.pick([...MEMBERS, ...NAMES])] = random.pick(MEMBER_VALUES);
  const text = JSON.stringify(spoilt);
  return random.chance(0.1) ? text.slice(0, random.below(text.length)) : text;
}

function spoil(random: Random, params: Record<string, string>): void {
  for (let times = random.below(3); times >= 0; times--) {
    const name = random.pick(Object.keys(params));
    const kind = random.below(6);
    if (kind === 0) delete params[name];
    else if (kind === 1) params[random.pick(NAMES)] = random.pick(VALUES);
    else if (kind === 2 && 'ServiceParameters' in params) params.ServiceParameters = nonsenseMembers(random);
    else params[name] = random.pick(VALUES);
    if (Object.keys(params).length === 0) params.x = '';
  }
}

const NOW = '2026-01-01T00:00:00Z';
let calls = 0;
const nonce = (): string => `nonce-${calls++}`;
/** As any form sends it: a lone surrogate becomes U+FFFD. */
const wellFormed = (params: Record<string, string>): Map<string, string> =>
  new Map(new URLSearchParams(Object.entries(params)));
const encoded = (params: ReadonlyMap<string, string>): string =>
  [...params].map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&');

const FORMATS = ['JSON', 'XML', 'xml', 'json', 'YAML', ''];
const FORM = 'application/x-www-form-urlencoded';

/** RPC: signed as it ought to be, or with its public parameters spoilt as well. */
function rpcCall(random: Random, params: Record<string, string>): Sent {
  const common: Record<string, string> = {
    ...(random.chance(0.8) && { Format: random.pick(FORMATS) }),
    AccessKeyId: DEFAULT_ACCESS_KEY_ID,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: nonce(),
    Timestamp: NOW,
  };
  if (random.chance(0.15)) spoil(random, common);
  const method = random.chance(0.9)
    ? random.pick(['GET', 'POST', 'POST'])
    : random.pick(['PUT', 'HEAD', 'DELETE', 'PATCH', 'M-SEARCH']);
  const all = wellFormed({ ...params, ...common });
  all.delete('Signature');
  all.set('Signature', rpcSignature(rpcStringToSign(method, all), random.chance(0.95) ? DEFAULT_SECRET : 'wrong'));
  const text = encoded(all);
  const inBody = method !== 'GET' && method !== 'HEAD' && random.chance(0.6);
  return inBody
    ? { method, target: '/', headers: { 'content-type': FORM }, body: Buffer.from(text) }
    : { method, target: `/?${text}`, headers: {}, body: Buffer.alloc(0) };
}

/** ACS3: the same, its parameters in query, form or JSON, and any header may be spoilt before or after signing. */
function acs3Call(random: Random, { Version = '', Action = '', ...params }: Record<string, string>): Sent {
  const place = random.pick(['query', 'form', 'json']);
  const json = random.chance(0.3) ? nonsenseMembers(random) : JSON.stringify(params);
  const body = Buffer.from(place === 'json' ? json : place === 'form' ? encoded(wellFormed(params)) : '');
  const target = place === 'query' ? `/?${encoded(wellFormed(params))}` : '/';
  const headers: Record<string, string> = {
    host: 'cloudauth.aliyuncs.com',
    'x-acs-action': plain(Action),
    'x-acs-version': plain(Version),
    'x-acs-date': NOW,
    'x-acs-signature-nonce': nonce(),
    'x-acs-content-sha256': createHash('sha256').update(body).digest('hex'),
    ...(place !== 'query' && { 'content-type': place === 'json' ? 'application/json; charset=utf-8' : FORM }),
  };
  if (random.chance(0.1)) delete headers[random.pick(Object.keys(headers).slice(1))];
  if (random.chance(0.1)) headers[random.pick(Object.keys(headers).slice(1))] = plain(random.pick(VALUES));
  const method = place === 'query' ? random.pick(['GET', 'POST']) : 'POST';
  const odd = random.chance(0.1) ? [random.pick(['constructor', '__proto__', 'toString', '', 'x-none', 'HOST'])] : [];
  const signed = [...Object.keys(headers), ...odd];
  const canonical = canonicalOf(method, target, headers, body, signed);
  const signature = acs3Signature(acs3StringToSign(canonical), DEFAULT_SECRET);
  headers.authorization = `ACS3-HMAC-SHA256 Credential=${DEFAULT_ACCESS_KEY_ID},SignedHeaders=${signed.join(';')},Signature=${signature}`;
  if (random.chance(0.05))
    headers.authorization = headers.authorization.slice(0, random.below(headers.authorization.length));
  return { method, target, headers, body };
}

/** A header that exists on every object is absent all the same. */
function canonicalOf(
  method: string,
  target: string,
  headers: Record<string, string>,
  body: Buffer,
  signed: string[],
): string {
  const bare = Object.assign(Object.create(null), headers);
  return canonicalRequest(assemble(method, target, headers.host!, bare, body, false, false), signed);
}

/** What may stand in a header. */
const plain = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, 300)
    .trim();

const TARGETS = [
  '/',
  '//',
  '/?',
  '/%',
  '/x/../y?',
  '/?&&=&',
  '/?%',
  '/?a=%E5%',
  '/?Format=%58ML',
  '/?Version=%zz',
  '/?+=+',
  '/a b',
];
const TYPES = [
  FORM,
  `${FORM}; charset=gbk`,
  'application/json',
  'multipart/form-data; boundary=x',
  'text/xml',
  '',
  'x',
  'application/octet-stream',
];
const AUTHORIZATIONS = [
  'ACS3-',
  'ACS3-HMAC-SHA256',
  'ACS3-HMAC-SM3 Credential=a,SignedHeaders=,Signature=b',
  'ACS3-HMAC-SHA256 Credential=,SignedHeaders=host,Signature=x',
  'acs a:b',
  'Basic x',
  'ACS3-HMAC-SHA256 Credential=a,SignedHeaders=;;,Signature=',
];

/** No signature at all, and often no sense. */
function unsignedCall(random: Random, params: Record<string, string>): Sent {
  const method = random.pick(['GET', 'POST', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD']);
  const text = encoded(wellFormed(params));
  const torn = random.chance(0.5)
    ? text.replace(/%[0-9A-F]{2}/g, (hex) => (random.chance(0.1) ? hex.slice(0, 2) : hex))
    : text;
  const bodies = [
    Buffer.from(torn),
    random.bytes(random.below(200)),
    Buffer.from(random.pick(VALUES)),
    Buffer.from(nonsenseMembers(random)),
  ];
  const withBody = method !== 'GET' && method !== 'HEAD';
  return {
    method,
    target: withBody ? random.pick(TARGETS) : random.pick([`/?${torn.slice(0, 8_000)}`, ...TARGETS]),
    headers: {
      ...(random.chance(0.8) && { 'content-type': random.pick(TYPES) }),
      ...(random.chance(0.3) && { authorization: random.pick(AUTHORIZATIONS) }),
      ...(random.chance(0.3) && {
        'x-acs-version': plain(params.Version ?? ''),
        'x-acs-action': plain(params.Action ?? ''),
      }),
      ...(random.chance(0.2) && {
        [random.pick(['x-acs-date', 'x-acs-signature-nonce', 'accept', 'expect-x'])]: plain(random.pick(VALUES)),
      }),
    },
    body: withBody ? random.pick(bodies) : Buffer.alloc(0),
  };
}

function malformed(random: Random, tasks: readonly Task[]): Sent {
  const params = soundParams(random, tasks);
  if (random.chance(0.85)) spoil(random, params);
  return random.pick([rpcCall, rpcCall, acs3Call, unsignedCall])(random, params);
}

const CODES = new Map(
  versions.flatMap((version) => version.operations.flatMap((operation) => [...legalCodes(version, operation)])),
);
const PATTERNS = /^(Missing|Invalid)[A-Z]\w*(\.\d+\.\w+)?$/;
const xml = new XMLParser({ parseTagValue: false });

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** @returns what is wrong with an answer, if anything */
function complaint({ status, text }: Answer, method: string): string | undefined {
  if (method === 'HEAD') return text === '' && status < 500 ? undefined : `HEAD ${status}`;
  const body = readBody(text);
  if (!body) return `${status}, unreadable: ${text.slice(0, 200)}`;
  if (status === 200) return undefined;
  if (typeof body.Code !== 'string') return `${status}, Code is ${JSON.stringify(body.Code)}`;
  if (body.Code === 'InternalError') return `${status} InternalError`;
  const documented = CODES.get(body.Code)?.status ?? (PATTERNS.test(body.Code) ? 400 : undefined);
  if (documented === undefined) return `${status}, undocumented ${body.Code}`;
  return status >= 500 && documented < 500 ? `${status} for ${body.Code}` : undefined;
}

function readBody(text: string): Record<string, unknown> | undefined {
  try {
    if (!/^<\?xml version=(['"])1\.0\1 encoding=\1UTF-8\1\?>/.test(text)) return JSON.parse(text);
    const { '?xml': _prolog, ...roots } = xml.parse(text, true);
    return Object.values(roots)[0] as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** A mock that stands still in time and tells what it would have logged as failures of its own. */
const watched = (crashes: unknown[]): CloudauthMock =>
  createCloudauthMock(
    { port: 0, seed: SEED, clock: manualClock(NOW) },
    { call() {}, info() {}, warn() {}, crash: (error) => void crashes.push(error) },
  );

/** Enough of a call to send it again by hand. */
const told = (at: number, { method, target, headers, body }: Sent): string =>
  `#${at} ${method} ${target.slice(0, 600)} ${JSON.stringify(headers).slice(0, 600)} ${body.toString().slice(0, 600)}`;

const PICTURES = [
  'https://x/\u0001]]>',
  'base64:///9j/4AAQ',
  'oss://bucket:a',
  'oss://bucket:\ud800',
  'x',
  1,
  null,
  {},
];

/** Tasks to submit to: each has an odd Binding, most of them one that suffices. */
function openTasks(random: Random, mock: CloudauthMock): Promise<Task[]> {
  const open = async (at: number): Promise<Task> => {
    const pictures = {
      FacePic: random.pick(PICTURES),
      [random.pick(['IdCardFrontPic', '张Pic', '__proto__', '\nPic'])]: random.pick(PICTURES),
    };
    const Binding = JSON.stringify({ Name: '\ud800<&]]>', IdentificationNumber: 'x', ...pictures });
    const TicketId = Buffer.from(`${random.pick(VALUES).slice(0, 40)}${at}`).toString();
    const params = cloudauth2017('GetVerifyToken', { Biz: 'RPMin', TicketId, Binding });
    const reply = await call(mock, params, { at: Date.parse(NOW), common: { SignatureNonce: `task-${at}` } });
    return { TicketId, VerifyToken: reply.json.Data.VerifyToken.Token };
  };
  return Promise.all(Array.from({ length: TASKS }, (_, at) => open(at)));
}

/** Complaints by kind, each with the first call that gave it and how many did. */
function complaintBook() {
  const kinds = new Map<string, { count: number; first: string }>();
  return {
    kinds: () => Object.fromEntries(kinds),
    note(kind: string | undefined, example: string) {
      if (kind === undefined) return;
      const known = kinds.get(kind);
      kinds.set(kind, { first: known?.first ?? example.slice(0, 2_000), count: (known?.count ?? 0) + 1 });
    },
  };
}

test(`${IN_PROCESS} malformed calls in process: each is answered as documented, none crashes`, PATIENCE, async () => {
  const crashes: unknown[] = [];
  await using mock = watched(crashes);
  const random = randomNumbers(SEED);
  const tasks = await openTasks(random, mock);
  const book = complaintBook();
  const codes = new Set<string>();
  for (let at = 0; at < IN_PROCESS; at++) {
    const sent = malformed(random, tasks);
    const { method, headers } = sent;
    const body = method === 'GET' || method === 'HEAD' ? undefined : new Uint8Array(sent.body);
    const request = new Request(`https://cloudauth.aliyuncs.com${sent.target}`, { method, headers, body });
    const before = crashes.length;
    const response = await mock.fetch(request);
    const text = await response.text();
    codes.add(/\bCode\W+([\w.-]+)/.exec(text)?.[1] ?? '');
    const wrong =
      crashes.length > before ? String(crashes.at(-1)) : complaint({ status: response.status, text }, method);
    book.note(wrong, told(at, sent));
  }
  expect(book.kinds()).toEqual({});
  // it did not all bounce off the first check
  expect(codes.size).toBeGreaterThan(35);
});

const init = (more: string): Record<string, string> => ({
  ...{ Version: '2017-03-31', Action: 'ExecuteRequest', Service: 'face_verify' },
  ServiceParameters: `{"name":"x","certNumber":"x","metainfo":"x",${more}}`,
});

test.each<[string, Record<string, string>]>([
  ['a SAF method that cannot be made text', init('"method":{"toString":1}')],
  ['a SAF member nested 20,000 deep', init(`"method":"init","x":${nested(20_000)}`)],
  [
    'a Binding nested 20,000 deep',
    cloudauth2017('GetVerifyToken', { Biz: 'RPMin', TicketId: '1', Binding: `{"x":${nested(20_000)}}` }),
  ],
])('%s is no crash', async (_title, params) => {
  const crashes: unknown[] = [];
  await using mock = watched(crashes);
  await call(mock, params, { at: Date.parse(NOW) });
  expect(crashes).toEqual([]);
});

test.each(['constructor', '__proto__'])('SignedHeaders that name an absent %s is no crash', async (name) => {
  const crashes: unknown[] = [];
  await using mock = watched(crashes);
  const headers = {
    host: 'cloudauth.aliyuncs.com',
    ...{ 'x-acs-action': 'DescribeOssUploadToken', 'x-acs-version': '2019-03-07', 'x-acs-date': NOW },
    ...{ 'x-acs-signature-nonce': '1', 'x-acs-content-sha256': createHash('sha256').digest('hex') },
  };
  const authorization = `ACS3-HMAC-SHA256 Credential=${DEFAULT_ACCESS_KEY_ID},SignedHeaders=${[...Object.keys(headers), name].join(';')},Signature=x`;
  const response = await mock.fetch(
    new Request('https://cloudauth.aliyuncs.com/', { headers: { ...headers, authorization } }),
  );
  expect([((await response.json()) as { Code: string }).Code, ...crashes]).toEqual(['SignatureDoesNotMatch']);
});

test.each(['张Pic', '\nPic', '__proto__'])(
  'a Binding with a member %j, which is no material, is submitted',
  async (name) => {
    await using mock = watched([]);
    expect((await submit(mock, `{${JSON.stringify(name)}:"x"}`)).status).toBe(200);
  },
);

test('a picture address with a lone surrogate in Binding fails the verification, and nothing else', async () => {
  await using mock = watched([]);
  const at = Date.parse(NOW);
  const task = { Biz: 'RPBasic', TicketId: '1' };
  const Binding = '{"IdCardFrontPic":"oss://bucket:\\ud800"}';
  await call(mock, cloudauth2017('GetVerifyToken', { ...task, Binding }), { at });
  const reply = await call(mock, cloudauth2017('GetMaterials', task), { at });
  expect([reply.status, reply.json.Code]).toEqual([404, 'InvalidParam.RecordNotFound']);
});

async function submit(mock: CloudauthMock, Binding: string) {
  const at = Date.parse(NOW);
  const opened = await call(mock, cloudauth2017('GetVerifyToken', { Biz: 'RPMin', TicketId: '1', Binding }), { at });
  const VerifyToken = opened.json.Data.VerifyToken.Token;
  return call(mock, cloudauth2017('SubmitMaterials', { VerifyToken, ...soundMaterials() }), { at });
}

/** What a raw byte stream gets wrong that no HTTP client would send. */
const RUIN: readonly ((text: string, random: Random) => string | Buffer)[] = [
  (text, random) => text.slice(0, 1 + random.below(text.length)),
  (text, random) => {
    const bytes = Buffer.from(text);
    for (let times = random.below(5); times >= 0; times--) bytes[random.below(bytes.length)] = random.below(256);
    return bytes;
  },
  (text, random) => Buffer.concat([Buffer.from(text), random.bytes(50)]),
  (_text, random) => random.bytes(1 + random.below(200)),
  (text) => text.replace('/', '/张三?'),
  (text) => text.replace('/', 'http://[::1/'),
  (text) => text.replace('/', 'http://saf.cn-shanghai.aliyuncs.com/'),
  (text) => text.replace(' /', ' *'),
  (text) => text.replace('/', '//\\..\\%zz#?'),
  (text) => text.replace('HTTP/1.1', 'HTTP/1.0'),
  (text) => text.replace('HTTP/1.1', 'HTTP/9.9'),
  (text) => text.replaceAll('\r\n', '\n'),
  (text) => text.replace(/host: .*\r\n/, ''),
  (text) => text.replace('host: ', 'host: a b@[]/?'),
  (text) => text.replace('host: ', 'host: other\r\nhost: '),
  (text) => text.replace('\r\n\r\n', '\r\nexpect: the-impossible\r\n\r\n'),
  (text) => text.replace('\r\n\r\n', '\r\nexpect: 100-continue\r\n\r\n'),
  (text) => text.replace('\r\n\r\n', '\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
  (text) => text.replace('\r\n\r\n', '\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'),
  (text) =>
    text.replace(/content-length: \d+/, 'transfer-encoding: chunked').replace('\r\n\r\n', '\r\n\r\nfffffff\r\n'),
  (text) => text.replace(/content-length: \d+/, 'content-length: 99999'),
  (text) => text.replace(/content-length: \d+/, 'content-length: -1'),
  (text) => text.replace('\r\n\r\n', `\r\nx-large: ${'x'.repeat(100_000)}\r\n\r\n`),
  (text) => text.replace('\r\n\r\n', '\r\nx-nul: \0\r\n\r\n'),
  (text) => text.replace(/^\w+/, 'TRACE'),
  (text) => text.replace(/^\w+/, 'ÿ'),
];

const asText = ({ method, target, headers, body }: Sent): string => {
  const all = {
    host: 'cloudauth.aliyuncs.com',
    ...headers,
    'content-length': String(body.length),
    connection: 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body.toString('latin1')}`;
};

/** Sends bytes, says that no more will come, and reads the first answer that is not a 100. */
function exchange(url: string, bytes: string | Buffer): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
    const chunks: Buffer[] = [];
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on('data', (chunk) => void chunks.push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => {
      const text = Buffer.concat(chunks)
        .toString()
        .replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
      const body = Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4)).subarray(0, length || undefined);
      resolve({ status: Number(text.split(' ')[1]), text: body.toString() });
    });
    socket.end(bytes);
  });
}

/** The same through Node's own client. */
function sendOver(url: string, { method, target: path, headers, body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method,
      path: path.replaceAll(' ', '%20'),
      headers: { ...headers, 'content-length': body.length },
    };
    const request = send(url, options, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode!, text: Buffer.concat(chunks).toString() });
    });
    request.on('error', reject);
    request.end(body);
  });
}

test(
  `${OVER_SOCKET} malformed calls over a socket: each is answered as documented, none crashes`,
  PATIENCE,
  async () => {
    const crashes: unknown[] = [];
    await using mock = watched(crashes);
    await mock.listen();
    const random = randomNumbers(SEED + 1);
    const tasks = await openTasks(random, mock);
    const book = complaintBook();
    for (let at = 0; at < OVER_SOCKET; at++) {
      const sent = malformed(random, tasks);
      const raw = at % 2 === 0 && sent.method !== 'HEAD';
      const bytes = RUIN[(at / 2) % RUIN.length]?.(asText(sent), random) ?? '';
      const before = crashes.length;
      const answer = raw ? await exchange(mock.url, bytes) : await sendOver(mock.url, sent);
      const wrong = crashes.length > before ? String(crashes.at(-1)) : complaint(answer, sent.method);
      book.note(wrong, raw ? `#${at} ${bytes}` : told(at, sent));
    }
    expect(book.kinds()).toEqual({});
  },
);
