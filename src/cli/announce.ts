/** What `start` says once it listens. */
import type { Options } from '../config/options.js';
import { driverName } from '../emulator/open-database.js';
import { asItIs, type Translate } from '../platform/translate.js';
import { VERSION } from '../platform/version.js';
import { type Addresses, banner } from './banner.js';
import type { Call } from './command.js';

/** Tells people and programs where it listens. @param config the config file that was read */
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
