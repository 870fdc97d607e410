/** Two strings around the first byte that differs, fit to be shown: short, on one line, without ID numbers and tokens. */
import { oneLine } from '../platform/redact.js';

export interface Excerpt {
  /** Byte offset of the first difference. */
  readonly at: number;
  readonly server: string;
  readonly client: string;
  /** Where in both excerpts the difference is. */
  readonly column: number;
}

const BEFORE = 48;
const AFTER = 72;
/** ID numbers are masked in a wider piece, from which the excerpt is cut: half a number would not be recognised. */
const AROUND = 4096;

/** @returns undefined when the strings are equal */
export function excerpt(server: string, client: string): Excerpt | undefined {
  if (server === client) return undefined;
  let at = 0;
  while (at < server.length && server[at] === client[at]) at++;
  const from = Math.max(0, at - AROUND);
  const before = masked(server.slice(from, at + AROUND)).slice(0, at - from);
  const shown = (text: string) => visible(masked(text.slice(from, at + AROUND)).slice(at - from, at - from + AFTER));
  const lead = visible(before.slice(-BEFORE));
  const start = at > BEFORE ? `…${lead}` : lead;
  const rest = (text: string) => shown(text) + (text.length > at + AFTER ? '…' : '');
  return {
    at: Buffer.byteLength(server.slice(0, at)),
    server: start + rest(server),
    client: start + rest(client),
    column: start.length,
  };
}

const ESCAPE = /(%(?:25)*[0-9A-Fa-f]{2})/;
/** Whatever stands before its value: `=` and `":"` under any number of encodings. */
const PRIVATE =
  /((?:SecurityToken|security-token|VerifyToken|AccessKeySecret|certNumber|IdentificationNumber|IdCardNumber)(?:%(?:25)*(?:3[AaDd]|22)|[=:" ])+)((?:(?!%(?:25)*2[26])[^&\n"])+)/gi;

/** Characters are replaced one by one, so the strings stay aligned. */
export function masked(text: string): string {
  return text
    .replace(PRIVATE, (_all, before: string, value: string) => before + '*'.repeat(value.length))
    .split(ESCAPE)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/\d{15,}[Xx]?/g, stars)))
    .join('');
}

const stars = (digits: string): string => `${digits.slice(0, 3)}${'*'.repeat(digits.length - 5)}${digits.slice(-2)}`;

/** Line ends are shown as such; what was cut may end in half a character. */
const visible = (text: string): string => oneLine(text.replaceAll('\n', '⏎')).replace(/[\ud800-\udfff]/g, '?');
