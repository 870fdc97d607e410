/** OSS calls signed by hand (V1), for what no client would send. */
import { createHmac } from 'node:crypto';
import type { CloudauthMock } from '../../src/emulator/api.js';
import { type CallOptions, call, cloudauth2017 } from './call.js';

export interface Sts {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly token: string;
  readonly bucket: string;
  /** With a slash at its end. */
  readonly path: string;
}

/** The credentials a GetVerifyToken answers with. */
export async function stsOf(mock: CloudauthMock, ticketId = 'ticket-1', options?: CallOptions): Promise<Sts> {
  const { json } = await call(mock, cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: ticketId }), options);
  const sts = json.Data.StsToken;
  return {
    accessKeyId: sts.AccessKeyId,
    secret: sts.AccessKeySecret,
    token: sts.Token,
    bucket: sts.BucketName,
    path: sts.Path,
  };
}

export interface OssCallOptions {
  readonly headers?: Record<string, string>;
  /** Without `?`, as it is to be sent. */
  readonly query?: string;
  readonly body?: string | Uint8Array;
  /** Signed with another secret. */
  readonly secret?: string;
  /** ms since the epoch. */
  readonly at?: number;
}

/** Sub-resources of what the tests send; the rest of the query is not signed. */
const SIGNED = [
  'uploads',
  'uploadId',
  'partNumber',
  'objectMeta',
  'acl',
  'tagging',
  'append',
  'delete',
  'location',
  'continuation-token',
];

/** All of a call but its line. @param key decoded */
export function signedHeaders(
  sts: Sts,
  method: string,
  key: string,
  options: OssCallOptions = {},
): Record<string, string> {
  const { query = '', secret = sts.secret, at = Date.now() } = options;
  const headers: Record<string, string> = {
    'x-oss-date': new Date(at).toUTCString(),
    'x-oss-security-token': sts.token,
    ...options.headers,
  };
  const ossHeaders = Object.keys(headers)
    .map((name) => name.toLowerCase())
    .filter((name) => name.startsWith('x-oss-'))
    .sort()
    .map((name) => `${name}:${headers[name]!.trim()}\n`);
  const params = [...new URLSearchParams(query)]
    .filter(([name]) => SIGNED.includes(name) || name.startsWith('response-'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`));
  const resource = `/${sts.bucket}/${key}${params.length > 0 ? `?${params.join('&')}` : ''}`;
  const { 'content-md5': md5 = '', 'content-type': type = '' } = headers;
  const text = `${method}\n${md5}\n${type}\n${headers['x-oss-date']}\n${ossHeaders.join('')}${resource}`;
  const signature = createHmac('sha1', secret).update(text).digest('base64');
  return { ...headers, authorization: `OSS ${sts.accessKeyId}:${signature}` };
}

/** As a client writes a key into a path. */
export const encodeKey = (key: string): string => encodeURIComponent(key).replaceAll('%2F', '/');

/** A call on the bucket's host, in process. @param key with the path; empty: the bucket */
export function oss(
  mock: Pick<CloudauthMock, 'fetch'>,
  sts: Sts,
  method: string,
  key: string,
  options: OssCallOptions = {},
): Promise<Response> {
  // fetch would add a Content-Type of its own to text
  const body = typeof options.body === 'string' ? Buffer.from(options.body) : options.body;
  const url = `http://${sts.bucket}.oss-cn-shanghai.aliyuncs.com/${encodeKey(key)}${options.query ? `?${options.query}` : ''}`;
  return mock.fetch(
    new Request(url, { method, headers: signedHeaders(sts, method, key, options), body: body as BodyInit }),
  );
}

/** The `<Code>` of an error answer, with its status. */
export async function codeOf(response: Response): Promise<string> {
  return `${response.status} ${/<Code>(\w+)<\/Code>/.exec(await response.text())?.[1]}`;
}
