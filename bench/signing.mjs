// What the vendor's clients compute, in the few lines it takes: RPC 1.0, ACS3-HMAC-SHA256 and OSS V1.
import { createHash, createHmac, randomUUID } from 'node:crypto';

// the emulator's default pair, see `cloudauth-mock --help`
const ACCESS_KEY_ID = 'LTAImockDefault';
const SECRET = 'cloudauth-mock-secret';

const encode = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

const form = (params) =>
  Object.keys(params)
    .sort()
    .map((name) => `${name}=${encode(params[name])}`)
    .join('&');

const instant = () => `${new Date().toISOString().slice(0, 19)}Z`;

/** @returns the signed form of a POST, with a nonce of its own; `params` may replace what every call has */
export function rpcForm(params) {
  const query = form({
    AccessKeyId: ACCESS_KEY_ID,
    Format: 'JSON',
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: randomUUID(),
    SignatureVersion: '1.0',
    Timestamp: instant(),
    ...params,
  });
  const signature = createHmac('sha1', `${SECRET}&`)
    .update(`POST&%2F&${encode(query)}`)
    .digest('base64');
  return `${query}&Signature=${encode(signature)}`;
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** @returns headers and body of a POST whose parameters are a form, with a nonce of its own */
export function acs3(host, action, version, params) {
  const body = form(params);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    host,
    'x-acs-action': action,
    'x-acs-content-sha256': sha256(body),
    'x-acs-date': instant(),
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-version': version,
  };
  // they stand in the order the signature sorts them
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = ['POST', '/', '', lines.join(''), names, headers['x-acs-content-sha256']].join('\n');
  const signature = createHmac('sha256', SECRET)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${ACCESS_KEY_ID},SignedHeaders=${names},Signature=${signature}`;
  return { headers: { ...headers, Authorization: authorization }, body };
}

/** @returns the headers of a PutObject as ali-oss sends a stream: V1, no Content-MD5 */
export function ossPut(sts, key) {
  const date = new Date().toUTCString();
  const text = `PUT\n\n\n${date}\nx-oss-date:${date}\nx-oss-security-token:${sts.Token}\n/${sts.BucketName}/${key}`;
  const signature = createHmac('sha1', sts.AccessKeySecret).update(text).digest('base64');
  return {
    'x-oss-date': date,
    'x-oss-security-token': sts.Token,
    Authorization: `OSS ${sts.AccessKeyId}:${signature}`,
  };
}
