/** Which addresses may be connected to, for downloads and callbacks alike. */
import { expect, test } from 'vitest';
import { isAllowed } from '../../src/outgoing/way-out.js';

test.each([
  ...['127.0.0.1', '127.8.9.1', '::1'].map((address) => [address, 'loopback', true] as const),
  ...['8.8.8.8', '2001:4860:4860::8888'].map((address) => [address, 'loopback', false] as const),
  ...['127.0.0.1', '::1', '8.8.8.8', '2001:4860:4860::8888'].map((address) => [address, 'public', true] as const),
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '100.100.100.200', '169.254.169.254', '172.31.0.1', '192.168.1.1'].map(
    (address) => [address, 'public', false] as const,
  ),
  ...['198.18.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255'].map((a) => [a, 'public', false] as const),
  ...['::', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::7f00:1', 'fe80::1', 'fd00::1', 'ff02::1'].map(
    (address) => [address, 'public', false] as const,
  ),
  ...['2002:7f00:1::', '2001:db8::1', '2001::1'].map((address) => [address, 'public', false] as const),
  // the borders of what is set apart
  ...['0.255.255.255', '100.127.255.255', '169.254.0.0', '172.16.0.0', '192.0.0.170', '192.0.2.1', '192.88.99.1'].map(
    (address) => [address, 'public', false] as const,
  ),
  ...['198.19.255.255', '198.51.100.1', '239.255.255.255', '240.0.0.1'].map((a) => [a, 'public', false] as const),
  ...['1.0.0.0', '100.63.255.255', '100.128.0.0', '169.253.255.255', '172.15.255.255', '172.32.0.0'].map(
    (address) => [address, 'public', true] as const,
  ),
  // IPv4 inside IPv6: mapped, compatible, translated, 6to4, Teredo
  ...['::ffff:7f00:1', '::ffff:a9fe:a9fe', '::127.0.0.1', '::7f00:1', '::808:808', '::ffff:0:127.0.0.1'].map(
    (address) => [address, 'public', false] as const,
  ),
  ...['64:ff9b::8.8.8.8', '64:ff9b:1::1', '2002:808:808::1', '2001:0:808:808::1'].map(
    (address) => [address, 'public', false] as const,
  ),
  // link-local with a zone, site-local, discarded, ORCHID, documentation, segment routing, and what nobody has
  ...['fe80::1%eth0', 'fec0::1', '100::1', '2001:20::1', '3fff::1', '5f00::1', '4000::1', '1fff::1'].map(
    (address) => [address, 'public', false] as const,
  ),
  ...['2000::1', '2400:3200::1', '2606:4700::1111', '3ffe::1'].map((address) => [address, 'public', true] as const),
  // other spellings of 127.0.0.1, 10.0.0.1 and 169.254.169.254; what is no address at all
  ...['0177.0.0.1', '0x7f.0.0.1', '127.1', '2130706433', '0x7f000001'].map((a) => [a, 'public', true] as const),
  ...['012.0.0.1', '0xa.1', '10.1', '167772161', '0xa9fea9fe', '2852039166'].map((a) => [a, 'public', false] as const),
  ...['', 'localhost', '256.1.1.1', '1.2.3.4.5', ':::', '08.8.8.8'].map((a) => [a, 'public', false] as const),
  ...['::ffff:127.0.0.1', '0.0.0.0', '::', '10.1'].map((address) => [address, 'loopback', false] as const),
  ...['127.0.0.1', '8.8.8.8'].map((address) => [address, 'none', false] as const),
  // hosts that are named: private networks too, and nothing else that is set apart
  ...['10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.0.1', 'fd00::1', 'fc00::1', '012.0.0.1', '10.1'].map(
    (address) => [address, 'private', true] as const,
  ),
  ...['127.0.0.1', '::1', '8.8.8.8', '2001:4860:4860::8888'].map((address) => [address, 'private', true] as const),
  ...['169.254.169.254', '0xa9fea9fe', '2852039166', '100.100.100.200', '100.64.0.1', '0.0.0.0', '192.0.0.192'].map(
    (address) => [address, 'private', false] as const,
  ),
  ...['fe80::1', 'fe80::a9fe:a9fe', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', 'ff02::1', '::'].map(
    (address) => [address, 'private', false] as const,
  ),
  ...['172.15.255.255', '172.32.0.0', '224.0.0.1', '255.255.255.255', '198.18.0.1'].map(
    (address) => [address, 'private', address.startsWith('172')] as const,
  ),
  // metadata services that no range tells
  ...[
    '168.63.129.16',
    'fd00:ec2::254',
    'fd00:0ec2:0:0::254',
    'fd20:ce::254',
    'fd00:c1::a9fe:a9fe',
    'fd00:42::42',
  ].flatMap((address) =>
    (['public', 'private', 'elsewhere'] as const).map((reach) => [address, reach, false] as const),
  ),
])('%s with policy %s: %s', (address, policy, allowed) => {
  expect(isAllowed({ address, family: address.includes(':') ? 6 : 4 }, policy)).toBe(allowed);
});
