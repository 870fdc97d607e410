/**
 * What OSS's clients in other languages put on the wire, signed by the public rules and not by this project's code.
 * Source: their sources, and captures of them (`fixtures/wire`).
 */
import { createHash, createHmac } from 'node:crypto';
import { type IncomingHttpHeaders, request } from 'node:http';
import type { Sts } from './oss.js';

type Headers = Record<string, string>;

/** What a client is asked to send; its own headers come on top. */
export interface OssSend {
  readonly method: string;
  /** Decoded; empty: the bucket. */
  readonly key: string;
  /** In the order sent; '' is a name without a value. */
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Headers;
  readonly body?: string | Buffer;
}

export interface OssGot {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface OssClient {
  readonly name: string;
  send(url: string, sts: Sts, call: OssSend): Promise<OssGot>;
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
const slashed = (text: string) => encode(text).replaceAll('%2F', '/');
const base64Md5 = (body: string | Buffer) => createHash('md5').update(body).digest('base64');

const SIGNED_QUERY = ['uploads', 'uploadId', 'partNumber', 'delete', 'objectMeta', 'continuation-token', 'sequential'];
const ossLines = (headers: Headers) =>
  Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .filter(([name]) => name.startsWith('x-oss-'))
    .sort(([a], [b]) => (a < b ? -1 : 1));

/** @param date what stands on the line of the date */
function v1(sts: Sts, { method, key, query = {} }: OssSend, headers: Headers, date: string): string {
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const signed = Object.keys(query)
    .filter((name) => SIGNED_QUERY.includes(name) || /^(response-|x-oss-)/.test(name))
    .sort()
    .map((name) => (query[name] ? `${name}=${query[name]}` : name));
  const text = [
    method,
    lower.get('content-md5') ?? '',
    lower.get('content-type') ?? '',
    date,
    ...ossLines(headers).map(([name, value]) => `${name}:${value}`),
    `/${sts.bucket}/${key}${signed.length > 0 ? `?${signed.join('&')}` : ''}`,
  ].join('\n');
  return `OSS ${sts.accessKeyId}:${createHmac('sha1', sts.secret).update(text).digest('base64')}`;
}

function signV4(secret: string, date: string, scope: string, canonical: string): string {
  const text = ['OSS4-HMAC-SHA256', date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  const start = Buffer.from(`aliyun_v4${secret}`);
  const key = scope.split('/').reduce((before, part) => createHmac('sha256', before).update(part).digest(), start);
  return createHmac('sha256', key).update(text).digest('hex');
}

/** @param comma what stands between the parts of the header */
function v4(sts: Sts, call: OssSend, headers: Headers, date: string, day: string, comma: string): string {
  const { method, key, query = {} } = call;
  const own = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .filter(([name]) => name.startsWith('x-oss-') || name === 'content-type' || name === 'content-md5')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const canonical = [
    method,
    slashed(`/${sts.bucket}/${key}`),
    Object.keys(query)
      .map((name) => [encode(name), encode(query[name]!)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => (value ? `${name}=${value}` : name))
      .join('&'),
    ...own.map(([name, value]) => `${name}:${value}`),
    '',
    '',
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const scope = `${day}/cn-shanghai/oss/aliyun_v4_request`;
  const signature = signV4(sts.secret, date, scope, canonical);
  return `OSS4-HMAC-SHA256 Credential=${sts.accessKeyId}/${scope}${comma}Signature=${signature}`;
}

/** @param target path and query, exactly as they are to be sent. @param chunked without Content-Length */
export function sendHttp(
  url: string,
  method: string,
  target: string,
  headers: Headers,
  body: string | Buffer = '',
  chunked = false,
): Promise<OssGot> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const length: Headers = chunked
      ? { 'Transfer-Encoding': 'chunked' }
      : { 'Content-Length': String(Buffer.byteLength(body)) };
    const bare = body.length === 0 && ['GET', 'HEAD', 'DELETE'].includes(method);
    const sent = request(
      { hostname, port, method, path: target, headers: { ...headers, ...(!bare && length) } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode!,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    sent.on('error', reject);
    if (headers.Expect) sent.once('continue', () => sent.end(body));
    else sent.end(body);
    if (headers.Expect) sent.flushHeaders();
  });
}

interface Manner {
  readonly name: string;
  readonly version: 1 | 4;
  /** Which headers say the time; the first of them is signed. */
  readonly dates: readonly ('Date' | 'date' | 'x-oss-date')[];
  /** How the slashes of a key travel. */
  readonly slash: '/' | '%2F';
  /** How a query name without a value travels. */
  readonly bare: '' | '=';
  readonly comma?: string;
  readonly headers: Headers;
  readonly md5?: true;
  readonly chunked?: true;
  readonly type?: string;
}

/** All path style, as each of them calls an IP address. */
const MANNERS: readonly Manner[] = [
  {
    ...{ name: 'Java 3.17.4 V1', version: 1, dates: ['Date'], slash: '/', bare: '', chunked: true },
    type: 'application/octet-stream',
    headers: { 'User-Agent': 'aliyun-sdk-java/3.17.4', Connection: 'Keep-Alive', 'Accept-Encoding': 'gzip,deflate' },
  },
  {
    ...{ name: 'Java 3.17.4 V4', version: 4, dates: ['x-oss-date'], slash: '/', bare: '', comma: ',', chunked: true },
    type: 'application/octet-stream',
    headers: { 'User-Agent': 'aliyun-sdk-java/3.17.4', 'x-oss-content-sha256': 'UNSIGNED-PAYLOAD' },
  },
  {
    ...{ name: 'oss2 2.19.1 V1', version: 1, dates: ['date'], slash: '%2F', bare: '=' },
    headers: { Accept: '*/*', 'Accept-Encoding': 'identity', 'User-Agent': 'aliyun-sdk-python/2.19.1' },
  },
  {
    ...{ name: 'oss2 2.19.1 V4', version: 4, dates: ['x-oss-date', 'date'], slash: '%2F', bare: '=', comma: ', ' },
    headers: { Accept: '*/*', 'Accept-Encoding': 'identity', 'x-oss-content-sha256': 'UNSIGNED-PAYLOAD' },
  },
  {
    ...{ name: 'Go 3.0.2 V1', version: 1, dates: ['Date'], slash: '%2F', bare: '' },
    type: 'application/octet-stream',
    headers: { 'User-Agent': 'aliyun-sdk-go/v3.0.2', 'Accept-Encoding': 'identity' },
  },
  {
    ...{ name: 'Go 3.0.2 V4', version: 4, dates: ['Date'], slash: '%2F', bare: '', comma: ',' },
    type: 'application/octet-stream',
    headers: { 'User-Agent': 'aliyun-sdk-go/v3.0.2', 'X-Oss-Content-Sha256': 'UNSIGNED-PAYLOAD' },
  },
  {
    ...{ name: 'Go v2 V4', version: 4, dates: ['x-oss-date', 'Date'], slash: '/', bare: '', comma: ',' },
    type: 'application/octet-stream',
    headers: { 'User-Agent': 'alibabacloud-oss-go-sdk-v2', 'X-Oss-Content-Sha256': 'UNSIGNED-PAYLOAD' },
  },
  {
    ...{ name: 'PHP 2.7.3 V1', version: 1, dates: ['x-oss-date', 'Date'], slash: '/', bare: '', md5: true },
    type: 'application/octet-stream',
    headers: { Referer: 'http://127.0.0.1/', Accept: '*/*', 'User-Agent': 'aliyun-sdk-php/2.7.3' },
  },
];

const send =
  (manner: Manner): OssClient['send'] =>
  (url, sts, call) => {
    const now = new Date();
    const compact = now.toISOString().replace(/[-:]|\.\d+/g, '');
    const dateOf = (name: string) => (manner.version === 4 && name === 'x-oss-date' ? compact : now.toUTCString());
    const headers: Headers = {
      ...manner.headers,
      ...Object.fromEntries(manner.dates.map((name) => [name, dateOf(name)])),
      'x-oss-security-token': sts.token,
      ...(manner.type !== undefined && { 'Content-Type': manner.type }),
      ...(manner.md5 && call.body !== undefined && { 'Content-Md5': base64Md5(call.body) }),
      ...call.headers,
    };
    const date = dateOf(manner.dates[0]!);
    const authorization =
      manner.version === 1
        ? v1(sts, call, headers, date)
        : v4(sts, call, headers, date, compact.slice(0, 8), manner.comma!);
    const key = manner.slash === '/' ? slashed(call.key) : encode(call.key);
    const query = Object.entries(call.query ?? {}).map(
      ([name, value]) => `${encode(name)}${value ? `=${encode(value)}` : manner.bare}`,
    );
    const target = `/${sts.bucket}/${key}${query.length > 0 ? `?${query.join('&')}` : ''}`;
    const chunked = manner.chunked === true && call.method === 'PUT';
    return sendHttp(url, call.method, target, { ...headers, Authorization: authorization }, call.body, chunked);
  };

export const OSS_CLIENTS: readonly OssClient[] = MANNERS.map((manner) => ({ name: manner.name, send: send(manner) }));

/** Path and query of a URL that holds for ten minutes. @param type the Content-Type it is to be called with */
export function presignV1(sts: Sts, method: string, key: string, { type = '' } = {}): string {
  const expires = String(Math.floor(Date.now() / 1000) + 600);
  const text = `${method}\n\n${type}\n${expires}\n/${sts.bucket}/${key}?security-token=${sts.token}`;
  const query = Object.entries({
    OSSAccessKeyId: sts.accessKeyId,
    Expires: expires,
    Signature: createHmac('sha1', sts.secret).update(text).digest('base64'),
    'security-token': sts.token,
  });
  return `/${sts.bucket}/${slashed(key)}?${query.map(([name, value]) => `${name}=${encode(value)}`).join('&')}`;
}

/** As the second generation of Go's client does it: `Host` is signed, too. @param host with port */
export function presignV4(sts: Sts, method: string, key: string, { host }: { host: string }): string {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${date.slice(0, 8)}/cn-shanghai/oss/aliyun_v4_request`;
  const query = Object.entries({
    'x-oss-additional-headers': 'host',
    'x-oss-credential': `${sts.accessKeyId}/${scope}`,
    'x-oss-date': date,
    'x-oss-expires': '600',
    'x-oss-security-token': sts.token,
    'x-oss-signature-version': 'OSS4-HMAC-SHA256',
  })
    .map(([name, value]) => `${name}=${encode(value)}`)
    .join('&');
  const path = slashed(`/${sts.bucket}/${key}`);
  const canonical = `${method}\n${path}\n${query}\nhost:${host}\n\nhost\nUNSIGNED-PAYLOAD`;
  return `${path}?${query}&x-oss-signature=${signV4(sts.secret, date, scope, canonical)}`;
}
