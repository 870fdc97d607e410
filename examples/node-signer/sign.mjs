// Id2MetaVerify without an SDK: the request is signed by hand, ACS3-HMAC-SHA256, and sent by fetch.
//   node sign.mjs 张三 990000199003070013
import { createHash, createHmac, randomUUID } from 'node:crypto';

const {
  ALIBABA_CLOUD_ACCESS_KEY_ID: keyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
  CLOUDAUTH_ENDPOINT = 'https://cloudauth.aliyuncs.com',
} = process.env;
const [UserName, IdentifyNum] = process.argv.slice(2);

const encode = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
const form = (values) =>
  Object.keys(values)
    .sort()
    .map((name) => `${encode(name)}=${encode(values[name])}`)
    .join('&');
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

const url = new URL(CLOUDAUTH_ENDPOINT);
const body = form({ ParamType: 'normal', UserName, IdentifyNum });
const headers = {
  'content-type': 'application/x-www-form-urlencoded',
  host: url.host,
  'x-acs-action': 'Id2MetaVerify',
  'x-acs-content-sha256': sha256(body),
  'x-acs-date': new Date().toISOString().replace(/\.\d+/, ''),
  'x-acs-signature-nonce': randomUUID(),
  'x-acs-version': '2019-03-07',
};
const signed = Object.keys(headers).sort();
const lines = signed.map((name) => `${name}:${headers[name]}\n`).join('');
const canonical = ['POST', '/', '', lines, signed.join(';'), headers['x-acs-content-sha256']].join('\n');
const signature = createHmac('sha256', secret).update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`).digest('hex');
headers.authorization = `ACS3-HMAC-SHA256 Credential=${keyId},SignedHeaders=${signed.join(';')},Signature=${signature}`;

const reply = await fetch(url, { method: 'POST', headers, body });
const { Code, Message, ResultObject } = await reply.json();
console.log(reply.status, Code, Message, ResultObject?.BizCode ?? '');
