/** The thread of the emulator, see start.ts: options from the environment, as the command reads them; log to stderr. */
import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { checkEnv, type Env, readOptions } from '../config/options.js';
import { createLoggingMock } from '../emulator/create-mock.js';
import { asItIs, translator } from '../platform/translate.js';
import type { Started, ThreadData } from './start.js';

/** An application keeps its own keys and scenes; a port it does not know needs no number of its own. */
const DEFAULTS: Env = { CLOUDAUTH_MOCK_PORT: '0', CLOUDAUTH_MOCK_KEYS: 'any', CLOUDAUTH_MOCK_SCENES: 'any' };

const env: Env = { ...DEFAULTS, ...Object.fromEntries(Object.entries(process.env).filter(([, value]) => value)) };
const { started, port, lang } = workerData as ThreadData;
const translate = await translator(lang).catch(() => asItIs);

/** At once: what goes through the process's own stream is lost when it ends. */
function write(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    process.stderr.write(text);
  }
}

async function start(): Promise<Started> {
  try {
    checkEnv(env);
    const options = readOptions({}, env);
    const { url } = await createLoggingMock(options, write, { lang, colour: false }).listen();
    const announced = `calls to the vendor's hosts lead to ${url}, in this process; ${url}/_mock/phone: act as the user`;
    if (options.log === 'pretty') write(`cloudauth-mock: ${translate(announced)}\n`);
    return { url };
  } catch (error) {
    return { failed: translate((error as Error).message) };
  }
}

port.postMessage(await start());
Atomics.store(started, 0, 1);
Atomics.notify(started, 0);
