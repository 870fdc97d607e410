/** Calls of OSS: every operation there is and some there are not, mostly signed with a credential that is handed out. */
import { decodeQuery } from '../../../src/oss/encoding.js';
import { v1Signature, v1StringToSign } from '../../../src/oss/signature-v1.js';
import type { Random } from '../random.js';
import type { House, Sent } from '../sent.js';
import { NAMES, nested, plain, spoilt, VALUES } from '../words.js';
import { NOW } from './gateway.js';

const QUERIES = [
  ...['', '', '', 'uploads', 'uploadId=x', 'partNumber=1&uploadId=x', 'objectMeta', 'delete', 'acl', 'x-oss-process=a'],
  ...['prefix=&max-keys=5&delimiter=%2F', 'max-keys=-1', 'max-keys=9e9', 'encoding-type=url', 'partNumber=0&uploadId='],
  ...['list-type=2', 'response-content-type=a%0d%0ab', '%', '&&&', 'uploads&uploads', '?objectMeta', 'symlink'],
];
const BODIES: readonly ((random: Random) => string)[] = [
  () => '',
  () => 'bytes',
  () => '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"x"</ETag></Part></CompleteMultipartUpload>',
  () => '<Delete><Quiet>true</Quiet><Object><Key>a</Key></Object></Delete>',
  () => '<!DOCTYPE a [<!ENTITY x "y">]><Delete><Object><Key>&x;</Key></Object></Delete>',
  (random) => nested(random.below(5000), '<a>', '</a>'),
  (random) => `<Delete>${'<Object><Key>a</Key></Object>'.repeat(random.below(1500))}</Delete>`,
  (random) => random.pick(VALUES),
];
const HEADERS = [
  ...[
    'content-type',
    'content-md5',
    'range',
    'x-oss-meta-a',
    'x-oss-forbid-overwrite',
    'x-oss-copy-source',
    'if-match',
  ],
  ...['x-oss-callback', 'cache-control', 'x-oss-object-acl', 'x-oss-security-token', 'expires', 'x-oss-date', 'origin'],
];

const encoded = (key: string): string => Buffer.from(key).toString().split('/').map(encodeURIComponent).join('/');

export function ossCall(random: Random, { sts }: House): Sent {
  if (random.chance(0.1)) return formCall(random, sts);
  const { accessKeyId, secret, token, bucket, path } = sts;
  const named = random.chance(0.9) ? bucket : random.pick(['no-such', 'saf-sessions', '..', '', 'UPPER']);
  const key = random.chance(0.15)
    ? ''
    : `${random.chance(0.8) ? path : ''}${random.chance(0.5) ? `a${random.below(9)}.jpg` : random.pick([...VALUES, ...NAMES]).slice(0, 1200)}`;
  const query = random.chance(0.1) ? spoilt(random, random.pick(QUERIES)).slice(0, 500) : random.pick(QUERIES);
  const method = random.pick(['GET', 'PUT', 'PUT', 'POST', 'HEAD', 'DELETE', 'PATCH', 'OPTIONS']);
  const headers: Record<string, string> = { date: new Date(NOW).toUTCString(), 'x-oss-security-token': token };
  for (let times = random.below(3); times > 0; times--)
    headers[random.pick(HEADERS)] = plain(random.chance(0.3) ? 'bytes=0-' : random.pick(VALUES));
  const resource = `/${named}/${encoded(key)}`;
  const parts = {
    method,
    headers,
    params: decodeQuery(encodeRaw(query)),
    date: headers['x-oss-date'] ?? headers.date!,
  };
  const signature = v1Signature(
    v1StringToSign(parts, { bucket: named, key: Buffer.from(key).toString() }),
    random.chance(0.95) ? secret : 'wrong',
  );
  headers.authorization = `OSS ${accessKeyId}:${signature}`;
  if (random.chance(0.08)) headers.authorization = plain(spoilt(random, headers.authorization));
  if (random.chance(0.03)) delete headers[random.pick(Object.keys(headers))];
  const target = random.chance(0.03) ? spoilt(random, resource).slice(0, 6000) : resource;
  const withBody = method === 'PUT' || method === 'POST';
  const body = withBody ? Buffer.from(random.pick(BODIES)(random)) : Buffer.alloc(0);
  return { method, target: encodeRaw(query === '' ? target : `${target}?${query}`), headers, body };
}

/** A target is what a request line can hold. */
export const encodeRaw = (target: string): string =>
  target.replace(/[^\x21-\x7e]/gu, (char) => encodeURIComponent(Buffer.from(char).toString()));

function formCall(random: Random, { accessKeyId, secret, token, bucket, path }: House['sts']): Sent {
  const conditions = [{ bucket }, ['starts-with', '$key', path], ['content-length-range', 0, random.below(99)]];
  const document = JSON.stringify({ expiration: '2026-01-01T00:30:00Z', conditions });
  const policy = Buffer.from(random.chance(0.3) ? spoilt(random, document) : document).toString('base64');
  const fields: [string, string][] = [
    ['key', `${path}${random.pick(VALUES)}`],
    ['OSSAccessKeyId', accessKeyId],
    ['policy', policy],
    ['Signature', v1Signature(policy, secret)],
    ['x-oss-security-token', token],
    ['file', random.pick(VALUES)],
  ];
  if (random.chance(0.3)) fields.splice(random.below(fields.length), 1);
  if (random.chance(0.2)) fields.push([random.pick(NAMES), random.pick(VALUES)]);
  const parts = fields.map(
    ([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const text = `${parts.join('')}--b--\r\n`;
  return {
    method: 'POST',
    target: random.pick(['/', `/${bucket}`, `/${bucket}/`]),
    headers: {
      'content-type': `multipart/form-data; boundary=${random.chance(0.95) ? 'b' : random.pick(['', 'c', '"'])}`,
    },
    body: Buffer.from(random.chance(0.1) ? spoilt(random, text) : text),
  };
}
