/** A request as somebody caught it: curl command, URL, raw HTTP, or JSON. What form it has is seen from how it begins. */
import { assemble, type RpcRequest } from '../gateway/request.js';
import { type Capture, CaptureError, TargetUrl } from './captured.js';
import { readCurl } from './curl-command.js';

/** @throws CaptureError */
export function readCaptures(bytes: Buffer): Capture[] {
  const text = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  if (/^(\$\s*)?curl(\.exe)?\s/.test(text)) return [readCurl(text.replace(/^\$\s*/, ''))];
  if (/^https?:\/\/\S+$/i.test(text)) return [fromUrl(text)];
  if (/^[[{]/.test(text)) return fromJson(text);
  if (/^[A-Z]+ \S+ HTTP\/[\d.]+\r?\n/.test(`${text}\n`)) return [fromHttp(bytes)];
  throw new CaptureError('this is no curl command, URL, raw HTTP request or JSON of {method, target, headers, body}');
}

export const requestOf = ({ method, target, headers, body }: Capture): RpcRequest =>
  assemble(method, target, headers.host ?? '', headers, body, false, false);

function fromUrl(text: string): Capture {
  const { host, target } = new TargetUrl(text);
  return { method: 'GET', target, headers: { host }, body: Buffer.alloc(0) };
}

/** Bytes of the body stay as they are: they need not be UTF-8. */
function fromHttp(bytes: Buffer): Capture {
  const text = bytes.toString('latin1').replace(/^\s+/, '');
  const end = /\r?\n\r?\n/.exec(text);
  const head = Buffer.from(end ? text.slice(0, end.index) : text.trimEnd(), 'latin1').toString('utf8');
  const [line = '', ...lines] = head.split(/\r?\n/);
  const [method = '', target = ''] = line.split(' ');
  const headers = lowerCased(
    lines.map((header) => [header.slice(0, header.indexOf(':')), header.slice(header.indexOf(':') + 1)]),
  );
  const rest = Buffer.from(end ? text.slice(end.index + end[0].length) : '', 'latin1');
  const length = headers['content-length'] === undefined ? trimmedLength(rest) : Number(headers['content-length']);
  return { method, target, headers, body: rest.subarray(0, length) };
}

/** An editor adds a newline at the end of a file. */
const trimmedLength = (bytes: Buffer): number => bytes.toString('latin1').replace(/[\r\n]+$/, '').length;

function fromJson(text: string): Capture[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new CaptureError(`this looks like JSON but is none: ${(error as Error).message}`);
  }
  const entries = Array.isArray(parsed) ? parsed : [parsed];
  if (entries.length === 0) throw new CaptureError('the list of requests is empty');
  return entries.map(fromEntry);
}

function fromEntry(entry: Record<string, unknown>): Capture {
  const { method = 'GET', target = entry?.url, headers = {}, body = '', accessKeyId, accessKeySecret } = entry ?? {};
  if (typeof method !== 'string' || typeof target !== 'string' || typeof body !== 'string' || !isTexts(headers))
    throw new CaptureError('a request in JSON is {"method": "POST", "target": "/?…", "headers": {…}, "body": "…"}');
  const url = /^https?:\/\//i.test(target) ? new TargetUrl(target) : undefined;
  const key =
    typeof accessKeyId === 'string' && typeof accessKeySecret === 'string'
      ? { id: accessKeyId, secret: accessKeySecret }
      : undefined;
  return {
    method,
    target: url?.target ?? target,
    headers: { ...(url && { host: url.host }), ...lowerCased(Object.entries(headers)) },
    body: Buffer.from(body),
    key,
  };
}

const isTexts = (value: unknown): value is Record<string, string> =>
  value !== null && typeof value === 'object' && Object.values(value).every((text) => typeof text === 'string');

const lowerCased = (headers: readonly (readonly string[])[]): Record<string, string> =>
  Object.fromEntries(headers.map(([name = '', value = '']) => [name.trim().toLowerCase(), value.trim()]));
