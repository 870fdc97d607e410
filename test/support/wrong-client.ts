/**
 * A client that signs wrongly on purpose. It shares no code with what it is to be caught by: own encoding, own GBK
 * bytes, own canonical strings. Each mistake is a switch, named as the cause that is to be found.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface ClientOptions {
  readonly accessKeyId?: string;
  readonly secret?: string;
  readonly otherSecret?: string;
  readonly method?: 'GET' | 'POST';
  readonly at?: number;
  readonly url?: string;
  /** In place of the usual ones. */
  readonly params?: Record<string, string>;
}

/** Values in which every mistake shows: mixed case, marks, a space, Chinese, an empty one, dotted names. */
export const TELLING: Record<string, string> = {
  'Tag.1': 'dotted',
  Tag: 'x',
  lang: 'zh',
  Memo: 'left out by not-signed',
  Empty: '',
  Note: "a b*~(c)/d+e 张三!'",
};

const GBK: Record<string, string> = { 张: '%D5%C5', 三: '%C8%FD' };
const UNRESERVED = /[A-Za-z0-9\-_.~]/;

interface Style {
  readonly gbk?: boolean;
  readonly plus?: boolean;
  readonly raw?: string;
  readonly tilde?: boolean;
  readonly lower?: boolean;
}

function encode(text: string, { gbk, plus, raw = '', tilde, lower }: Style): string {
  // a picture, perhaps encoded before: character by character would take seconds
  if (text.length > 10_000)
    return ['%', '&', '+', '/', '='].reduce(
      (done, mark) => (raw.includes(mark) ? done : done.replaceAll(mark, escaped(mark.charCodeAt(0), lower))),
      text,
    );
  let encoded = '';
  for (const char of text) {
    if (char === ' ' && plus) encoded += '+';
    else if (char === '~' && tilde) encoded += escaped(0x7e, lower);
    else if (UNRESERVED.test(char) || raw.includes(char)) encoded += char;
    else if (gbk && GBK[char]) encoded += lower ? GBK[char].toLowerCase() : GBK[char];
    else for (const byte of new TextEncoder().encode(char)) encoded += escaped(byte, lower);
  }
  return encoded;
}

const escaped = (byte: number, lower = false): string => {
  const hex = byte.toString(16).padStart(2, '0');
  return `%${lower ? hex : hex.toUpperCase()}`;
};

const styleOf = (has: (mistake: string) => boolean): Style => ({
  gbk: has('gbk') || has('gbk-on-the-wire'),
  plus: has('plus-for-space'),
  raw: (has('raw-marks') ? "!'()*" : has('raw-star') ? '*' : '') + (has('raw-slash-in-values') ? '/' : ''),
  tilde: has('encoded-tilde'),
  lower: has('lower-case-hex'),
});

/** Names and values `times` times over. */
const encoded = (text: string, style: Style, times: number): string =>
  times === 0 ? text : encoded(encode(text, style), style, times - 1);

const innerTimes = (has: (mistake: string) => boolean): number =>
  has('values-not-encoded') ? 0 : has('values-encoded-twice') ? 2 : 1;

/** What is signed in place of a value that is sent. */
function signedValue(value: string, has: (mistake: string) => boolean): string {
  if (has('sent-with-entities')) return value.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&#39;', "'");
  if (has('signed-with-entities'))
    return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&#39;');
  if (has('signed-trimmed')) return value.trim();
  if (has('sent-trimmed')) return value === 'left out by not-signed' ? `${value} ` : value;
  if (has('line-ends-differ')) return value.replaceAll('\r\n', '\n');
  if (has('unicode-form-differs')) return value.normalize('NFC');
  return value;
}

function sortPairs(pairs: [string, string][], has: (mistake: string) => boolean): [string, string][] {
  if (has('unsorted')) return pairs;
  if (has('sorted-by-another-rule')) return [...pairs].sort(([a], [b]) => (a < b ? 1 : -1));
  const key = ([name]: [string, string]) =>
    has('sorted-ignoring-case') ? name.toLowerCase() : has('sorted-as-pairs') ? `${name}=` : name;
  return [...pairs].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** How it goes over the wire: right, unless the mistake is about sending. */
function onTheWire(pairs: [string, string][], has: (mistake: string) => boolean): string {
  const style: Style = {
    gbk: has('sent-as-gbk') || has('gbk-on-the-wire'),
    raw: has('sent-unencoded-plus') ? '+' : '',
  };
  // the public parameters are left alone: an escaped Timestamp would be refused before any signature is looked at
  const times = (name: string) => (has('sent-encoded-twice') && name in TELLING ? 2 : 1);
  return pairs.map(([name, value]) => `${encode(name, style)}=${encoded(value, style, times(name))}`).join('&');
}

function keyOf(secret: string, accessKeyId: string, otherSecret: string, has: (mistake: string) => boolean): string {
  if (has('whitespace-in-secret')) return `${secret}\n`;
  if (has('quotes-around-secret')) return `"${secret}"`;
  if (has('secret-of-another-key')) return otherSecret;
  if (has('access-key-id-as-secret')) return accessKeyId;
  return secret;
}

export function rpcCall(mistakes: readonly string[], options: ClientOptions = {}): Sent {
  const has = (mistake: string) => mistakes.includes(mistake);
  const { accessKeyId = 'LTAImockDefault', secret = 'cloudauth-mock-secret', otherSecret = '' } = options;
  const { method = 'GET', at = Date.now(), url = 'https://cloudauth.aliyuncs.com/' } = options;
  const common: [string, string][] = [
    ['Version', '2019-03-07'],
    ['Action', 'DescribeOssUploadToken'],
    ...(has('signed-but-not-sent') ? [] : ([['Format', 'JSON']] as [string, string][])),
    ['AccessKeyId', accessKeyId],
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureVersion', '1.0'],
    ['SignatureNonce', randomUUID()],
    ['Timestamp', new Date(at).toISOString().replace(/\.\d+/, '')],
  ];
  const own = Object.entries(options.params ?? TELLING) as [string, string][];
  const all = [...common, ...own];
  let signed = all;
  if (has('body-not-signed')) signed = common;
  if (has('query-not-signed')) signed = own;
  if (has('not-signed')) signed = signed.filter(([name]) => name !== 'Memo');
  if (has('empty-left-out')) signed = signed.filter(([, value]) => value !== '');
  if (has('signed-but-not-sent')) signed = [...signed, ['Format', 'JSON']];
  if (has('repeated-name')) signed = signed.map(([name, value]) => (name === 'Tag' ? [name, 'last'] : [name, value]));

  signed = signed.map(([name, value]) => [name, signedValue(value, has)]);
  const style = styleOf(has);
  const inner = innerTimes(has);
  const canonical = sortPairs(signed, has)
    .map(([name, value]) => `${encoded(name, style, inner)}=${encoded(value, style, inner)}`)
    .join('&');
  const outer = has('not-encoded-as-a-whole') ? 0 : has('whole-encoded-twice') ? 2 : 1;
  let verb: string = has('wrong-method') ? (method === 'GET' ? 'POST' : 'GET') : method;
  if (has('lower-case-method')) verb = verb.toLowerCase();
  const path = has('raw-slash') ? '/' : has('path-signed') ? encode(new URL(url).pathname, {}) : '%2F';
  const text = `${verb}&${path}&${encoded(canonical, style, outer)}${has('newline-after-string') ? '\n' : ''}`;

  const key = keyOf(secret, accessKeyId, otherSecret, has) + (has('key-without-ampersand') ? '' : '&');
  const hash = has('sha256') ? 'sha256' : 'sha1';
  const digest = (
    has('key-and-text-swapped') ? createHmac(hash, text).update(key) : createHmac(hash, key).update(text)
  ).digest();
  const query = has('repeated-name') ? [...all, ['Tag', 'last'] as [string, string]] : all;
  const signature: [string, string] = ['Signature', rpcSignatureText(digest, has)];
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  if (method === 'GET')
    return { method, url: `${url}?${onTheWire([...query, signature], has)}`, headers: {}, body: '' };
  const [inQuery, inBody] =
    has('body-not-signed') || has('query-not-signed') || has('body-not-a-form')
      ? [[...common, signature], own]
      : [[], [...query, signature]];
  return {
    method,
    url: inQuery.length > 0 ? `${url}?${onTheWire(inQuery, has)}` : url,
    headers: has('body-not-a-form') ? { 'content-type': 'text/plain' } : form,
    body: onTheWire(inBody, has),
  };
}

function rpcSignatureText(digest: Buffer, has: (mistake: string) => boolean): string {
  let text = digest.toString('base64');
  if (has('hex-digest')) text = digest.toString('hex');
  if (has('base64-of-hex')) text = Buffer.from(digest.toString('hex')).toString('base64');
  if (has('url-safe-base64')) text = text.replaceAll('+', '-').replaceAll('/', '_');
  if (has('base64-without-padding')) text = text.replace(/=+$/, '');
  if (has('newline-after-signature')) text = `${text}\n`;
  if (has('signature-encoded-twice')) text = encode(text, {});
  return text;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function acs3Call(mistakes: readonly string[], options: ClientOptions = {}): Sent {
  const has = (mistake: string) => mistakes.includes(mistake);
  const { accessKeyId = 'LTAImockDefault', secret = 'cloudauth-mock-secret', otherSecret = '' } = options;
  const { method = 'POST', at = Date.now(), url = 'http://127.0.0.1:4520/' } = options;
  const pairs = Object.entries(options.params ?? TELLING) as [string, string][];
  const body = method === 'POST' ? 'Extra=in%20body&Other=1' : '';
  const { host } = new URL(url);
  const payloadHash = has('wrong-payload-hash') ? sha256(`${body} `) : sha256(body);
  const headers: Record<string, string> = {
    'x-acs-version': '2019-03-07',
    'x-acs-action': 'DescribeOssUploadToken',
    'x-acs-date': new Date(at).toISOString().replace(/\.\d+/, ''),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': payloadHash,
    ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
  };
  let host_ = host;
  if (has('host-without-port')) host_ = host.replace(/:.*/, '');
  if (has('host-of-the-vendor')) host_ = 'cloudauth.aliyuncs.com';
  const signedNow: Record<string, string> = { ...headers, host: host_ };
  const names = has('headers-unsorted') ? Object.keys(signedNow) : Object.keys(signedNow).sort();

  const style = styleOf(has);
  const inner = innerTimes(has);
  let inQuery = pairs;
  if (has('query-not-signed')) inQuery = [];
  if (has('form-signed-as-query')) inQuery = [...pairs, ['Extra', 'in body'], ['Other', '1']];
  const query = sortPairs(inQuery, has)
    .map(([name, value]): [string, string] => [name, signedValue(value, has)])
    .map(([name, value]) => `${encoded(name, style, inner)}=${encoded(value, style, inner)}`)
    .join('&');
  let verb: string = has('wrong-method') ? (method === 'GET' ? 'POST' : 'GET') : method;
  if (has('lower-case-method')) verb = verb.toLowerCase();
  let lastLine = payloadHash;
  if (has('payload-hash-of-nothing')) lastLine = sha256('');
  if (has('payload-hash-missing')) lastLine = '';
  if (has('payload-not-hashed')) lastLine = body;
  const headerLines = names
    .filter((name) => !(has('canonical-without') && name === 'x-acs-action'))
    .map((name) => `${name}:${signedNow[name]}\n`)
    .join('');
  const canonical = `${[
    verb,
    has('empty-path') ? '' : new URL(url).pathname,
    query,
    has('no-line-after-headers') ? headerLines.trimEnd() : headerLines,
    ...(has('signed-headers-missing') ? [] : [names.join(';')]),
    lastLine,
  ].join('\n')}${has('newline-after-string') ? '\n' : ''}`;
  let text = `ACS3-HMAC-SHA256\n${sha256(canonical)}`;
  if (has('not-hashed')) text = canonical;
  if (has('algorithm-line-missing')) text = sha256(canonical);

  const key = keyOf(secret, accessKeyId, otherSecret, has) + (has('key-with-ampersand') ? '&' : '');
  const hash = has('sha1') ? 'sha1' : 'sha256';
  const digest = (
    has('key-and-text-swapped') ? createHmac(hash, text).update(key) : createHmac(hash, key).update(text)
  ).digest();
  let signature = digest.toString('hex');
  if (has('upper-case-hex-digest')) signature = signature.toUpperCase();
  if (has('base64-digest')) signature = digest.toString('base64');
  if (has('base64-of-hex')) signature = Buffer.from(signature).toString('base64');
  headers.authorization = `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return { method, url: pairs.length > 0 ? `${url}?${onTheWire(pairs, has)}` : url, headers, body };
}

export const toRequest = ({ method, url, headers, body }: Sent): Request =>
  new Request(url, { method, headers, ...(method === 'POST' && { body }) });
