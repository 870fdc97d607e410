/** Document -> JSON or XML. The only file of the gateway that knows fast-xml-parser, which is loaded by the first XML answer. */
import { lazy } from '../platform/lazy.js';
import type { Field, Fields } from './fields.js';
import type { Document } from './operation.js';
import type { Format, Quotes } from './wire-format.js';

/** Byte-exact: openapi-core reads an XML error only under this spelling. */
export const CONTENT_TYPES: Record<Format, string> = {
  JSON: 'application/json;charset=utf-8',
  XML: 'text/xml;charset=utf-8',
};

const PROLOGS: Record<Quotes, string> = {
  single: "<?xml version='1.0' encoding='UTF-8'?>",
  double: '<?xml version="1.0" encoding="UTF-8"?>',
};

/** @param version the date the caller sent: some fields exist only in some versions */
export async function render(document: Document, format: Format, version: string): Promise<string> {
  const value = arrange(document.fields, document.value, { format, version, order: document.order });
  if (format === 'JSON') return JSON.stringify(value);
  const build = await xmlBuilder();
  return (
    PROLOGS[document.prolog ?? 'single'] +
    build({ [document.root]: xmlStruct(document.fields, value, document.typed ?? false) })
  );
}

interface Layout {
  readonly format: Format;
  readonly version: string;
  readonly order?: readonly string[];
}

/** Declared fields only, in the order the example of this format prints, without what this version lacks. */
function arrange(fields: Fields, value: Record<string, unknown>, layout: Layout): Record<string, unknown> {
  const arranged: Record<string, unknown> = {};
  for (const name of namesOf(fields, layout)) {
    const field = fields[name]!;
    if (value[name] === undefined || (field.versions && !field.versions.includes(layout.version))) continue;
    arranged[name] = arrangeValue(field, value[name], layout);
  }
  return arranged;
}

/** What a format prints of some fields, in its order: known from the contract, so made once. */
type Printed = Pick<Layout, 'format' | 'order'> & { readonly names: readonly string[] };
const known = new WeakMap<Fields, Printed[]>();

function namesOf(fields: Fields, { format, order }: Layout): readonly string[] {
  const made = known.get(fields) ?? [];
  let found = made.find((each) => each.format === format && each.order === order);
  if (!found) {
    const names = Object.keys(fields).filter((name) => [undefined, format].includes(fields[name]!.only));
    if (order) names.sort((a, b) => rank(order, a) - rank(order, b));
    found = { format, order, names };
    known.set(fields, [...made, found]);
  }
  return found.names;
}

function arrangeValue(field: Field, value: unknown, layout: Layout): unknown {
  if (field.kind === 'struct') return arrange(field.fields, value as Record<string, unknown>, layout);
  if (field.kind === 'list') return (value as unknown[]).map((item) => arrangeValue(field.item, item, layout));
  return value;
}

const rank = (order: readonly string[], name: string): number => {
  const index = order.indexOf(name);
  return index < 0 ? order.length : index;
};

const TYPES: Partial<Record<Field['kind'], string>> = {
  text: 'string',
  integer: 'number',
  float: 'number',
  boolean: 'boolean',
  json: 'string',
};

/** The shape fast-xml-parser builds from: `@` marks an attribute, `#text` content, `#cdata` a CDATA section. */
function xmlStruct(fields: Fields, value: Record<string, unknown>, typed: boolean): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, xmlValue(fields[name]!, child, typed)]),
  );
}

function xmlValue(field: Field, value: unknown, typed: boolean): unknown {
  if (field.kind === 'struct') {
    return {
      ...(typed && { '@class': 'object' }),
      ...xmlStruct(field.fields, value as Record<string, unknown>, typed),
    };
  }
  if (field.kind === 'list') {
    // document 002 section 4: <StepList class="array"><e type="string">…
    return {
      ...(typed && { '@class': 'array' }),
      e: (value as unknown[]).map((item) => xmlValue(field.item, item, typed)),
    };
  }
  if (field.kind === 'map')
    // no element's name begins with a digit
    return Object.fromEntries(
      Object.entries(value as object).map(([name, child]) => [name.replace(/^\d/, '_$&'), child]),
    );
  const content = legalXml(String(value));
  if (field.kind === 'text' && field.cdata) return { '#cdata': content.replaceAll(']]>', ']]]]><![CDATA[>') };
  return typed ? { '@type': TYPES[field.kind], '#text': content } : content;
}

/** Characters XML 1.0 does not allow are dropped; no reader would take them. */
const legalXml = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');

/** Rejects while it cannot be loaded. */
export const xmlBuilder = lazy(
  () => import('fast-xml-parser'),
  ({ XMLBuilder }) => {
    const xml = new XMLBuilder({
      ignoreAttributes: false,
      attributeNamePrefix: '@',
      cdataPropName: '#cdata',
      suppressEmptyNode: false,
      suppressBooleanAttributes: false,
    });
    return (tree: object) => xml.build(tree) as string;
  },
);
