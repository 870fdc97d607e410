/** What a client sent and the operation does not read: a misspelt name, a value that counts for nothing. */
import { nearest } from '../platform/nearest.js';
import { maskIdNumbers } from '../platform/redact.js';
import type { Fields } from './fields.js';
import type { AnyOperation, RawParams } from './operation.js';
import type { RpcRequest } from './request.js';

/** Of every call, those that SDKs add by themselves included. */
const PUBLIC = new Set([
  ...['Action', 'Version', 'Format', 'AccessKeyId', 'SecurityToken', 'Timestamp', 'RegionId'],
  ...['Signature', 'SignatureMethod', 'SignatureVersion', 'SignatureNonce', 'SignatureType'],
  ...['Lang', 'SourceIp', 'ClientToken', 'AcceptLanguage', 'OwnerId', 'OwnerAccount'],
  ...['ResourceOwnerId', 'ResourceOwnerAccount', 'BearerToken', 'SecurityTransport'],
  // of SAF's one Action
  ...['Service', 'ServiceParameters', 'method'],
]);
const MOST_NAMED = 3;

/** @param params the operation's own, as they were located. @returns hints */
export function notRead(
  request: RpcRequest,
  { name: operation, params: fields }: AnyOperation,
  params: RawParams,
): string[] {
  const hints: string[] = [];
  if (request.repeated !== undefined)
    hints.push(`${shown(request.repeated)} was sent twice, and the first value counts`);
  for (const name of unread(params, fields)) {
    const meant = nearest(name.slice(0, 60), Object.keys(fields));
    hints.push(`${shown(name)} is not read by ${operation}${meant ? `: did you mean ${meant}?` : ''}`);
    if (hints.length >= MOST_NAMED) return hints;
  }
  if (params === request.params) return hints;
  for (const name of unread(request.params, {})) {
    hints.push(`${shown(name)} is not read outside ServiceParameters`);
    if (hints.length >= MOST_NAMED) return hints;
  }
  return hints;
}

function* unread(params: RawParams, fields: Fields): Iterable<string> {
  for (const name of params.keys()) if (!PUBLIC.has(name) && !isRead(fields, name)) yield name;
}

/** `Biz`, or of a list `Material.1.Value`, as parse.ts reads them. */
function isRead(fields: Fields, name: string): boolean {
  if (Object.hasOwn(fields, name)) return true;
  const [, base = '', member] = /^(\w+)\.[1-9]\d{0,3}(?:\.(\w+))?$/.exec(name) ?? [];
  const field = Object.hasOwn(fields, base) ? fields[base] : undefined;
  if (field?.kind !== 'list') return false;
  return field.item.kind === 'struct' ? member !== undefined && Object.hasOwn(field.item.fields, member) : !member;
}

const shown = (name: string): string => maskIdNumbers(name.slice(0, 40));
