/** What people see of answers and headers: as of parameters, and no token or secret that an answer hands out. */
import { hidden, isSecret, maskParam, maskParams, maskText, oneLine } from './redact.js';
import { formPairs } from './url-text.js';

/** At any depth: a JSON text in a JSON text has its quotes escaped, once a level. */
const JSON_MEMBER = /((\\*")(\w+)\2\s*:\s*\2)((?:(?!\\*").)*)(?=\2)/gs;
const XML_ELEMENT = /(<(\w+)(?: [^<>]*)?>)([^<]*)(?=<)/g;
/** Handed out by the service, under names that parameters do not have. */
const HANDED_OUT = /^(Token|Secret|token)$/;
/** In an address that an answer hands out. */
const TOKEN_IN_ADDRESS =
  /([?&](?:verifyToken|VerifyToken|token|security-token|Signature|x-oss-signature)=)[^&\s"<\\]+/gi;

/** The gateway repeats what was signed: every parameter, encoded twice; by XML `&` is written `&amp;`. */
const STRING_TO_SIGN = /(string to sign is:[A-Z]{1,20}&(?:amp;)?%2F&(?:amp;)?)([\w%.~*+-]*)/g;
/** The same of ACS3: a query encoded once, and the signed headers, a line each. */
const CANONICAL = /(server CanonicalRequest is \[)([^\]]*)/g;

const SECRET_HEADER = /^(authorization|cookie|proxy-authorization|x-acs-security-token|x-acs-signature)$/;

/** @param text a whole answer or the beginning of one, JSON or XML */
export function maskAnswer(text: string): string {
  const handedOut = new Set<string>();
  const masked = (name: string, value: string): string => {
    if (!isSecret(name) && !HANDED_OUT.test(name)) return maskParam(name, value);
    if (value.length > 8) handedOut.add(value);
    return hidden(value);
  };
  // before the rest: what is encoded is known while it is whole
  const readable = text
    .replace(STRING_TO_SIGN, (_all, before: string, signed: string) => before + signedAgain(signed))
    .replace(CANONICAL, (_all, before: string, lines: string) => before + canonicalAgain(lines));
  let shown = text.startsWith('<')
    ? readable.replace(XML_ELEMENT, (_all, before: string, name: string, value: string) => before + masked(name, value))
    : readable.replace(
        JSON_MEMBER,
        (_all, before: string, _quote, name: string, value: string) => before + masked(name, value),
      );
  // the folder of uploads and the address of the page are called by the token as well
  for (const secret of handedOut) shown = shown.replaceAll(secret, hidden(secret));
  return maskText(shown.replace(TOKEN_IN_ADDRESS, '$1…'));
}

const queryAgain = (query: string): string =>
  maskParams(new Map(formPairs(query)))
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .join('&');

const canonicalAgain = (text: string): string =>
  text
    .split(/(\\n|\n)/)
    .map((line) => {
      const [, name] = /^([\w-]+):/.exec(line) ?? [];
      if (name !== undefined) return SECRET_HEADER.test(name) ? `${name}:…` : line;
      return /^[\w%.~-]+=/.test(line) ? queryAgain(line) : line;
    })
    .join('');

/** Of one that was cut nothing is left. */
function signedAgain(twice: string): string {
  try {
    return encodeURIComponent(queryAgain(decodeURIComponent(twice)));
  } catch {
    return '…';
  }
}

/** Of a credential its form and its id are shown. */
export const maskHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      maskText(name),
      SECRET_HEADER.test(name) ? credential(String(value)) : maskParam(name, oneLine(String(value))),
    ]),
  );

const credential = (value: string): string =>
  /^ACS3-/.test(value) ? maskText(value.replace(/(Signature=)[^,\s]+/gi, '$1…')) : hidden(value);
