/** GetObject. */
import type { Hint } from '../../platform/hint.js';
import { ossAddress } from '../../verification/picture.js';
import { ossError } from '../errors.js';
import type { ObjectInfo } from '../object-store.js';
import type { OssCall, OssResult } from './call.js';
import { describe, found, isUnchanged } from './stored.js';

/** What a query may say instead of the object (GetObject's page): `response-content-type` and so on. */
const OVERRIDES = [
  ...['content-type', 'content-language', 'expires', 'cache-control', 'content-disposition', 'content-encoding'],
];

/** OSS does not send these. Here objects share an origin with the pages and the control side, so no script in them may run. */
const INERT = { 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff' };

export async function getObject(call: OssCall): Promise<OssResult> {
  const { request, caller, objects } = call;
  const object = await found(call);
  if (isUnchanged(call, object)) return { status: 304, headers: { etag: `"${object.etag}"` } };
  if (!(await objects.isWhole(object))) throw ossError('InternalError', {}, undefined, goneHint(object));
  const headers = { ...describe(object), ...overridden(call), ...INERT };
  const range = rangeOf(request.headers, object.size);
  const [start, end] = range ?? [0, object.size - 1];
  return {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      'content-length': String(end - start + 1),
      ...(range && { 'content-range': `bytes ${start}-${end}/${object.size}` }),
    },
    body: objects.read(caller.account, object, start, end),
  };
}

/** Masked, for it is logged: a path may be a VerifyToken, a name an ID number. */
const goneHint = ({ bucket, key }: ObjectInfo): Hint => ['oss-bytes-gone', { object: ossAddress(bucket, key) }];

function overridden({ caller }: OssCall): Record<string, string> {
  return Object.fromEntries(
    OVERRIDES.flatMap((name): [string, string][] => {
      const value = caller.params.get(`response-${name}`);
      if (value === undefined) return [];
      if (/[\x00-\x1f\x7f]/.test(value))
        throw ossError('InvalidArgument', { ArgumentName: `response-${name}`, ArgumentValue: value });
      // bytes of UTF-8, as they would be sent: Node takes no other characters
      return [[name, Buffer.from(value).toString('latin1')]];
    }),
  );
}

/**
 * A range that is not within the object gives all of it; with `x-oss-range-behavior: standard` its end is cut, and a
 * start beyond the object is an error (OSS's page on range downloads).
 * @returns first and last byte. @throws OssError InvalidRange
 */
function rangeOf(headers: Readonly<Record<string, string>>, size: number): [start: number, end: number] | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const standard = headers['x-oss-range-behavior'] === 'standard';
  const [from, to] = [match[1]!, match[2]!];
  const start = from === '' ? size - Number(to) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Number(to);
  if (standard && start >= size)
    throw ossError('InvalidRange', { RangeHeader: headers.range!, ActualObjectSize: String(size) });
  if (standard && start <= end) return [Math.max(start, 0), Math.min(end, size - 1)];
  return start >= 0 && start <= end && end < size ? [start, end] : undefined;
}
