// Requests of up to 8 MB that ask for as much work as they can: raw HTTP, each built when it is sent.
import { createHmac, randomUUID } from 'node:crypto';

const MB = 1024 * 1024;
/** A little less than the documented limit of a body, and than ours of a head. */
const FULL = 8 * MB - 4096;
// the emulator's default pair, see `cloudauth-mock --help`
const ACCESS_KEY_ID = 'LTAImockDefault';
const SECRET = 'cloudauth-mock-secret';
const FORM = 'application/x-www-form-urlencoded';

const filled = (text, bytes = FULL) => text.repeat(Math.floor(bytes / text.length));
/** `a0=&a1=&…` */
const pairs = (count) => Array.from({ length: count }, (_, at) => `a${at}=`).join('&');

const encode = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** @param secret another one than the emulator's makes a signature that does not match */
function signed(params, secret = SECRET) {
  const all = {
    AccessKeyId: ACCESS_KEY_ID,
    Format: 'JSON',
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: randomUUID(),
    SignatureVersion: '1.0',
    Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
    ...params,
  };
  const names = Object.keys(all).sort();
  const query = names.map((name) => `${encode(name)}=${encode(all[name])}`).join('&');
  const signature = createHmac('sha1', `${secret}&`)
    .update(`POST&%2F&${encode(query)}`)
    .digest('base64');
  return `${query}&Signature=${encode(signature)}`;
}

function http(line, headers = {}, body = '') {
  const all = { Host: '127.0.0.1', Connection: 'close', 'Content-Length': String(Buffer.byteLength(body)), ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${line} HTTP/1.1\r\n${head.join('')}\r\n${body}`, 'latin1');
}

const post = (body, type = FORM, path = '/', more = {}) =>
  http(`POST ${path}`, { 'Content-Type': type, ...more }, body);
const call = (params, secret) => post(signed(params, secret));
const saf = (serviceParameters) => ({
  Action: 'ExecuteRequest',
  Version: '2017-03-31',
  Service: 'face_verify',
  ServiceParameters: serviceParameters,
});
const token = (more) => ({ Action: 'GetVerifyToken', Version: '2017-11-17', Biz: 'RPBasic', TicketId: 'a', ...more });
const acs3 = (signedHeaders, body, type) =>
  post(body ?? '', type ?? 'application/json', '/', {
    Authorization: `ACS3-HMAC-SHA256 Credential=${ACCESS_KEY_ID},SignedHeaders=${signedHeaders},Signature=${'a'.repeat(64)}`,
    'x-acs-action': 'GetVerifyToken',
    'x-acs-version': '2017-11-17',
    'x-acs-date': `${new Date().toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': 'a',
  });
const SIGNED = 'host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version';
const multipart = (part) => `--b\r\n${filled(`Content-Disposition: form-data; name="a"\r\n\r\n${part}\r\n--b\r\n`)}`;
const nested = (open, close) =>
  filled(open, FULL / 2 - 64) + filled(close, (FULL / 2 - 64) * (close.length / open.length));
const PAGE = '/user_verify/cloudauth.html';
const SAF_PAGE = '/gjj/identification_jry.html';

/** Name → the bytes of one request. */
export const hostileRequests = {
  'gateway: a query of 1.9 million pairs': () => http(`GET /?${filled('a&', 3.8 * MB)}`),
  'gateway: a query of as many names': () => http(`GET /?${pairs(900_000)}`),
  'gateway: a target of backslashes and quotes': () => http(`GET /${filled('\\"', 7.8 * MB)}`),
  'gateway: 600,000 parameters, signed wrongly': () => post(`${pairs(600_000)}&${signed(token({}), 'wrong')}`),
  'gateway: a value of 8 MB that has to be encoded': () => call(token({ Binding: filled('(', FULL / 3 - 4096) })),
  'gateway: the same, signed wrongly': () => call(token({ Binding: filled('(', FULL / 3 - 4096) }), 'wrong'),
  'gateway: 8 MB of raw marks, signed wrongly': () => post(`${signed(token({}), 'wrong')}&x=${filled("'(", 7.9 * MB)}`),
  'gateway: 8 MB of broken escapes, signed wrongly': () =>
    post(`${signed(token({}), 'wrong')}&x=${filled('%z', 7.9 * MB)}`),
  'gateway: a picture of 7.8 MB': () =>
    call(saf(`{"method":"match","name":"a","certNumber":"b","imgbase64":"${filled('A9jA', 7.7 * MB)}"}`)),
  'gateway: ServiceParameters nested 1.2 million deep': () => call(saf(filled('[', 1.2 * MB))),
  'gateway: ServiceParameters of 300,000 members': () =>
    call(saf(`{${Array.from({ length: 300_000 }, (_, at) => `"${at}":1`).join(',')}}`)),
  'gateway: ServiceParameters of escaped quotes': () => call(saf(`{"method":"${filled('\\"', 1.2 * MB)}"}`)),
  'gateway: Binding nested as deep': () => call(token({ Binding: `{"a":${filled('[', 1.2 * MB)}` })),
  'gateway: a JSON body nested 3.9 million deep': () => acs3(SIGNED, nested('[', ']')),
  'gateway: a JSON body of objects nested in objects': () => acs3(SIGNED, nested('{"a":', '}')),
  'gateway: a JSON body of 3.9 million elements': () => acs3(SIGNED, `{"a":[${filled('1,', FULL - 64)}1]}`),
  'gateway: 3 million SignedHeaders': () => acs3(filled('a;', 6 * MB)),
  'gateway: a million headers': () =>
    http('GET /', Object.fromEntries(Array.from({ length: 500_000 }, (_, at) => [`a${at}`, '']))),
  'gateway: a header of 7 MB': () => http('GET /', { 'Content-Type': filled('a', 7 * MB) }),
  'gateway: 60 MB of a body': () => post(filled('a=&', 60 * MB)),
  'gateway: a form with a policy': () => post(multipart('policy'), 'multipart/form-data; boundary=b'),
  'pages: a query of 1.9 million pairs': () => http(`GET ${PAGE}?${filled('a&', 3.8 * MB)}`),
  'pages: a query of as many names': () => http(`GET ${PAGE}?${pairs(900_000)}`),
  'pages: a form of 1.9 million pairs': () => post(filled('a&'), FORM, `${SAF_PAGE}?zimId=a`),
  'pages: a form of 100,000 parts': () => post(multipart(''), 'multipart/form-data; boundary=b', '/demo/init'),
  'pages: a form with one endless part': () =>
    post(`--b\r\n${filled('a', FULL - 64)}`, 'multipart/form-data; boundary=b', '/demo/init'),
  'pages: a form of 1.9 million pairs for the merchant': () => post(filled('a&'), FORM, '/demo/init'),
  'control: a query of 1.9 million pairs': () => http(`GET /_mock/requests?${filled('a&', 3.8 * MB)}`),
  'control: JSON nested 500,000 deep': () => post(filled('[', MB - 64), 'application/json', '/_mock/verify'),
  'control: JSON of 100,000 members': () =>
    post(`{${Array.from({ length: 70_000 }, (_, at) => `"${at}":1`).join(',')}}`, 'application/json', '/_mock/verify'),
  'control: an expectation of a million stars': () =>
    post(JSON.stringify({ on: '*'.repeat(MB - 64) }), 'application/json', '/_mock/verify'),
  'control: a pattern of stars': () => http(`GET /_mock/requests?operation=${filled('*a', 7000)}`),
  'OSS: a query of 1.9 million pairs': () => http(`GET /a?OSSAccessKeyId=a&${filled('a&', 3.8 * MB)}`),
  'OSS: a key of 7 MB': () => http(`GET /${filled('%E5', 7 * MB)}`, { Authorization: 'OSS a:b' }),
  'OSS: a form of 100,000 parts': () =>
    post(multipart(''), 'multipart/form-data; boundary=b', '/cloudauth-realname-verify', {}),
  'OSS: XML nested as deep': () =>
    http('POST /a?delete', { Authorization: 'OSS a:b', 'Content-Type': 'application/xml' }, filled('<a>')),
};
