/** Keys of `--access-key` are not exchangeable: what one secret has signed opens nothing under the id of another. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { canonicalRequest, v4Signature, v4StringToSign } from '../../src/oss/signature-v4.js';
import { oss, type Sts } from '../support/oss.js';
import { acs3Call, rpcCall, type Sent } from '../support/wrong-client.js';

const A = { id: 'KeyOfA', secret: 'secret-of-a', account: 'a' };
const B = { id: 'KeyOfB', secret: 'secret-of-b', account: 'b' };
let mock: CloudauthMock;
beforeAll(() => {
  mock = createCloudauthMock({ accessKeys: [A, B] });
});
afterAll(() => mock.close());

type Answered = (accessKeyId: string, secret: string) => Promise<string | undefined>;

const gateway =
  (sign: typeof rpcCall): Answered =>
  async (accessKeyId, secret) => {
    const { url, body, ...sent }: Sent = sign([], { accessKeyId, secret });
    const reply = await mock.fetch(new Request(url, { ...sent, body: body || undefined }));
    return ((await reply.json()) as { Code?: string }).Code;
  };

const code = async (reply: Response) => /<Code>(\w+)/.exec(await reply.text())?.[1];
const BUCKET = 'verify-external-image';

const v1: Answered = async (accessKeyId, secret) => {
  const sts: Sts = { accessKeyId, secret, token: '', bucket: BUCKET, path: '' };
  return code(await oss(mock, sts, 'GET', 'a.jpg'));
};

const v4: Answered = async (accessKeyId, secret) => {
  const date = `${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const scope = { accessKeyId, day: date.slice(0, 8), region: 'cn-shanghai' };
  const host = `${BUCKET}.oss-cn-shanghai.aliyuncs.com`;
  const headers = { 'x-oss-date': date, 'x-oss-content-sha256': 'UNSIGNED-PAYLOAD' };
  const parts = { method: 'GET', host, headers, params: new Map(), additionalHeaders: [] };
  const text = v4StringToSign(date, scope, canonicalRequest(parts, { bucket: BUCKET, key: 'a.jpg' }));
  const credential = `${accessKeyId}/${scope.day}/${scope.region}/oss/aliyun_v4_request`;
  const authorization = `OSS4-HMAC-SHA256 Credential=${credential},Signature=${v4Signature(text, secret, scope)}`;
  return code(await mock.fetch(new Request(`http://${host}/a.jpg`, { headers: { ...headers, authorization } })));
};

// the buckets are the service's: with a right signature a key of one's own is told that they do not belong to it
test.each<[scheme: string, call: Answered, right: string | undefined]>([
  ['RPC 1.0', gateway(rpcCall), undefined],
  ['ACS3', gateway(acs3Call), undefined],
  ['OSS V1', v1, 'AccessDenied'],
  ['OSS V4', v4, 'AccessDenied'],
])('%s: an id answers to its own secret alone', async (_scheme, call, right) => {
  const answers = [await call(A.id, A.secret), await call(B.id, A.secret), await call(A.id, B.secret)];
  expect(answers).toEqual([right, 'SignatureDoesNotMatch', 'SignatureDoesNotMatch']);
});

test('an ACS3 signature of one key under the id of another is refused, though the id is not signed', async () => {
  const { url, headers, ...sent } = acs3Call([], { accessKeyId: A.id, secret: A.secret });
  const authorization = headers.authorization!.replace(A.id, B.id);
  const reply = await mock.fetch(new Request(url, { ...sent, headers: { ...headers, authorization } }));
  expect(((await reply.json()) as { Code: string }).Code).toBe('SignatureDoesNotMatch');
});
