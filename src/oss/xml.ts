/** OSS's XML: the few answers it writes, and the one body it reads. Errors have their own, in errors.ts. */
import { type OssError, ossError, xmlText } from './errors.js';

type Content = string | number | readonly string[];

/** @param content text, or elements that are ready */
export const element = (name: string, content: Content): string =>
  `<${name}>${Array.isArray(content) ? content.join('') : xmlText(String(content))}</${name}>`;

/** Leaves out what is undefined. */
export const elements = (fields: Readonly<Record<string, Content | undefined>>): string[] =>
  Object.entries(fields).flatMap(([name, content]) => (content === undefined ? [] : element(name, content)));

export const xmlDocument = (root: string, content: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, content)}\n`;

/** Whole seconds, as OSS writes them: oss2 reads `.000Z` and nothing else. @param ms since the epoch */
export const xmlTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}.000Z`;

/** 10,000 parts, the most there may be, fit in. */
const MAX_XML_BYTES = 1024 * 1024;

/** @throws OssError MalformedXML */
export async function readXml(body: AsyncIterable<Uint8Array>, maxBytes = MAX_XML_BYTES): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw malformed(`the XML is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export interface ChosenPart {
  readonly number: number;
  /** Without quotes. */
  readonly etag: string;
}

/** @throws OssError MalformedXML */
export function readParts(xml: string): ChosenPart[] {
  const parts = childrenOf(xml, 'CompleteMultipartUpload').map(([name, inner]) => {
    const number = Number(fieldOf(inner, 'PartNumber') ?? '');
    const etag = (fieldOf(inner, 'ETag') ?? '').replaceAll('"', '').trim();
    if (name !== 'Part' || !Number.isInteger(number) || etag === '')
      throw malformed('a Part needs a PartNumber and an ETag');
    return { number, etag };
  });
  if (parts.length === 0) throw malformed('there is no Part');
  return parts;
}

export interface ToDelete {
  readonly keys: readonly string[];
  /** Answered with nothing. */
  readonly quiet: boolean;
}

/** @throws OssError MalformedXML, UserKeyMustBeSpecified */
export function readDelete(xml: string): ToDelete {
  const children = childrenOf(xml, 'Delete');
  const quiet = children.find(([name]) => name === 'Quiet')?.[1].trim() ?? 'false';
  if (quiet !== 'true' && quiet !== 'false') throw malformed('Quiet is true or false', '0016-00000610');
  const keys = children.flatMap(([name, inner]) => (name === 'Object' ? [fieldOf(inner, 'Key') ?? ''] : []));
  if (keys.length === 0) throw malformed('there is no Object', '0016-00000615');
  if (keys.includes('')) throw ossError('UserKeyMustBeSpecified', {}, undefined, undefined, '0016-00000613');
  return { keys, quiet: quiet === 'true' };
}

const CHILD = /\s*<(\w+)>((?:\s*<\w+>[^<]*<\/\w+>)+\s*|[^<]*)<\/\1>/y;

/**
 * A schema of two levels needs no parser, and what is not read, document types and entities of one's own, can do no harm.
 * @returns names and contents of the root's elements
 */
function childrenOf(xml: string, root: string): [name: string, inner: string][] {
  const start = new RegExp(`^\ufeff?\\s*(?:<\\?xml[^<>]*\\?>\\s*)?<${root}(?:\\s[^<>]*)?>`).exec(xml);
  const end = new RegExp(`</${root}>\\s*$`).exec(xml);
  if (!start || !end) throw malformed(`the body is no ${root}`);
  const inner = xml.slice(start[0].length, end.index);
  const children: [string, string][] = [];
  CHILD.lastIndex = 0;
  let read = 0;
  for (let match = CHILD.exec(inner); match; match = CHILD.exec(inner)) {
    read = CHILD.lastIndex;
    children.push([match[1]!, match[2]!]);
  }
  if (inner.slice(read).trim() !== '') throw malformed(`cannot read what follows element ${children.length}`);
  return children;
}

const fieldOf = (inner: string, name: string): string | undefined => {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(inner)?.[1];
  return text === undefined ? undefined : plainText(text);
};

const ENTITIES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }));

/** @throws OssError MalformedXML, where a reference names no character */
const plainText = (text: string): string =>
  text.replace(/&([^;]{0,8});?/g, (whole, reference: string) => {
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(reference);
    if (!code) return ENTITIES.get(reference) ?? refuse(whole);
    const point = code[1] ? Number.parseInt(code[1], 16) : Number(code[2]);
    return point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? refuse(whole) : String.fromCodePoint(point);
  });

function refuse(reference: string): never {
  throw malformed(`cannot read ${reference}`);
}

const malformed = (why: string, ec?: string): OssError => ossError('MalformedXML', {}, undefined, why, ec);
