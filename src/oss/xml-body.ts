/** The XML that calls bring: the parts of an object, and the objects to delete. */
import { collect } from '../platform/collect.js';
import { lazy } from '../platform/lazy.js';
import { type OssError, ossError } from './errors.js';

const xmlLibrary = lazy(() => import('fast-xml-parser'));

/** Enough for 10,000 parts, the most an upload may have. */
const MAX_XML_BYTES = 1024 * 1024;
/** 10,000 parts have 60,000. The time the parser takes grows with their number. */
const MAX_TAGS = 100_000;

/** @throws OssError MalformedXML */
export async function readXml(body: AsyncIterable<Uint8Array>, maxBytes = MAX_XML_BYTES): Promise<string> {
  const bytes = await collect(body, maxBytes, () => malformed(`the XML is longer than ${maxBytes} bytes`));
  return bytes.toString('utf8');
}

export interface ChosenPart {
  readonly number: number;
  /** Without quotes. */
  readonly etag: string;
}

/** @throws OssError MalformedXML */
export async function readParts(xml: string): Promise<ChosenPart[]> {
  const { Part = [], ...others } = await childrenOf(xml, 'CompleteMultipartUpload');
  const parts = Part.map((part) => {
    const number = Number(fieldOf(part, 'PartNumber') ?? '');
    const etag = (fieldOf(part, 'ETag') ?? '').replaceAll('"', '').trim();
    if (!Number.isInteger(number) || etag === '') throw malformed('a Part needs a PartNumber and an ETag');
    return { number, etag };
  });
  if (parts.length === 0 || Object.keys(others).length > 0) throw malformed('the body is a list of Part');
  return parts;
}

export interface ToDelete {
  readonly keys: readonly string[];
  /** Answered with nothing. */
  readonly quiet: boolean;
}

/** @throws OssError MalformedXML, UserKeyMustBeSpecified */
export async function readDelete(xml: string): Promise<ToDelete> {
  const root = await childrenOf(xml, 'Delete');
  const quiet = fieldOf(root, 'Quiet')?.trim() ?? 'false';
  if (quiet !== 'true' && quiet !== 'false') throw malformed('Quiet is true or false', '0016-00000610');
  const keys = (root.Object ?? []).map((object) => fieldOf(object, 'Key') ?? '');
  if (keys.length === 0) throw malformed('there is no Object', '0016-00000615');
  if (keys.includes('')) throw ossError('UserKeyMustBeSpecified', {}, undefined, undefined, '0016-00000613');
  return { keys, quiet: quiet === 'true' };
}

/** An element: its text where it has nothing else, or its children by name, each name a list. */
type Element = string | Children;
type Children = { readonly [name: string]: readonly Element[] };

/** @returns the root's children; what stands between them is nothing. @throws OssError MalformedXML */
async function childrenOf(xml: string, root: string): Promise<Children> {
  const body = xml.replace(/^\ufeff/, '');
  if (/<!DOCTYPE/i.test(body)) throw malformed('a document type is not read');
  if (body.split('<', MAX_TAGS + 1).length > MAX_TAGS) throw malformed(`there are more than ${MAX_TAGS} tags`);
  const { XMLParser } = await xmlLibrary();
  const parser = new XMLParser({
    ignoreDeclaration: true,
    ignorePiTags: true,
    parseTagValue: false,
    // a key may begin and end with spaces
    trimValues: false,
    // none but XML's own, see plainText
    processEntities: false,
    cdataPropName: CDATA,
    textNodeName: TEXT,
    isArray: () => true,
  });
  let document: Children;
  try {
    document = parser.parse(body, true);
  } catch (error) {
    // the message quotes the body
    throw malformed((error as Error).message.slice(0, 100));
  }
  const { [TEXT]: _, [root]: elements = [], ...others } = document;
  if (elements.length !== 1 || Object.keys(others).length > 0) throw malformed(`the body is no ${root}`);
  return childrenIn(elements[0]!);
}

const TEXT = '#text';
const CDATA = '#cdata';

/** @throws OssError MalformedXML where there is text beside them */
function childrenIn(element: Element): Children {
  const { [TEXT]: text = '', ...children } = typeof element === 'string' ? { [TEXT]: element } : element;
  if (String(text).trim() !== '') throw malformed('there is text between the elements');
  return children as Children;
}

/** The text of a child; of several the first. @throws OssError MalformedXML where there are elements in it */
function fieldOf(element: Element, name: string): string | undefined {
  const field = childrenIn(element)[name]?.[0];
  if (field === undefined || typeof field === 'string') return field && plainText(field);
  const [[kind, cdata] = [], ...more] = Object.entries(field);
  if (kind !== CDATA || more.length > 0) throw malformed(`there is more than text in ${name}`);
  return cdata!.join('');
}

const ENTITIES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }));

/** XML's five entities and characters by number. @throws OssError MalformedXML, where a reference names no character */
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

const malformed = (why: string, ec?: string): OssError =>
  ossError('MalformedXML', {}, undefined, ['oss-xml', { why }], ec);
