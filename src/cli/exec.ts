/**
 * `cloudauth-mock exec -- COMMAND`: an emulator with a proxy on free ports, and the command with what each language needs to
 * reach it. Ends as the command does; when that has failed, says which calls had.
 */
import type { Options } from '../config/options.js';
import { createCloudauthMock } from '../emulator/create-mock.js';
import { systemClock } from '../platform/clock.js';
import { createLog } from '../platform/log.js';
import { childEnvironment } from './child-environment.js';
import { runChild } from './child-process.js';
import { type ChildTrust, childTrust } from './child-trust.js';
import type { Call } from './command.js';
import { failedCalls } from './failed-calls.js';

/** @returns the exit code of the command. @throws what `start` throws */
export async function exec(call: Call): Promise<number> {
  const { words, err, reader, translator } = call;
  const options = onFreePorts(call);
  const t = await translator();
  const say = (text: string) => err(`cloudauth-mock: ${t(text)}\n`);
  const failed = failedCalls(createLog(options.log, err, systemClock.now, reader));
  const mock = createCloudauthMock(options, failed.log);
  await mock.listen();
  const { url: proxy, ...ca } = mock.proxy!;
  let trust: ChildTrust | undefined;
  try {
    say(`the vendor's hosts lead to ${mock.url}, by the proxy ${proxy}`);
    if (process.env.HTTPS_PROXY || process.env.https_proxy)
      say("HTTPS_PROXY of this environment is not used: hosts that are not the vendor's are reached directly");
    const { code, failure } = await runChild(words, () => {
      trust = childTrust(ca, process.env);
      const { env, leftOut } = childEnvironment(process.env, { url: mock.url, proxy, trust });
      if (leftOut.length > 0)
        say(`not in NO_PROXY of the command, for it names hosts of the vendor: ${leftOut.join(', ')}`);
      return env;
    });
    if (failure !== undefined) say(failure);
    else if (code !== 0) failed.list(createLog('pretty', err, systemClock.now, reader), say);
    return code;
  } finally {
    trust?.remove();
    await mock.close();
  }
}

/** A config file says where a lasting emulator listens; a flag or a variable may say where this one does. */
function onFreePorts({ options: read, sourceOf }: Call): Options {
  const options = read();
  const free = (name: 'port' | 'httpsPort' | 'proxyPort') => (sourceOf(name).kind === 'default' ? 0 : options[name]);
  const secure = options.https && { httpsPort: free('httpsPort') };
  return { ...options, ...secure, proxy: true, port: free('port'), proxyPort: free('proxyPort') };
}
