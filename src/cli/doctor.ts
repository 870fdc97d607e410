/** `cloudauth-mock doctor`: what could keep calls from the emulator on this machine, and what to do about it. */
import { systemClock } from '../platform/clock.js';
import type { Translate } from '../platform/translate.js';
import { placeOf } from './client.js';
import type { Call } from './command.js';
import { type Answer, whoAnswers } from './doctor/answer.js';
import { checkAuthority } from './doctor/authority.js';
import type { Finding } from './doctor/finding.js';
import { checkConfig, checkDatabase, checkDriver, checkNode } from './doctor/installation.js';
import { checkClock, checkFree, checkHosts, checkPort, checkProxy } from './doctor/network.js';

const SIGNS = { ok: '✓', warning: '!', failed: '✗', unchecked: '–' } as const;

/** @returns the exit code: 0, or 1 where something failed. @throws OptionError where flags or variables are wrong */
export async function doctor(call: Call): Promise<0 | 1> {
  const findings = await examine(call);
  const { json } = call.options('json');
  call.out(json ? `${JSON.stringify(findings, null, 2)}\n` : findings.map(textOf(await call.translator())).join(''));
  return findings.some(({ status }) => status === 'failed') ? 1 : 0;
}

/** A further check is one line here. */
async function examine(call: Call): Promise<Finding[]> {
  // first: the options come from it
  const config = await checkConfig(call);
  const options = call.options();
  const isAnyPort = options.port === 0 && call.flags.url === undefined;
  const url = isAnyPort ? '' : placeOf(call).url;
  const answer: Answer = isAnyPort ? { by: 'nobody', why: '' } : await whoAnswers(url);
  const isOurs = call.flags.url === undefined;
  const { hostname, port } = new URL(url || 'http://127.0.0.1:1');
  const ports = [Number(port) || (url.startsWith('https:') ? 443 : 80), ...(options.https ? [options.httpsPort] : [])];
  const securePort = { host: options.host, port: options.httpsPort };
  return [
    checkNode(),
    checkDriver(options),
    await checkDatabase(options),
    config,
    await checkPort(url, answer, isOurs ? options : undefined),
    ...(options.https && isOurs && answer.by === 'nobody' ? [await checkFree('https', securePort)] : []),
    checkClock(answer, systemClock),
    checkProxy(hostname.replace(/^\[|\]$/g, ''), call.env),
    checkAuthority(options, call.env),
    checkHosts(ports),
  ];
}

const INDENT = ' '.repeat(12);
/** A Chinese character is as wide as two letters; each name is a short word. */
const padded = (name: string): string =>
  name + ' '.repeat(Math.max(1, 10 - name.length - (name.match(/\p{Script=Han}/gu)?.length ?? 0)));

const textOf =
  (t: Translate) =>
  ({ check, status, message, advice }: Finding): string => {
    const lines = message.split('\n').map(t).join(`\n${INDENT}`);
    return `${SIGNS[status]} ${padded(t(check))}${lines}\n${advice === undefined ? '' : `${INDENT}→ ${t(advice)}\n`}`;
  };
