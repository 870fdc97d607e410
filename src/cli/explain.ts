/** `cloudauth-mock explain`: reads a captured request, prints why its signature matches or not. */
import { readFileSync } from 'node:fs';
import { OptionError } from '../config/options.js';
import { readCaptures } from '../detective/capture.js';
import { type Capture, CaptureError } from '../detective/captured.js';
import { judge, type Verdict } from '../detective/verdict.js';
import type { Call } from './command.js';

/** @returns the exit code: 0 all match, 1 not. @throws OptionError when there is nothing to judge */
export async function explain({ words, options, out }: Call): Promise<0 | 1> {
  const { accessKeys, json } = options();
  try {
    const verdicts: Verdict[] = [];
    for (const capture of read(words)) verdicts.push(await judge(capture, accessKeys));
    out(
      json
        ? `${JSON.stringify(verdicts.length === 1 ? verdicts[0] : verdicts, undefined, 2)}\n`
        : verdicts.map(text).join('\n'),
    );
    return verdicts.every(({ matches }) => matches) ? 0 : 1;
  } catch (error) {
    throw error instanceof CaptureError ? new OptionError(error.message) : error;
  }
}

function read([source = '-', ...more]: readonly string[]): Capture[] {
  if (more.length > 0) throw new CaptureError('explain takes one FILE, URL, curl command in quotes, or - for stdin');
  if (/^(https?:\/\/|curl\s)/i.test(source)) return readCaptures(Buffer.from(source));
  let bytes: Buffer;
  try {
    bytes = readFileSync(source === '-' ? 0 : source);
  } catch (error) {
    throw new CaptureError(`cannot read '${source}': ${(error as Error).message}`);
  }
  return readCaptures(bytes);
}

const text = ({ scheme, matches, code, cause, serverString, explanation, notes }: Verdict): string =>
  `${[
    `scheme   ${scheme === 'RPC' ? 'RPC signature 1.0 (HMAC-SHA1)' : 'ACS3-HMAC-SHA256'}`,
    `verdict  ${matches ? 'the signature matches | 签名匹配' : explanation ? cause : `${code}: ${cause}`}`,
    ...(explanation ? ['', explanation.text] : []),
    ...notes.map((note) => `note     ${note}`),
    '',
    'the gateway signs | 网关的待签名字符串',
    bounded(serverString),
  ].join('\n')}\n`;

const MOST = 4_000;
const bounded = (string: string): string =>
  string.length > MOST ? `${string.slice(0, MOST)}… (${string.length} characters)` : string;
