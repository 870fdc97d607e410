/** Requests to the forward proxy: tunnels and absolute addresses, targets that are odd, and hellos of TLS that are broken. */
import { VENDOR_HOSTS } from '../../../src/platform/vendor-hosts.js';
import type { Random } from '../random.js';
import type { House, Sent } from '../sent.js';
import { spoilt, VALUES } from '../words.js';
import { gatewayCall } from './gateway.js';

/** None of the open internet: such a one is refused too, for the proxy leads to none here. */
const OTHERS = [
  ...['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '169.254.169.254', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433'],
  ...[
    'example.invalid',
    'ecs.aliyuncs.com',
    'aliyuncs.com',
    'xn--',
    '..',
    '',
    '*',
    '[',
    '[::',
    '%00',
    'a b',
    '张三.invalid',
  ],
];
const SOUND = [':443', ':443', ':80', ':8443'];
const PORTS = [':4520', ':0', ':65536', ':-1', ':', '', ':443:443', ':4e2', ': 443'];
const SCHEMES = [
  ...Array<string>(12).fill('http://'),
  'https://',
  'HTTP://',
  'ftp://',
  'http:',
  '//',
  'http:///',
  'http://a:b@',
];

function host(random: Random): string {
  const { name } = random.pick(VENDOR_HOSTS);
  if (random.chance(0.75)) return name;
  if (random.chance(0.5)) return random.pick(OTHERS);
  return random.pick([
    `${name}.`,
    name.toUpperCase(),
    `bucket.${name}`,
    `${name}@evil.invalid`,
    `${name}%00`,
    spoilt(random, name),
  ]);
}

/** @returns whatever it is, on one line */
const line = (text: string): string => text.replace(/[\r\n]/g, '').slice(0, 2000);

export function proxyCall(random: Random, house: House): Sent {
  if (random.chance(0.6)) return tunnelCall(random, house);
  const sent = gatewayCall(random, house);
  const authority = `${random.pick(SCHEMES)}${host(random)}${random.chance(0.2) ? random.pick(PORTS) : ''}`;
  return {
    ...sent,
    target: line(`${authority}${random.chance(0.95) ? sent.target : random.pick(['', '?', '#', '/proxy.pac'])}`),
  };
}

/** What comes in the tunnel is sent behind the request at once, as clients in a hurry do. */
function tunnelCall(random: Random, house: House): Sent {
  const name = host(random);
  const port = random.pick(random.chance(0.8) ? SOUND : PORTS);
  const headers: Sent['headers'] = random.chance(0.1) ? { 'proxy-authorization': line(random.pick(VALUES)) } : {};
  return { method: 'CONNECT', target: line(`${name}${port}`), headers, body: inTunnel(random, house) };
}

function inTunnel(random: Random, house: House): Buffer {
  if (random.chance(0.2)) return Buffer.alloc(0);
  if (random.chance(0.2)) return random.bytes(1 + random.below(300));
  if (random.chance(0.2)) {
    const { method, target } = gatewayCall(random, house);
    return Buffer.from(
      `${method} ${line(target)} HTTP/1.1\r\nHost: cloudauth.aliyuncs.com\r\nConnection: close\r\n\r\n`,
    );
  }
  const hello = clientHello(random, host(random).slice(0, 200));
  const [changes, length] = [random.below(4), random.chance(0.3) ? random.below(hello.length) : hello.length];
  for (let at = 0; at < changes; at++) hello[random.below(hello.length)] = random.below(256);
  return Buffer.concat([hello.subarray(0, length), random.bytes(random.below(20))]);
}

const sized = (size: 1 | 2 | 3, ...parts: Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const length = Buffer.alloc(size);
  length.writeUIntBE(content.length, 0, size);
  return Buffer.concat([length, content]);
};
const extension = (kind: number, content: Uint8Array): Buffer => Buffer.concat([Buffer.of(0, kind), sized(2, content)]);

/** As a client of TLS 1.3 begins (RFC 8446, 4.1.2), in one record. */
function clientHello(random: Random, name: string): Buffer {
  const extensions = sized(
    2,
    extension(0x00, sized(2, Buffer.of(0), sized(2, Buffer.from(name)))),
    extension(0x0a, sized(2, Buffer.of(0x00, 0x1d))),
    extension(0x0d, sized(2, Buffer.of(0x04, 0x03, 0x08, 0x04))),
    extension(0x2b, sized(1, Buffer.of(0x03, 0x04, 0x03, 0x03))),
    extension(0x33, sized(2, Buffer.of(0x00, 0x1d), sized(2, random.bytes(32)))),
  );
  const ciphers = sized(2, Buffer.of(0x13, 0x01, 0x13, 0x02, 0xc0, 0x2b));
  const body = [Buffer.of(0x03, 0x03), random.bytes(32), sized(1), ciphers, sized(1, Buffer.of(0)), extensions];
  return Buffer.concat([Buffer.of(0x16, 0x03, 0x01), sized(2, Buffer.of(0x01), sized(3, ...body))]);
}
