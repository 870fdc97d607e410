// Requests as raw HTTP for keep-alive connections, signed before the clock runs; each RPC and ACS3 request has its own nonce.
import { randomUUID } from 'node:crypto';
import { acs3, ossPut, rpcForm } from './signing.mjs';

/** The headers pop-core sends. */
const POP_CORE = { 'User-Agent': 'bench', Accept: '*/*', 'Accept-Encoding': 'identity' };
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const hostOf = (port) => `127.0.0.1:${port}`;

function raw(line, headers, body) {
  const all = { ...headers, 'Content-Length': body.length, Connection: 'keep-alive' };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${head.join('')}\r\n`, 'latin1'), body]);
}

export function rpcRequest(port, params) {
  const named = { 'x-acs-action': params.Action, 'x-acs-version': params.Version };
  return raw('POST /', { Host: hostOf(port), ...POP_CORE, ...named, ...FORM }, Buffer.from(rpcForm(params)));
}

export function acs3Request(port, { Action, Version, ...params }) {
  const { headers, body } = acs3(hostOf(port), Action, Version, params);
  return raw('POST /', { ...headers, 'User-Agent': 'bench', Accept: 'application/json' }, Buffer.from(body));
}

/** A PutObject of that many bytes, into the folder that the credentials are good for. */
export function putRequest(sts, name, bytes) {
  const key = sts.Path + name;
  return raw(`PUT /${sts.BucketName}/${key}`, { Host: '127.0.0.1', ...ossPut(sts, key) }, Buffer.alloc(bytes, name));
}

export const getRequest = (port, path) => raw(`GET ${path}`, { Host: hostOf(port), Accept: '*/*' }, Buffer.alloc(0));

export const GET_VERIFY_TOKEN = () => ({
  Action: 'GetVerifyToken',
  Version: '2017-11-17',
  RegionId: 'cn-hangzhou',
  Biz: 'RPBasic',
  TicketId: randomUUID(),
});

/** The call that most benchmarks make: POST GetVerifyToken, signed with RPC 1.0. */
export const signedRequest = (port) => rpcRequest(port, GET_VERIFY_TOKEN());
export const signedRequests = (port, count) => Array.from({ length: count }, () => signedRequest(port));
