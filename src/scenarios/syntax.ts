/** What is said of a text that is no YAML: in our words, with what to do. */
import type { Fault } from './yaml.js';

const QUOTE_STAR = `a value that begins with * has to be quoted: "*"; bare, it stands for an anchor there is not`;

const SAID: Readonly<Record<string, string>> = {
  ALIAS_PROPS: 'what begins with * takes no tag and no anchor; quote it if it is a text',
  BAD_ALIAS: QUOTE_STAR,
  UNKNOWN_ALIAS: QUOTE_STAR,
  BAD_DIRECTIVE: 'lines that begin with % are not read here; leave it out',
  BAD_DQ_ESCAPE: String.raw`in double quotes a backslash begins an escape; write \\, or use single quotes`,
  BAD_INDENT: 'the indentation does not fit the lines above, or a bracket there is not closed',
  BAD_PROP_ORDER: 'tags and anchors stand behind - and ?',
  BAD_SCALAR_START: 'a bare text cannot begin with @ or `; quote it',
  BLOCK_AS_IMPLICIT_KEY:
    'a text that holds “: ” or begins with “- ” has to be quoted; a list or mapping begins on a line of its own',
  BLOCK_IN_FLOW: 'a comma is missing; inside of brackets a list is [a, b] and a mapping is { a: b }',
  KEY_OVER_1024_CHARS: 'a key has more than 1024 characters',
  MULTILINE_IMPLICIT_KEY: 'a line has no key: write “key: value”, or close the quote or bracket above',
  MULTIPLE_ANCHORS: 'a value has more than one anchor',
  MULTIPLE_DOCS: 'a file is one document; leave out what follows ---',
  MULTIPLE_TAGS: 'a value has more than one tag',
  NON_STRING_KEY: 'a key is a text; quote it',
  TAB_AS_INDENT: 'a tab cannot indent; use spaces',
  TAG_RESOLVE_FAILED: 'tags (!) mean nothing here; quote the text, or leave the tag out',
  BAD_COLLECTION_TYPE: 'tags (!) mean nothing here; leave it out',
  UNEXPECTED_TOKEN: 'this does not belong here; a text that holds brackets, quotes, commas or # has to be quoted',
  TOO_DEEP: 'more than 30 lists and mappings lie in each other; nothing here needs more than six',
  TOO_MANY_VALUES: 'with what its aliases repeat it has more than 200,000 values',
};

const MISSING: readonly [about: RegExp, said: string][] = [
  [/quote/, 'a quote is not closed'],
  [/Missing ,|, or :/, 'a comma is missing, or a quote around the text'],
  [/values|Missing space/, 'a colon and a space are missing behind the key'],
  [/Comments/, 'a comment (#) needs a space before it; quote the text if # belongs to it'],
  [/Sequence item/, 'a “-” is missing before the item'],
];

/** Of what the rest of the file can still be checked beside. */
export const isHarmless = ({ code }: Fault): boolean => code === 'DUPLICATE_KEY' || code === 'READ_AS';

export function faultText({ code, about = '' }: Fault): string {
  if (code === 'DUPLICATE_KEY') return `the key '${about}' stands here twice; keys are unique`;
  if (code === 'READ_AS') {
    const [written, read] = about.split(' ');
    return `${written} is read as ${read}, which no call has in this spelling; quote it: "${written}"`;
  }
  if (code === 'MISSING_CHAR')
    return MISSING.find(([pattern]) => pattern.test(about))?.[1] ?? 'a bracket, quote, comma or colon is missing';
  return SAID[code] ?? 'this cannot be read as YAML; quote the text, or look at the lines above';
}
