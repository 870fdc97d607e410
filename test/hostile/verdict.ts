/** Whether an answer is one that the door may give. */
import '../../src/products/eager.js';
import { XMLParser } from 'fast-xml-parser';
import { legalCodes } from '../../src/gateway/legal-codes.js';
import { ossErrors } from '../../src/oss/errors.js';
import { versions } from '../../src/products/index.js';
import type { Answer, Door } from './sent.js';

const CODES = new Map(
  versions.flatMap((version) => version.operations.flatMap((operation) => [...legalCodes(version, operation)])),
);
const PATTERNS = /^(Missing|Invalid)[A-Z]\w*(\.\d+\.\w+)?$/;
const xml = new XMLParser({ parseTagValue: false });

const PAGE_STATUSES = [200, 204, 302, 303, 400, 401, 403, 404, 409, 410, 413, 414];
/** 200 of a tunnel too; 431 and 400 of Node's parser. */
const PROXY_STATUSES = [200, 400, 403, 431];
const CONTROL_STATUSES = [...PAGE_STATUSES, 201, 406];

/** A line of a stack. */
const STACK = /\n\s+at .{1,200}:\d+:\d+\)?(\n|$)/;

/** @returns what is wrong with an answer, if anything */
export function complaint(door: Door, answer: Answer, method: string): string | undefined {
  const { status, text } = answer;
  if (STACK.test(text)) return `${door}: ${status} with a stack`;
  const long = Object.entries(answer.headers).find(([, value]) => value.length > 8192);
  if (long) return `${door}: ${status} with ${long[0]} of ${long[1].length} characters`;
  // pages stand on the gateway's port: what is no page's is a call
  if (answer.headers['x-oss-request-id'] !== undefined) return ossComplaint(status, text, method);
  if (answer.headers['x-acs-request-id'] !== undefined) return gatewayComplaint(status, text, method);
  if (door === 'control' || door === 'scenarios')
    return CONTROL_STATUSES.includes(status) ? undefined : `${door}: ${status}, ${text.slice(0, 200)}`;
  if (door === 'proxy')
    return PROXY_STATUSES.includes(status) ? undefined : `${door}: ${status}, ${text.slice(0, 200)}`;
  return PAGE_STATUSES.includes(status) ? undefined : `${door}: ${status}, ${text.slice(0, 200)}`;
}

function gatewayComplaint(status: number, text: string, method: string): string | undefined {
  if (method === 'HEAD') return text === '' && status < 500 ? undefined : `gateway: HEAD ${status}`;
  const body = readBody(text);
  if (!body) return `gateway: ${status}, unreadable: ${text.slice(0, 200)}`;
  if (status === 200) return undefined;
  if (typeof body.Code !== 'string') return `gateway: ${status}, Code is ${JSON.stringify(body.Code)}`;
  if (body.Code === 'InternalError') return `gateway: ${status} InternalError`;
  const documented = CODES.get(body.Code)?.status ?? (PATTERNS.test(body.Code) ? 400 : undefined);
  if (documented === undefined) return `gateway: ${status}, undocumented ${body.Code}`;
  return status >= 500 && documented < 500 ? `gateway: ${status} for ${body.Code}` : undefined;
}

function ossComplaint(status: number, text: string, method: string): string | undefined {
  const code = /<Error>\s*<Code>(\w+)<\/Code>/.exec(text)?.[1];
  if (code === 'InternalError') return `oss: ${status} InternalError`;
  if (code === undefined) return status < 400 || method === 'HEAD' ? undefined : `oss: ${status} without a Code`;
  const row = Object.entries(ossErrors).find(([name]) => name === code)?.[1];
  return row?.status === status ? undefined : `oss: ${status}, undocumented ${code}`;
}

function readBody(text: string): Record<string, unknown> | undefined {
  try {
    if (!text.startsWith('<?xml ')) return JSON.parse(text);
    const { '?xml': _prolog, ...roots } = xml.parse(text, true);
    return Object.values(roots)[0] as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
