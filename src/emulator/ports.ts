/** The ports of an emulator: that of http, and by options those of https and of the proxy. All of them, or none. */
import type { Options } from '../config/options.js';
import type { Refusals } from '../control/refusals.js';
import type { App } from '../http/router.js';
import { listen } from '../http/server.js';
import { systemClock } from '../platform/clock.js';
import { lazy } from '../platform/lazy.js';
import type { Log } from '../platform/log.js';
import type { ProxyPort } from '../proxy/proxy.js';
import type { Trust } from '../tls/trust.js';

export interface Ports {
  readonly url: string;
  readonly secureUrl: string | undefined;
  readonly proxyUrl: string | undefined;
  /** Of https and the proxy. */
  readonly trust: Trust | undefined;
  close(): Promise<unknown>;
}

const trustOpener = lazy(() => import('../tls/trust.js'));
const proxyListener = lazy(() => import('../proxy/proxy.js'));

/** @throws NodeJS.ErrnoException with `option`, where it is not --port; InputError of the CA */
export async function openPorts(app: App, options: Options, { tell }: Refusals, warn: Log['warn']): Promise<Ports> {
  const { port, host } = options;
  const trust = options.https || options.proxy ? await openedTrust(options, warn) : undefined;
  const { url, secureUrl, server, close } = await listen(
    app,
    port,
    host,
    options.https ? { trust: trust!, port: options.httpsPort, tell } : undefined,
  );
  let proxy: ProxyPort | undefined;
  if (options.proxy) {
    try {
      const { listenAsProxy } = await proxyListener();
      const passthrough = options.proxyPassthrough === 'on';
      proxy = await listenAsProxy(server, host, { trust: trust!, port: options.proxyPort, passthrough, tell });
    } catch (error) {
      await close();
      throw Object.assign(error as Error, { option: '--proxy-port' });
    }
  }
  // what the proxy has handed over is the server's to close
  return { url, secureUrl, proxyUrl: proxy?.url, trust, close: () => Promise.all([proxy?.close(), close()]) };
}

async function openedTrust(options: Options, tell: Log['warn']): Promise<Trust> {
  const { openTrust, checkServed } = await trustOpener();
  const trust = openTrust({ dataDir: options.dataDir, clock: systemClock, tell });
  if (options.https) checkServed(trust, options);
  return trust;
}
