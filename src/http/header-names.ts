/**
 * Header names as the vendor's servers write them: `Content-Type`, `ETag`, `x-acs-request-id`. Names have no case in
 * HTTP, but the vendor's .NET SDK looks them up as they are written, and finds no body type and no ETag otherwise.
 */
import { type IncomingMessage, type OutgoingHttpHeader, ServerResponse } from 'node:http';

/** Those that are more than words with a capital each. */
const known = new Map([
  ['etag', 'ETag'],
  ['content-md5', 'Content-MD5'],
  ['www-authenticate', 'WWW-Authenticate'],
]);

/** @param name in any case; `x-…` stays in lower case */
export function writtenName(name: string): string {
  let written = known.get(name);
  if (written === undefined) {
    written = name.startsWith('x-') ? name : name.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase());
    // names come from our own code; those of objects may be anybody's
    if (known.size < 100) known.set(name, written);
  }
  return written;
}

/** Node's own clients take heads of 16 KB, others of 8. What is longer than this is cut: nothing but what a client sent is. */
const LONGEST_VALUE = 8 * 1024;

const bounded = (value: unknown): unknown =>
  typeof value === 'string' && value.length > LONGEST_VALUE ? value.slice(0, LONGEST_VALUE) : value;

/** Writes every head that leaves a socket, whoever answers: gateway, OSS, pages, a fault. */
export class Reply extends ServerResponse<IncomingMessage> {
  override writeHead(status: number, ...rest: unknown[]): this {
    const headers = rest.at(-1);
    if (headers !== null && typeof headers === 'object') rest[rest.length - 1] = written(headers);
    return super.writeHead(status, ...(rest as [OutgoingHttpHeader[]]));
  }
}

/** @returns pairs, flat: made faster than an object, and Node takes either */
function written(headers: object): unknown[] {
  // pairs, flat: a header that comes more than once is written so
  if (Array.isArray(headers))
    return headers.map((item, index) => (index % 2 === 0 ? writtenName(String(item)) : bounded(item)));
  const pairs: unknown[] = [];
  for (const name in headers) pairs.push(writtenName(name), bounded((headers as Record<string, unknown>)[name]));
  return pairs;
}
