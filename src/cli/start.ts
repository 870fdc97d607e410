/** `cloudauth-mock`, or `cloudauth-mock start`: listens until it is stopped. */
import { createLoggingMock } from '../emulator/create-mock.js';
import { driverName } from '../emulator/open-database.js';
import { asItIs, type Translate } from '../platform/translate.js';
import { VERSION } from '../platform/version.js';
import { banner } from './banner.js';
import type { Call } from './command.js';

/** @throws OptionError; what {@link createLoggingMock} and its `listen` throw */
export async function start(call: Call): Promise<undefined> {
  const { out, err, reader, failAsJson, translator } = call;
  const options = call.options();
  const config = (await call.configFile())?.file;
  if (options.log === 'json') failAsJson?.();
  const mock = createLoggingMock(options, err, reader);
  // npm and a terminal both pass Ctrl-C on: the second signal of one key press is not impatience
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      // the lines of the log leave at the end of their turn
      void mock.close().then(() => setImmediate(() => process.exit(0)));
    });
  }
  await mock.listen().catch((error) => {
    if (!stopping) throw error;
  });
  if (stopping) return;
  const { url, https, proxy } = mock;
  const say = (t: Translate) => err(banner(mock, options, driverName(options), config, t));
  const isLater = reader?.lang === 'zh';
  if (options.log === 'pretty' && !isLater) say(asItIs);
  const { pid } = process;
  const addresses = { http: url, https: https?.url, proxy: proxy?.url };
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
