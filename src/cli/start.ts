/** `cloudauth-mock`, or `cloudauth-mock start`: listens until it is stopped. */
import { createLoggingMock } from '../emulator/create-mock.js';
import { announce } from './announce.js';
import type { Call } from './command.js';
import { stopsOnce } from './stop.js';

/** @returns the exit code of a worker that could not start. @throws OptionError; what {@link createLoggingMock} and its `listen` throw */
export async function start(call: Call): Promise<number | undefined> {
  const options = call.options();
  const config = (await call.configFile())?.file;
  if (options.log === 'json') call.failAsJson?.();
  if (options.workers > 1) return (await import('./workers.js')).startWorkers(call, options, config);
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
