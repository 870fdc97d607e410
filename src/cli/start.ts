/** `cloudauth-mock`, or `cloudauth-mock start`: listens until it is stopped. */
import type { Options } from '../config/options.js';
import { createLoggingMock } from '../emulator/create-mock.js';
import { driverName } from '../emulator/open-database.js';
import { asItIs, type Translate } from '../platform/translate.js';
import { VERSION } from '../platform/version.js';
import { type Addresses, banner } from './banner.js';
import type { Call } from './command.js';
import { stopsOnce } from './stop.js';

/** @returns the exit code of a worker that could not start. @throws OptionError; what {@link createLoggingMock} and its `listen` throw */
export async function start(call: Call): Promise<number | undefined> {
  const options = call.options();
  const config = (await call.configFile())?.file;
  if (options.log === 'json') call.failAsJson?.();
  if (options.workers > 1) return (await import('./workers.js')).startWorkers(call, options, config, announce);
  const mock = createLoggingMock(options, call.err, call.reader);
  const isStopping = stopsOnce(mock.close);
  await mock.listen().catch((error) => {
    if (!isStopping()) throw error;
  });
  if (isStopping()) return;
  const { url, https, proxy } = mock;
  await announce(call, options, config, { url, https: https?.url, proxy: proxy?.url });
  return;
}

/** Tells people and programs that it listens, and where. */
export async function announce(
  { out, err, reader, translator }: Call,
  options: Options,
  config: string | undefined,
  at: Addresses,
): Promise<void> {
  const say = (t: Translate) => err(banner(at, options, driverName(options), config, t));
  const isLater = reader?.lang === 'zh';
  if (options.log === 'pretty' && !isLater) say(asItIs);
  const { pid } = process;
  const addresses = { http: at.url, https: at.https, proxy: at.proxy };
  const ready = { name: 'cloudauth-mock', version: VERSION, ready: true, ...addresses, pid, config };
  const listed = Object.entries(addresses).filter(([, address]) => address !== undefined);
  out(
    options.json
      ? `${JSON.stringify(ready)}\n`
      : `cloudauth-mock ready ${listed.map((pair) => pair.join('=')).join(' ')} pid=${pid}\n`,
  );
  // nobody waits for the other language
  if (options.log === 'pretty' && isLater) say(await translator().catch(() => asItIs));
}
