/** What Node's HTTP parser refused still gets a documented shape, in the format the unreadable request seems to ask for. */
import { STATUS_CODES } from 'node:http';
import type { ApiError } from './errors.js';
import { type ErrorSource, failureDocument } from './failure.js';
import { gatewayError } from './gateway-errors.js';
import { formatOf, versionOf } from './identify.js';
import type { Registry } from './operation.js';
import { CONTENT_TYPES, render } from './render.js';
import { assemble } from './request.js';

/** The code of an error that is none of the parser's: plain http came to the port of https. */
export const HTTP_ON_TLS = 'HTTP_ON_TLS';

interface ParserError {
  readonly code?: string;
  readonly message: string;
  readonly rawPacket?: Buffer;
}

/** @returns a whole HTTP response, as text for the socket */
export async function refusedResponse(
  error: ParserError,
  requestId: string,
  { registry, errors }: { readonly registry: Registry; readonly errors: ErrorSource },
  extra: Record<string, string>,
): Promise<string> {
  const request = readWhatCame(error.rawPacket ?? Buffer.alloc(0));
  const version = registry.find(versionOf(request));
  const format = formatOf(request, version);
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const document = failureDocument(refusal(error), version, request.host, { format, requestId }, errors);
  const body = await render(document, format, versionOf(request));
  const status = tooLarge ? 431 : 400;
  const headers = {
    'Content-Type': CONTENT_TYPES[format],
    'x-acs-request-id': requestId,
    ...extra,
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${request.method === 'HEAD' ? '' : body}`;
}

function refusal(error: ParserError): ApiError {
  return gatewayError(
    'InvalidParameter',
    { Reason: reasonOf(error) },
    error.code ? ['unreadable', { code: error.code }] : undefined,
  );
}

function reasonOf({ code, message }: ParserError): string {
  if (code === 'HPE_HEADER_OVERFLOW') return 'the request line and headers are larger than 8 MB';
  if (code === HTTP_ON_TLS) return message;
  if (code === 'HPE_INVALID_URL') return 'the request target holds raw bytes; percent-encode it as UTF-8';
  return `the HTTP request cannot be read (${message.replace(/^Parse Error: /, '')})`;
}

/** The request line and the first headers can often be read although a later byte cannot. */
function readWhatCame(packet: Buffer) {
  const [requestLine = '', ...lines] = packet.toString('latin1').slice(0, 65_536).split('\r\n');
  const [method = 'GET', target = '/'] = requestLine.split(' ');
  const end = lines.indexOf('');
  const headers: Record<string, string> = {};
  for (const line of lines.slice(0, end < 0 ? undefined : end)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return assemble(method, target, headers.host ?? '', headers, Buffer.alloc(0), false, true);
}
