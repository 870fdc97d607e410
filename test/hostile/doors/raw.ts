/** What a raw byte stream gets wrong that no HTTP client would send. */
import type { Random } from '../random.js';

type Ruin = (bytes: Buffer, random: Random) => Buffer;

const asText =
  (change: (text: string, random: Random) => string): Ruin =>
  (bytes, random) =>
    Buffer.from(change(bytes.toString('latin1'), random), 'latin1');

const RUIN: readonly Ruin[] = [
  (bytes) => bytes,
  (bytes, random) => bytes.subarray(0, 1 + random.below(bytes.length)),
  (bytes, random) => {
    const changed = Buffer.from(bytes);
    for (let times = random.below(5); times >= 0; times--) changed[random.below(changed.length)] = random.below(256);
    return changed;
  },
  (bytes, random) => Buffer.concat([bytes, random.bytes(50)]),
  (_bytes, random) => random.bytes(1 + random.below(200)),
  () => Buffer.from('16030100f8010000f40303', 'hex'),
  () => Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  () => Buffer.from('\r\n\r\n\r\n'),
  (bytes) => Buffer.from(bytes.toString('latin1').replace('/', '/张三?')),
  ...[
    (text: string) => text.replace('/', 'http://[::1/'),
    (text: string) => text.replace('/', 'http://saf.cn-shanghai.aliyuncs.com/'),
    (text: string) => text.replace(' /', ' *'),
    (text: string) => text.replace('/', '//\\..\\%zz#?'),
    (text: string) => text.replace('HTTP/1.1', 'HTTP/1.0'),
    (text: string) => text.replace('HTTP/1.1', 'HTTP/9.9'),
    (text: string) => text.replaceAll('\r\n', '\n'),
    (text: string) => text.replace(/host: .*\r\n/, ''),
    (text: string) => text.replace('host: ', 'host: a b@[]/?'),
    (text: string) => text.replace('host: ', 'host: other\r\nhost: '),
    (text: string) => text.replace('\r\n\r\n', '\r\nexpect: the-impossible\r\n\r\n'),
    (text: string) => text.replace('\r\n\r\n', '\r\nexpect: 100-continue\r\n\r\n'),
    (text: string) => text.replace('\r\n\r\n', '\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
    (text: string) => text.replace('\r\n\r\n', '\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'),
    (text: string) =>
      text.replace(/content-length: \d+/, 'transfer-encoding: chunked').replace('\r\n\r\n', '\r\n\r\nfffffff\r\n'),
    (text: string) => text.replace(/content-length: \d+/, 'content-length: 99999'),
    (text: string) => text.replace(/content-length: \d+/, 'content-length: -1'),
    (text: string) => text.replace('\r\n\r\n', `\r\nx-large: ${'x'.repeat(100_000)}\r\n\r\n`),
    (text: string) => text.replace('\r\n\r\n', `\r\n${'x-many: \r\n'.repeat(3000)}\r\n`),
    (text: string) => text.replace('\r\n\r\n', '\r\nx-nul: \0\r\n\r\n'),
    (text: string) => text.replace('\r\n\r\n', '\r\norigin: https://evil.example\r\n\r\n'),
    (text: string) => text.replace('\r\n\r\n', '\r\nx-cloudauth-mock-fetch: 1\r\n\r\n'),
    (text: string) => text.replace(/^\w+/, 'TRACE'),
    (text: string) => text.replace(/^\w+/, 'CONNECT'),
    (text: string) => text.replace(/^\w+/, 'ÿ'),
    (text: string) => `${text}${text}`,
  ].map(asText),
];

export const ruined: Ruin = (bytes, random) => (bytes.length === 0 ? bytes : random.pick(RUIN)(bytes, random));
