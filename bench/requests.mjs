// Signed POST GetVerifyToken requests as raw HTTP: each has its own nonce and TicketId, and is signed before the clock runs.
import { createHmac, randomUUID } from 'node:crypto';

// the emulator's default pair, see `cloudauth-mock --help`
const ACCESS_KEY_ID = 'LTAImockDefault';
const SECRET = 'cloudauth-mock-secret';

const encode = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

function signedForm() {
  const params = {
    AccessKeyId: ACCESS_KEY_ID,
    Action: 'GetVerifyToken',
    Biz: 'RPBasic',
    Format: 'JSON',
    SignatureMethod: 'HMAC-SHA1',
    SignatureNonce: randomUUID(),
    SignatureVersion: '1.0',
    TicketId: randomUUID(),
    Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
    Version: '2017-11-17',
  };
  // the names above stand in the order the signature sorts them
  const query = Object.entries(params)
    .map(([name, value]) => `${name}=${encode(value)}`)
    .join('&');
  const signature = createHmac('sha1', `${SECRET}&`)
    .update(`POST&%2F&${encode(query)}`)
    .digest('base64');
  return `${query}&Signature=${encode(signature)}`;
}

/** One request with the headers pop-core sends, for a keep-alive connection. */
export function signedRequest(port) {
  const body = signedForm();
  return Buffer.from(
    `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: bench\r\nAccept: */*\r\nAccept-Encoding: identity\r\n` +
      'x-acs-action: GetVerifyToken\r\nx-acs-version: 2017-11-17\r\nContent-Type: application/x-www-form-urlencoded\r\n' +
      `Content-Length: ${body.length}\r\nConnection: keep-alive\r\n\r\n${body}`,
    'latin1',
  );
}

export const signedRequests = (port, count) => Array.from({ length: count }, () => signedRequest(port));
