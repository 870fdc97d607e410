/** What comes with an upload: its properties, and whether all of it has arrived. */
import { ossError } from '../errors.js';
import type { Check, NewObject } from '../object-store.js';
import type { OssCall } from './call.js';

/** The client ended the connection before its body: there is nobody to answer. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/** The body; its failures become ClientGone, to be told from the emulator's own. @throws ClientGone */
export async function* bodyOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await source.next().catch((cause) => {
        throw new ClientGone('the body ended early', { cause });
      });
      if (done) return;
      yield value;
    }
  } finally {
    await source.return?.();
  }
}

/** @throws OssError MissingContentLength: neither a length nor chunks (OSS's table, 411) */
export function requireLength({ request }: OssCall): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (length === undefined && encoding === undefined) throw ossError('MissingContentLength');
}

/** @returns bytes; undefined when they come in chunks */
export function announced({ request }: OssCall): number | undefined {
  const { 'content-length': length = '' } = request.headers;
  return /^\d+$/.test(length) ? Number(length) : undefined;
}

/** What the headers promise of the body. @throws OssError InvalidDigest when Content-MD5 is no MD5 */
export function promised({ request }: OssCall): Check {
  const { 'content-md5': given, 'content-length': length } = request.headers;
  if (given !== undefined && !/^[A-Za-z0-9+/]{22}==$/.test(given)) throw invalidDigest(given);
  return ({ md5, size }) => {
    if (length !== undefined && Number(length) !== size) throw ossError('IncompleteBody');
    if (given !== undefined && md5.toString('base64') !== given) throw invalidDigest(given);
  };
}

const invalidDigest = (given: string) => ossError('InvalidDigest', { 'Content-MD5': given });

/** A GET gives them back as they came (PutObject's page). */
const KEPT = ['cache-control', 'content-disposition', 'content-encoding', 'content-language', 'expires'];
const META = /^x-oss-meta-[a-z0-9-]+$/;
/** Of all user metadata, names and values (OSS, 0011-00000002). Counting the other kept headers as well is a choice of this emulator. */
const MAX_KEPT_BYTES = 8 * 1024;
/** What Node sends as a header value. */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * @param headers names in lower case
 * @throws OssError InvalidArgument for user metadata that are too long or have another name (OSS, 0011-00000004); that it
 * is this code is guessed
 */
export function propertiesOf(headers: Iterable<readonly [string, string]>): Pick<NewObject, 'contentType' | 'headers'> {
  const all = [...headers];
  const isMeta = (name: string) => name.startsWith('x-oss-meta-');
  const odd = all.find(([name]) => isMeta(name) && !META.test(name));
  if (odd)
    throw ossError(
      'InvalidArgument',
      { ArgumentName: odd[0], ArgumentValue: odd[1].slice(0, 100) },
      undefined,
      'oss-meta-name',
      '0011-00000004',
    );
  const kept = all.filter(([name, value]) => (KEPT.includes(name) || isMeta(name)) && SENDABLE.test(value));
  const contentType = all.find(([name, value]) => name === 'content-type' && value !== '' && SENDABLE.test(value))?.[1];
  const bytes = kept.reduce((sum, [name, value]) => sum + name.length + value.length, contentType?.length ?? 0);
  if (bytes >= MAX_KEPT_BYTES) throw ossError('InvalidArgument', {}, undefined, 'oss-meta-size', '0011-00000002');
  return { contentType, headers: Object.fromEntries(kept) };
}

/**
 * Asked before the bytes are read, to refuse early; the store checks again when it stores them.
 * @param forbid value of `x-oss-forbid-overwrite`. @throws OssError FileAlreadyExists
 */
export async function mustBeNew(
  { caller, objects }: OssCall,
  key: string,
  forbid: string | undefined,
): Promise<boolean> {
  if (forbid !== 'true') return false;
  if (await objects.find(caller.account, caller.bucket, key)) throw ossError('FileAlreadyExists', { Key: key });
  return true;
}
