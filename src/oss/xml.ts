/** OSS's XML: the few answers it writes, and the one body it reads. Errors have their own, in errors.ts. */
import { ossError, xmlText } from './errors.js';

type Content = string | number | readonly string[];

/** @param content text, or elements that are ready */
export const element = (name: string, content: Content): string =>
  `<${name}>${Array.isArray(content) ? content.join('') : xmlText(String(content))}</${name}>`;

/** Leaves out what is undefined. */
export const elements = (fields: Readonly<Record<string, Content | undefined>>): string[] =>
  Object.entries(fields).flatMap(([name, content]) => (content === undefined ? [] : element(name, content)));

export const xmlDocument = (root: string, content: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, content)}\n`;

/** 10,000 parts, the most there may be, fit in. */
const MAX_XML_BYTES = 1024 * 1024;

/** @throws OssError MalformedXML */
export async function readXml(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_XML_BYTES)
      throw ossError('MalformedXML', {}, undefined, `the XML is longer than ${MAX_XML_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export interface ChosenPart {
  readonly number: number;
  /** Without quotes. */
  readonly etag: string;
}

const ROOT = /^\ufeff?\s*(?:<\?xml[^<>]*\?>\s*)?<CompleteMultipartUpload(?:\s[^<>]*)?>/;
const ROOT_END = /<\/CompleteMultipartUpload>\s*$/;
const PART = /\s*<Part>((?:\s*<\w+>[^<]*<\/\w+>)*)\s*<\/Part>/y;

/**
 * A schema of two levels needs no parser, and what is not read, entities and document types, can do no harm.
 * @throws OssError MalformedXML
 */
export function readParts(xml: string): ChosenPart[] {
  const malformed = (why: string) => ossError('MalformedXML', {}, undefined, why);
  const start = ROOT.exec(xml);
  const end = ROOT_END.exec(xml);
  if (!start || !end) throw malformed('the body is no CompleteMultipartUpload');
  const inner = xml.slice(start[0].length, end.index);
  const parts: ChosenPart[] = [];
  PART.lastIndex = 0;
  let read = 0;
  for (let match = PART.exec(inner); match; match = PART.exec(inner)) {
    read = PART.lastIndex;
    const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(match![1]!)?.[1]?.trim() ?? '';
    const number = Number(field('PartNumber'));
    const etag = field('ETag').replace(/&quot;|&#34;|"/g, '');
    if (!Number.isInteger(number) || etag === '') throw malformed('a Part needs a PartNumber and an ETag');
    parts.push({ number, etag });
  }
  if (inner.slice(read).trim() !== '') throw malformed(`cannot read what follows part ${parts.length}`);
  if (parts.length === 0) throw malformed('there is no Part');
  return parts;
}
