/**
 * `other.example` as a host of the open internet: it has a public address, and connections to it end at this machine. For
 * tests, which have no internet; imported here, or by `node --import` in a process that is tried.
 */
import dns from 'node:dns/promises';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const { lookup } = dns;
const { connect } = net.Socket.prototype;

/** Names and their addresses; a test may add some. */
export const elsewhere = new Map([['other.example', ['8.8.8.8']]]);
/** Names that were asked for. */
export const asked = [];

dns.lookup = async (host, options) => {
  asked.push(host);
  const found = elsewhere.get(host);
  return found ? found.map((address) => ({ address, family: net.isIP(address) })) : lookup(host, options);
};
net.Socket.prototype.connect = function (...args) {
  const [options, ...rest] = Array.isArray(args[0]) ? args[0] : args;
  if (options?.host !== 'other.example') return connect.apply(this, args);
  return connect.call(this, { ...options, host: '127.0.0.1', lookup: undefined }, ...rest.filter(Boolean));
};
syncBuiltinESMExports();
