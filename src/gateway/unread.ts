/** What of a call is not read, or not as documented. Asked of every call, so it is cheap; what to say of it is loaded when there is something. */
import type { HintName } from '../platform/hint.js';
import { COMMON_PARAMS } from './common-params.js';
import type { Fields } from './fields.js';
import type { AnyOperation, RawParams, Version } from './operation.js';
import type { RpcRequest } from './request.js';

/** Public parameters of the documents, what SDKs send of themselves, and what SAF's one Action wraps its own in. */
export const PUBLIC_NAMES: ReadonlySet<string> = new Set([
  ...COMMON_PARAMS,
  ...['ServiceCode', 'ClientToken', 'AcceptLanguage', 'SecurityTransport'],
  ...['Service', 'ServiceParameters', 'method'],
]);

/** What is known of a call when it is over. */
export interface Over {
  readonly version?: Version;
  readonly operation?: AnyOperation;
  /** The operation's own, once it was found: for SAF the members of ServiceParameters. */
  readonly params?: RawParams;
}

/** A body that can hold no parameters of an RPC call. */
export const isBodyUnread = ({ scheme, body, headers }: RpcRequest): boolean =>
  scheme === 'RPC' && body.length > 0 && !/^application\/x-www-form-urlencoded/i.test(headers['content-type'] ?? '');

/** SAF's documents say POST; SDKs that are not told send GET. */
export const isGetOfSaf = ({ method }: RpcRequest, version: Version | undefined): boolean =>
  method === 'GET' && version?.product === 'saf';

/** Whether there is something to say of it, were it a success. */
export function isOdd(
  request: RpcRequest,
  { version, operation, params }: Over,
  noted: ReadonlySet<HintName>,
): boolean {
  if (isBodyUnread(request) || request.repeated !== undefined) return true;
  if (isGetOfSaf(request, version) && !noted.has('saf-by-get')) return true;
  if (!operation || !params) return false;
  if (unreadNames(params, operation.params).length > 0) return true;
  return params !== request.params && unreadNames(request.params).length > 0;
}

/** More are no slip of the pen. */
const MOST = 20;
const NONE: readonly string[] = [];
const NO_FIELDS: Fields = {};

/** Names nothing is read under. */
export function unreadNames(params: RawParams, fields: Fields = NO_FIELDS): readonly string[] {
  let unread: string[] | undefined;
  const read = namesOf(fields);
  for (const name of params.keys()) {
    if (read.has(name) || isInList(fields, name)) continue;
    unread ??= [];
    unread.push(name);
    if (unread.length === MOST) break;
  }
  return unread ?? NONE;
}

/** Known from the contract, so made once. */
const known = new WeakMap<Fields, ReadonlySet<string>>();

function namesOf(fields: Fields): ReadonlySet<string> {
  let names = known.get(fields);
  if (!names) {
    names = new Set([...PUBLIC_NAMES, ...Object.keys(fields)]);
    known.set(fields, names);
  }
  return names;
}

/** `Material.1.Value`, as parse.ts reads it. */
function isInList(fields: Fields, name: string): boolean {
  const [, base = '', member] = /^(\w+)\.[1-9]\d{0,3}(?:\.(\w+))?$/.exec(name) ?? [];
  const field = Object.hasOwn(fields, base) ? fields[base] : undefined;
  if (field?.kind !== 'list') return false;
  return field.item.kind === 'struct' ? member !== undefined && Object.hasOwn(field.item.fields, member) : !member;
}
