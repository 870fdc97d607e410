/**
 * Reads multipart/form-data from memory. The platform's own reader refuses what clients do send: a name without quotes
 * (.NET), a file name as `filename*` (.NET, older Python), bytes behind the last boundary. Why no library does it:
 * docs/decisions/0020.
 */
import { percentDecode } from '../platform/url-text.js';

/** One field of a form. */
export interface FormPart {
  readonly name: string;
  /** Undefined: it is no file. */
  readonly filename: string | undefined;
  /** Its Content-Type, as sent; empty when there is none. */
  readonly type: string;
  readonly bytes: Buffer;
  /** Whether a line end stood between these bytes and the boundary, as it should. */
  readonly closed: boolean;
}

/** More than any form has: each field costs a search. */
const MAX_PARTS = 1000;
/** RFC 2046. A search for a long one that nearly repeats itself takes minutes. */
const MAX_BOUNDARY = 70;
const MAX_HEADER_BYTES = 16 * 1024;

/** @returns undefined when the body is not well-formed. @param contentType the request's @param cut only its beginning is there */
export function readMultipart(contentType: string, body: Buffer, cut = false): FormPart[] | undefined {
  const boundary = parameter(contentType, 'boundary');
  if (!boundary || boundary.length > MAX_BOUNDARY) return undefined;
  const delimiter = `--${boundary}`;
  const parts: FormPart[] = [];
  const begun = body.toString('latin1', 0, delimiter.length) === delimiter;
  let at = begun ? 0 : after(body, `\r\n${delimiter}`, 0) - delimiter.length;
  while (at >= 0 && parts.length < MAX_PARTS) {
    const start = at + delimiter.length;
    if (body.toString('latin1', start, start + 2) === '--') return parts;
    const headersAt = after(body, '\r\n', start);
    const bytesAt = headersAt < 0 ? -1 : after(body, '\r\n\r\n', headersAt - 2);
    const end = bytesAt < 0 ? -1 : body.indexOf(`\r\n${delimiter}`, bytesAt - 2, 'latin1');
    const isLast = cut && bytesAt >= 0 && end < 0;
    const next = isLast ? body.length : end;
    if (next < 0 || bytesAt - headersAt > MAX_HEADER_BYTES) return undefined;
    const head = body.toString('utf8', headersAt, bytesAt);
    const bytes = body.subarray(bytesAt, next);
    // no client picks a boundary its file contains, still less with the next field's header behind it
    const unclosed = bytes.indexOf(`${delimiter}\r\nContent-Disposition: form-data;`, 0, 'latin1');
    const part = head.includes(delimiter) ? undefined : partOf(head);
    if (!part) return undefined;
    const closed = unclosed < 0 && next >= bytesAt;
    parts.push({ ...part, closed, bytes: unclosed < 0 ? bytes : bytes.subarray(0, unclosed) });
    if (isLast) return parts;
    at = unclosed < 0 ? next + 2 : bytesAt + unclosed;
  }
  return undefined;
}

/** @returns where what follows `text` begins; negative: it is not there */
function after(body: Buffer, text: string, from: number): number {
  const found = body.indexOf(text, from, 'latin1');
  return found < 0 ? Number.NEGATIVE_INFINITY : found + text.length;
}

function partOf(head: string): Pick<FormPart, 'name' | 'filename' | 'type'> | undefined {
  const disposition = /^content-disposition:[\t ]*form-data[\t ]*(;.*)$/im.exec(head)?.[1] ?? '';
  const name = parameter(disposition, 'name');
  if (name === undefined) return undefined;
  const extended = /^utf-8'[^']*'(.*)$/i.exec(parameter(disposition, 'filename*') ?? '')?.[1];
  const filename = (extended === undefined ? undefined : percentDecode(extended)) ?? parameter(disposition, 'filename');
  return { name, filename, type: /^content-type:(.*)$/im.exec(head)?.[1]?.trim() ?? '' };
}

/** Value of `; name=value` or `; name="value"`. Browsers write quotes and line ends inside as `%22`, `%0D`, `%0A`. */
function parameter(text: string, name: string): string | undefined {
  const pattern = /;[\t ]*([^=;"\s]+)[\t ]*=[\t ]*(?:"((?:\\["\\]|\\(?!["\\])|[^"\\])*)"|([^;"\s]*))/g;
  for (const [, found, quoted, bare] of text.matchAll(pattern)) {
    if (found!.toLowerCase() !== name) continue;
    return (
      bare ??
      quoted!.replace(/%0A|%0D|%22|\\(["\\])/gi, (part, escaped?: string) => escaped ?? decodeURIComponent(part))
    );
  }
  return undefined;
}
