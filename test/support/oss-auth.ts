/** Calls to OSS as they arrive, real clients' and made ones, and what they are judged with. */
import { readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { type AccessKey, createAccounts } from '../../src/gateway/accounts.js';
import { createCallers } from '../../src/gateway/callers.js';
import { type ManualClock, manualClock } from '../../src/index.js';
import type { AuthenticateDeps } from '../../src/oss/authenticate.js';
import { decodeQuery } from '../../src/oss/encoding.js';
import type { OssError } from '../../src/oss/errors.js';
import type { OssRequest } from '../../src/oss/message.js';
import { presign, v1Signature, v1StringToSign } from '../../src/oss/signature-v1.js';
import { canonicalRequest, v4Signature, v4StringToSign } from '../../src/oss/signature-v4.js';
import type { Credential } from '../../src/store/credentials.js';
import { directory } from '../../src/store/directory.js';
import { openSqlite } from '../../src/store/sqlite.js';
import { createStore, type Store } from '../../src/store/store.js';
import { VERIFY_BUCKET } from '../../src/verification/buckets.js';

/** One request of a real client, as it arrived. */
export interface OssCapture {
  readonly operation: string;
  readonly scheme: 'OSS1' | 'OSS4';
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
  readonly capturedAt: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Record<string, string>;
  /** `/bucket/key`, decoded: what the client signed. */
  readonly resource: string;
}

const files = readdirSync('fixtures/wire').filter((file) => file.startsWith('oss-'));

export const ossCaptures = files.flatMap((file) =>
  (JSON.parse(readFileSync(`fixtures/wire/${file}`, 'utf8')) as OssCapture[]).map(
    (capture) => [`${file.replace('.json', '')} ${capture.operation}`, capture] as const,
  ),
);

export function ossRequest(
  method: string,
  target: string,
  headers: Record<string, string> = {},
  host = '127.0.0.1:9080',
): OssRequest {
  const [path = '', ...query] = target.split('?');
  // behind the server the Host header is another
  return {
    method,
    path,
    query: query.join('?'),
    host,
    headers: { ...headers, host: 'localhost' },
    body: Readable.from([]),
  };
}

export const requestOf = ({ method, target, headers }: OssCapture): OssRequest =>
  ossRequest(method, target, headers, headers.host);

export const NOW = Date.parse('2026-11-24T08:00:00Z');

/** As GetVerifyToken hands it out. */
export const CREDENTIAL: Credential = {
  access_key_id: 'STS.vectorKey',
  secret: 'sts-secret',
  security_token: 'CAIS+token/abc==',
  bucket: VERIFY_BUCKET,
  path: 'p1/',
  expires_at: NOW + 3_600_000,
};

export interface OssHouse extends AuthenticateDeps {
  readonly store: Store;
  readonly wallClock: ManualClock;
  readonly businessClock: ManualClock;
}

/** One account, `tester`, with these credentials. */
export async function ossHouse(
  credentials: readonly Credential[] = [CREDENTIAL],
  { now = NOW, accessKeys = [] as readonly AccessKey[], publicHost = 'mock.example.com' } = {},
): Promise<OssHouse> {
  const database = await openSqlite(':memory:');
  const [wallClock, businessClock] = [manualClock(now), manualClock(now)];
  const storeOf = (account: string) => createStore(database, account, wallClock);
  const store = storeOf('tester');
  await store.write(...credentials.map((each) => store.credentials.addRow(each)));
  const clockOf = () => businessClock;
  const deps = { accounts: createAccounts(accessKeys), directory: directory(database), storeOf, clockOf };
  return {
    callers: createCallers({ ...deps, keys: 'known', warn() {} }),
    directory: deps.directory,
    storeOf,
    clockOf,
    publicHost,
    store,
    wallClock,
    businessClock,
  };
}

/** The error a promise rejects with; anything else is thrown on. */
export async function refusal(promise: Promise<unknown>): Promise<OssError> {
  const error = await promise.then(
    (value) => new Error(`not refused: ${JSON.stringify(value)}`),
    (reason: Error) => reason,
  );
  if (error.name !== 'OssError') throw error;
  return error as OssError;
}

interface Signing {
  readonly method?: string;
  /** As sent, e.g. `/verify-external-image/p1/a.jpg?uploads`. */
  readonly target?: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly headers?: Record<string, string>;
  readonly host?: string;
  readonly credential?: Pick<Credential, 'access_key_id' | 'secret' | 'security_token'>;
  /** When the client believes it is. */
  readonly at?: number;
}

const signing = ({ bucket = VERIFY_BUCKET, key = 'p1/face.jpg', ...rest }: Signing) => ({
  method: 'PUT',
  bucket,
  key,
  target: `/${bucket}/${key}`,
  headers: {},
  host: '127.0.0.1:9080',
  credential: CREDENTIAL,
  at: NOW,
  ...rest,
});

/** As the Java SDK does: path style, `Date`. */
export function signedV1(options: Signing = {}): OssRequest {
  const { method, target, bucket, key, host, credential, at, ...rest } = signing(options);
  const date = new Date(at).toUTCString();
  const token = credential.security_token;
  const headers: Record<string, string> = { date, ...(token && { 'x-oss-security-token': token }), ...rest.headers };
  const { query } = ossRequest(method, target);
  const stringToSign = v1StringToSign(
    { method, headers, params: decodeQuery(query), date: headers['x-oss-date'] ?? date },
    { bucket, key },
  );
  headers.authorization = `OSS ${credential.access_key_id}:${v1Signature(stringToSign, credential.secret)}`;
  return ossRequest(method, target, headers, host);
}

const stamp = (ms: number) => new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '');

/** @param additional headers signed beyond those that must be, lower case and sorted */
export function signedV4({
  additional = [],
  date,
  ...options
}: Signing & { readonly additional?: readonly string[]; readonly date?: string } = {}): OssRequest {
  const { method, target, bucket, key, host, credential, at, ...rest } = signing(options);
  const headers: Record<string, string> = {
    'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-oss-security-token': credential.security_token,
    ...(date === undefined ? { 'x-oss-date': stamp(at) } : { date }),
    ...rest.headers,
  };
  const params = decodeQuery(ossRequest(method, target).query);
  const scope = { accessKeyId: credential.access_key_id, day: stamp(at).slice(0, 8), region: 'cn-shanghai' };
  const canonical = canonicalRequest({ method, host, headers, params, additionalHeaders: additional }, { bucket, key });
  const signature = v4Signature(v4StringToSign(date ?? stamp(at), scope, canonical), credential.secret, scope);
  const more = additional.length > 0 ? `,AdditionalHeaders=${additional.join(';')}` : '';
  headers.authorization = `OSS4-HMAC-SHA256 Credential=${scope.accessKeyId}/${scope.day}/cn-shanghai/oss/aliyun_v4_request${more},Signature=${signature}`;
  return ossRequest(method, target, headers, host);
}

export function presignedV1({
  expiresS,
  ...options
}: Signing & { readonly expiresS?: number | string } = {}): OssRequest {
  const { method, target, bucket, key, host, credential, at } = signing({
    method: 'GET',
    ...options,
  });
  const query = presign(credential, {
    method: method as 'GET',
    bucket,
    key,
    expiresS: (expiresS ?? at / 1000 + 600) as number,
  });
  return ossRequest(method, `${target}?${query}`, {}, host);
}

export function presignedV4({
  expiresS,
  ...options
}: Signing & { readonly expiresS?: number | string } = {}): OssRequest {
  const { method, target, bucket, key, headers, host, credential, at } = signing({
    method: 'GET',
    ...options,
  });
  const scope = { accessKeyId: credential.access_key_id, day: stamp(at).slice(0, 8), region: 'cn-shanghai' };
  const params = new Map([
    ['x-oss-signature-version', 'OSS4-HMAC-SHA256'],
    ['x-oss-credential', `${scope.accessKeyId}/${scope.day}/cn-shanghai/oss/aliyun_v4_request`],
    ['x-oss-date', stamp(at)],
    ['x-oss-expires', String(expiresS ?? 600)],
    ['x-oss-security-token', credential.security_token],
  ]);
  const canonical = canonicalRequest({ method, host, headers, params, additionalHeaders: [] }, { bucket, key });
  params.set('x-oss-signature', v4Signature(v4StringToSign(stamp(at), scope, canonical), credential.secret, scope));
  return ossRequest(method, `${target}?${new URLSearchParams([...params])}`, headers, host);
}
