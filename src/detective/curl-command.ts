/** Reads a curl command as a shell and curl would, as far as requests to an API need it. */
import { readFileSync } from 'node:fs';
import { type Capture, CaptureError, TargetUrl } from './captured.js';

/** Options that take a value and do not change what is sent. */
const WITH_VALUE =
  /^(-o|--output|-m|--max-time|--connect-timeout|-x|--proxy|--resolve|--cacert|-E|--cert|-w|--write-out|--retry|-c|--cookie-jar|--interface)$/;
const HEADER_OPTIONS: Record<string, string> = {
  '-A': 'user-agent',
  '--user-agent': 'user-agent',
  '-e': 'referer',
  '--referer': 'referer',
  '-b': 'cookie',
  '--cookie': 'cookie',
};
const DATA = /^(-d|--data|--data-ascii|--data-raw|--data-binary|--data-urlencode|--json)$/;

/** @throws CaptureError when there is no URL in it */
export function readCurl(command: string): Capture {
  const words = splitWords(command);
  const headers: Record<string, string> = {};
  const data: Buffer[] = [];
  let method: string | undefined;
  let url: string | undefined;
  let inQuery = false;
  for (let at = 1; at < words.length; at++) {
    const [option, attached] = splitOption(words[at]!);
    const value = () => attached ?? words[++at] ?? '';
    if (option === '-X' || option === '--request') method = value().toUpperCase();
    else if (option === '-H' || option === '--header') addHeader(headers, value());
    else if (option === '--url') url = value();
    else if (option === '-G' || option === '--get') inQuery = true;
    else if (option === '-I' || option === '--head') method = 'HEAD';
    else if (DATA.test(option)) {
      data.push(readData(option, value()));
      if (option === '--json') headers['content-type'] ??= 'application/json';
    } else if (HEADER_OPTIONS[option]) headers[HEADER_OPTIONS[option]] = value();
    else if (WITH_VALUE.test(option)) value();
    else if (!option.startsWith('-')) url ??= option;
  }
  if (!url) throw new CaptureError('the curl command names no URL');
  const target = new TargetUrl(/^[a-z]+:\/\//i.test(url) ? url : `http://${url}`);
  const body = joined(data);
  if (inQuery && data.length > 0) target.append(body.toString());
  else if (data.length > 0) headers['content-type'] ??= 'application/x-www-form-urlencoded';
  headers.host ??= target.host;
  return {
    method: method ?? (data.length > 0 && !inQuery ? 'POST' : 'GET'),
    target: target.target,
    headers,
    body: inQuery ? Buffer.alloc(0) : body,
  };
}

function addHeader(headers: Record<string, string>, line: string): void {
  const colon = line.indexOf(':');
  if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
}

/** `-XPOST`, `-sSX POST`, `--data=x`; the value may be attached. */
function splitOption(word: string): [option: string, attached: string | undefined] {
  const long = /^(--[\w-]+)=(.*)$/s.exec(word);
  if (long) return [long[1]!, long[2]!];
  const short = /^-([a-zA-Z]*?)([XHdAeboxmEwc])(.*)$/s.exec(word);
  if (!short || word.startsWith('--')) return [word, undefined];
  return [`-${short[2]}`, short[3] === '' ? undefined : short[3]];
}

function readData(option: string, value: string): Buffer {
  if (option === '--data-raw') return Buffer.from(value);
  if (option === '--data-urlencode') {
    const [, name = '', text = ''] = /^([^=]*)=(.*)$/s.exec(value) ?? [undefined, '', value];
    return Buffer.from((name && `${name}=`) + encodeURIComponent(text));
  }
  if (!value.startsWith('@')) return Buffer.from(value);
  const bytes = bytesOf(value.slice(1));
  return option === '--data-binary' ? bytes : Buffer.from(bytes.filter((byte) => byte !== 0x0a && byte !== 0x0d));
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CaptureError(`the curl command reads '${file}', which cannot be read: ${(error as Error).message}`);
  }
}

const joined = (parts: readonly Buffer[]): Buffer =>
  Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [Buffer.from('&'), part])));

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

/** Quotes of three kinds, backslashes, and lines that go on. */
function splitWords(command: string): string[] {
  const pattern =
    /(?:\$'((?:\\.|[^'\\])*)'|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\(\r?\n)|\\([\s\S])|([^\s'"\\]))|(\s+)/g;
  const words: string[] = [];
  let word: string | undefined;
  for (const [, ansi, single, double, continued, escaped, plain, space] of command.matchAll(pattern)) {
    if (space !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (continued === undefined) {
      word = (word ?? '') + (ansi !== undefined ? unescapeAnsi(ansi) : '');
      word +=
        single ?? double?.replace(/\\(?:\r?\n)|\\(["\\$`])/g, (_all, kept = '') => kept) ?? escaped ?? plain ?? '';
    }
  }
  return word === undefined ? words : [...words, word];
}

const unescapeAnsi = (text: string): string =>
  text.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([\s\S]))/gi, (_all, byte, unit, other: string) =>
    byte || unit ? String.fromCharCode(Number.parseInt(byte ?? unit, 16)) : (ESCAPES[other] ?? other),
  );
