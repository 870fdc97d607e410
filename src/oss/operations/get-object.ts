/** GetObject, HeadObject and GetObjectMeta. */
import { ossError } from '../errors.js';
import type { ObjectInfo } from '../object-store.js';
import type { OssCall, OssResult } from './call.js';
import { checksums } from './put-object.js';

/** What a query may say instead of the object (GetObject's page): `response-content-type` and so on. */
const OVERRIDES = [
  ...['content-type', 'content-language', 'expires', 'cache-control', 'content-disposition', 'content-encoding'],
];

/** Not OSS's: here objects share an origin with the pages and the control side, and must run nothing there. */
const INERT = { 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff' };

async function found({ caller, objects }: OssCall): Promise<ObjectInfo> {
  const object = await objects.find(caller.account, caller.bucket, caller.key);
  if (!object) throw ossError('NoSuchKey', { Key: caller.key });
  return object;
}

const lastModified = ({ modifiedAt }: ObjectInfo): string => new Date(modifiedAt).toUTCString();

const describe = (object: ObjectInfo): Record<string, string> => ({
  ...object.headers,
  ...checksums(object),
  'content-type': object.contentType,
  'accept-ranges': 'bytes',
  'last-modified': lastModified(object),
  'x-oss-object-type': object.etag.includes('-') ? 'Multipart' : 'Normal',
  'x-oss-storage-class': 'Standard',
});

export async function getObject(call: OssCall): Promise<OssResult> {
  const { request, caller, objects } = call;
  const object = await found(call);
  if (isUnchanged(call, object)) return { status: 304, headers: { etag: `"${object.etag}"` } };
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

export async function headObject(call: OssCall): Promise<OssResult> {
  const object = await found(call);
  if (isUnchanged(call, object)) return { status: 304, headers: { etag: `"${object.etag}"` } };
  return { status: 200, headers: { ...describe(object), 'content-length': String(object.size) } };
}

/** Of a GET as well as of a HEAD: it has no body, and yet a length (GetObjectMeta's page). */
export async function getObjectMeta(call: OssCall): Promise<OssResult> {
  const object = await found(call);
  return {
    status: 200,
    headers: {
      etag: `"${object.etag}"`,
      'last-modified': lastModified(object),
      'content-length': call.request.method === 'HEAD' ? String(object.size) : '0',
    },
  };
}

/** @returns whether the client has it already. @throws OssError PreconditionFailed */
function isUnchanged({ request }: OssCall, { etag, modifiedAt }: ObjectInfo): boolean {
  const { headers } = request;
  const same = (given: string) => given.replaceAll('"', '').toUpperCase() === etag;
  // Last-Modified has whole seconds
  const changedSince = (given: string) => Math.floor(modifiedAt / 1000) > Date.parse(given) / 1000;
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  const { 'if-unmodified-since': unmodified, 'if-modified-since': modified } = headers;
  if (match !== undefined && match !== '*' && !same(match))
    throw ossError('PreconditionFailed', { Condition: 'If-Match' });
  if (unmodified !== undefined && changedSince(unmodified))
    throw ossError('PreconditionFailed', { Condition: 'If-Unmodified-Since' });
  if (noneMatch !== undefined) return noneMatch === '*' || same(noneMatch);
  return modified !== undefined && !Number.isNaN(Date.parse(modified)) && !changedSince(modified);
}

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
