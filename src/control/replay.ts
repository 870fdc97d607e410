/**
 * A call of the journal made again: what was sent, byte by byte, but for what a signature is made of, which is made anew.
 * Nonces are taken once and times are over after a quarter of an hour, so as it was it could not be answered again.
 */
import { createHash } from 'node:crypto';
import { type AccessKey, DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import { claimedAccessKeyId, RPC_PARAMS } from '../gateway/common-params.js';
import type { GatewayDeps } from '../gateway/gateway.js';
import { assemble, type RpcRequest } from '../gateway/request.js';
import { acs3Signature, acs3StringToSign, canonicalRequest, parseAuthorization } from '../gateway/signature-acs3.js';
import { signLong } from '../gateway/signature-rpc.js';
import { isoSeconds } from '../platform/clock.js';
import { percentEncode } from '../platform/url-text.js';
import type { Journal } from './journal.js';
import { type Control, ControlError } from './verbs.js';

export interface ReplayDeps {
  readonly gateway: Pick<GatewayDeps, 'accounts' | 'callers' | 'ids' | 'wallClock'>;
  readonly journal: Pick<Journal, 'request' | 'entry'>;
  /** Answers a call that no client has sent. @returns its number in the journal */
  again(request: RpcRequest): Promise<number | undefined>;
}

export const replaying =
  ({ gateway: { accounts, callers, ids, wallClock }, journal, again }: ReplayDeps): Control['replay'] =>
  async (account, id, lang) => {
    const request = await journal.request(account, id);
    if (!request) throw new ControlError(`no request ${id} in the journal of ${account}`, 404);
    if (request.tooLarge)
      throw new ControlError('of a call over 8 MB only its address is kept: it cannot be made again', 409);
    const accessKeyId = keyOf(request, account, accounts.keys);
    const secret = (await callers(accessKeyId))?.secret ?? '';
    const made = await again(
      await replayed(request, id, { accessKeyId, secret, nonce: ids.token(), at: wallClock.now() }),
    );
    const entry = made === undefined ? undefined : await journal.entry(account, made, lang);
    if (!entry) throw new ControlError('it was made again, and is in the journal no longer', 409);
    return entry;
  };

interface SignedAnew {
  /** Whose key it is signed with. */
  readonly accessKeyId: string;
  /** Empty where nobody here knows it: then its signature is not checked, or the key is refused anyway. */
  readonly secret: string;
  readonly nonce: string;
  /** Wall clock, ms. */
  readonly at: number;
}

/** The key it is made again with: its own, or where it had none the first one of its account. */
function keyOf(request: RpcRequest, account: string, keys: readonly AccessKey[]): string {
  const own = keys.find((key) => (key.account ?? DEFAULT_ACCOUNT) === account);
  return claimedAccessKeyId(request) || own?.id || account;
}

/** @param id the journal's number of the call */
async function replayed(request: RpcRequest, id: number, signed: SignedAnew): Promise<RpcRequest> {
  const again = request.scheme === 'ACS3' ? byHeaders(request, signed) : await byParams(request, signed);
  return { ...again, replayOf: id };
}

const isForm = ({ headers }: RpcRequest): boolean =>
  (headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded');

const MADE = new Set<string>(RPC_PARAMS);

function nameOf(pair: string): string {
  const name = pair.split('=', 1)[0]!;
  return /[%+]/.test(name) ? [...new URLSearchParams(name).keys()][0]! : name;
}

async function byParams(request: RpcRequest, { accessKeyId, secret, nonce, at }: SignedAnew): Promise<RpcRequest> {
  // refused for its size before anybody looks at its signature
  if (request.excess !== undefined) return request;
  const without = (text: string) => text.split('&').filter((pair) => pair !== '' && !MADE.has(nameOf(pair)));
  const made = new Map<string, string>([
    ['AccessKeyId', accessKeyId],
    ['SignatureMethod', 'HMAC-SHA1'],
    ['SignatureVersion', '1.0'],
    ['SignatureNonce', nonce],
    ['Timestamp', isoSeconds(at)],
  ]);
  const own = [...request.params].filter(([name]) => !MADE.has(name));
  made.set('Signature', (await signLong(request.method, new Map([...own, ...made]), secret)).signature);
  const pairs = [...made].map(([name, value]) => `${name}=${percentEncode(value)}`);
  // where the first one had them: a body of JSON stays one
  const isInBody = isForm(request) && request.body.length > 0;
  const query = [...without(request.query), ...(isInBody ? [] : pairs)].join('&');
  const body = isInBody
    ? Buffer.from([...without(request.body.toString('latin1')), ...pairs].join('&'), 'latin1')
    : request.body;
  return sent(request, query, request.headers, body);
}

function byHeaders(request: RpcRequest, { accessKeyId, secret, nonce, at }: SignedAnew): RpcRequest {
  const { authorization = '', ...own } = request.headers;
  const headers: Record<string, string> = {
    ...own,
    'x-acs-date': isoSeconds(at),
    'x-acs-signature-nonce': nonce,
    'x-acs-content-sha256': createHash('sha256').update(request.body).digest('hex'),
  };
  const names = Object.keys(headers).filter((name) => name.startsWith('x-acs-'));
  const before = parseAuthorization(authorization)?.signedHeaders ?? [];
  const signedHeaders = [...new Set(['host', ...names, ...before])].sort();
  const unsigned = sent(request, request.query, headers, request.body);
  const signature = acs3Signature(acs3StringToSign(canonicalRequest(unsigned, signedHeaders)), secret);
  const credential = `Credential=${accessKeyId},SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`;
  return sent(request, request.query, { ...headers, authorization: `ACS3-HMAC-SHA256 ${credential}` }, request.body);
}

const sent = (
  { method, path, host, tooLarge, overSocket }: RpcRequest,
  query: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): RpcRequest => assemble(method, query === '' ? path : `${path}?${query}`, host, headers, body, tooLarge, overSocket);
