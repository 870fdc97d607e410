/** Signs and sends a variant with code of its own: a client that has never seen the emulator's. */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { CloudauthMock } from '../../src/index.js';
import type { Promised } from './oracle.js';
import type { Variant } from './variants.js';

const KEY = { id: 'LTAImockConformance', secret: 'cloudauth-mock-secret' };
const HOST = 'cloudauth.aliyuncs.com';

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
const joined = (params: Readonly<Record<string, string>>): string =>
  Object.keys(params)
    .sort()
    .map((name) => `${encode(name)}=${encode(params[name]!)}`)
    .join('&');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export interface Answered {
  readonly status: number;
  readonly text: string;
}

export async function send(mock: Pick<CloudauthMock, 'fetch'>, promise: Promised, variant: Variant): Promise<Answered> {
  const response = await mock.fetch((variant.way.scheme === 'RPC' ? rpc : acs3)(promise, variant));
  return { status: response.status, text: await response.text() };
}

function rpc({ name, version }: Promised, { way: { method, place, format }, params }: Variant): Request {
  const all: Record<string, string> = {
    ...{ Action: name, Version: version, Format: format, AccessKeyId: KEY.id, SignatureNonce: randomUUID() },
    ...{
      SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0',
      Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
    },
    ...params,
  };
  const toSign = `${method}&%2F&${encode(joined(all))}`;
  const Signature = createHmac('sha1', `${KEY.secret}&`).update(toSign).digest('base64');
  const sent = joined({ ...all, Signature });
  return place === 'query'
    ? new Request(`https://${HOST}/?${sent}`, { method })
    : new Request(`https://${HOST}/`, { method, body: new URLSearchParams(sent) });
}

function acs3({ name, version }: Promised, { way: { method, place, format }, params }: Variant): Request {
  const query = joined({ ...(place === 'query' ? params : {}), Format: format });
  const body = place === 'form' ? joined(params) : '';
  const headers: Record<string, string> = {
    host: HOST,
    'x-acs-action': name,
    'x-acs-version': version,
    'x-acs-date': `${new Date().toISOString().slice(0, 19)}Z`,
    'x-acs-signature-nonce': randomUUID(),
    'x-acs-content-sha256': sha256(body),
    ...(body && { 'content-type': 'application/x-www-form-urlencoded' }),
  };
  const names = Object.keys(headers).sort();
  const signed = names.join(';');
  const lines = names.map((each) => `${each}:${headers[each]}\n`).join('');
  const canonical = [method, '/', query, lines, signed, sha256(body)].join('\n');
  const signature = createHmac('sha256', KEY.secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${KEY.id},SignedHeaders=${signed},Signature=${signature}`;
  return new Request(`https://${HOST}/?${query}`, {
    method,
    headers: { ...headers, authorization },
    ...(body && { body }),
  });
}
