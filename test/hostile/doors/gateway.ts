/** Calls of the gateway, RPC and SAF, signed either way or not at all: sound ones with one thing or more spoilt. */
import '../../../src/products/eager.js';
import { createHash } from 'node:crypto';
import { DEFAULT_ACCESS_KEY_ID, DEFAULT_SECRET } from '../../../src/gateway/accounts.js';
import type { AnyOperation } from '../../../src/gateway/operation.js';
import { assemble } from '../../../src/gateway/request.js';
import { acs3Signature, acs3StringToSign, canonicalRequest } from '../../../src/gateway/signature-acs3.js';
import { rpcSignature, rpcStringToSign } from '../../../src/gateway/signature-rpc.js';
import { percentEncode } from '../../../src/platform/url-text.js';
import { versions } from '../../../src/products/index.js';
import { written } from '../../support/examples.js';
import type { Random } from '../random.js';
import type { House, Sent } from '../sent.js';
import { NAMES, nested, nonsense, plain, VALUES } from '../words.js';

const METHODS = ['init', 'query', 'initH5', 'queryH5', 'match'];
const MEMBERS = ['method', 'name', 'certNumber', 'metainfo', 'bizId', 'queryId', 'zimId', 'returnImage', 'imgbase64'];
/** Sound parameters of one operation, to spoil: without them nothing gets past the first checks. */
function soundParams(random: Random, tasks: House['tasks']): Record<string, string> {
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
  for (let times = random.below(3); times >= 0; times--) spoilt[random.pick([...MEMBERS, ...NAMES])] = nonsense(random);
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

const nonce = (random: Random): string => `n${random.below(2 ** 31)}-${random.below(2 ** 31)}`;
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
    SignatureNonce: nonce(random),
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
    'x-acs-signature-nonce': nonce(random),
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

/** Now and then something is large: what is bounded is to be met as well. */
function enlarge(random: Random, params: Record<string, string>): void {
  const name = random.pick(Object.keys(params));
  const size = 1 + random.below(60_000);
  const large = [
    () => random.pick(VALUES).repeat(1 + random.below(200)),
    () => nested(size),
    () => `{"a":${nested(size, '{"a":', '}')}}`,
    () => `{${Array.from({ length: size % 20_000 }, (_, at) => `"${at}":1`).join(',')}}`,
    () => '\\"'.repeat(size),
  ];
  if (random.chance(0.8)) params[name] = random.pick(large)();
  else for (let at = 0; at < size % 3000; at++) params[`${name}.${at}`] = '';
}

export const NOW = '2026-01-01T00:00:00Z';

/** Of either scheme or of none; most are signed as they ought to be. */
export function gatewayCall(random: Random, { tasks }: House): Sent {
  const params = soundParams(random, tasks);
  if (random.chance(0.85)) spoil(random, params);
  if (random.chance(0.01)) enlarge(random, params);
  return random.pick([rpcCall, rpcCall, acs3Call, unsignedCall])(random, params);
}
