/** The address of a page for another device, with its QR code; only where another device can open it. */
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import type { Options } from '../../config/options.js';
import { calledAs, inUrl, isLoopback } from '../../platform/hosts.js';
import { lazy } from '../../platform/lazy.js';
import { networkHosts } from '../../platform/network.js';
import { langOf, type Text } from './language.js';
import type { Html } from './layout.js';

export type Reach = Pick<Options, 'host' | 'publicUrl'>;

const OPEN: Text = { zh: '在另一台设备上打开', en: 'Open on another device' };
const CODE: Text = { zh: '此地址的二维码', en: 'QR code of this address' };
const NETWORK: Text = { zh: '该设备须能访问此地址。', en: 'It has to reach this address.' };

/** Of a longer one the squares would be too small for a camera. */
const LONGEST = 600;
const encoder = lazy(() => import('uqr'));

/** @param url as the page was asked for. @param hosts of this machine in its network */
export function addressElsewhere(url: string, { host, publicUrl }: Reach, hosts = networkHosts(host)) {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  if (publicUrl !== undefined) return `${publicUrl}${pathname}${search}`;
  if (isLoopback(host)) return undefined;
  // bound to one address, it is found there
  const found = calledAs(host) === host ? inUrl(host) : hosts[0];
  const named = isLoopback(hostname) ? found : hostname;
  return named && `${protocol}//${named}${port && `:${port}`}${pathname}${search}`;
}

/** @returns a QR code as SVG, dark on white whatever surrounds it */
export const qrCode = async (address: string): Promise<string> => (await encoder()).renderSVG(address, { border: 4 });

interface Way {
  /** Where the page is asked for anew. Default: where it was now. */
  readonly path?: string;
  /** Whether it would be let in under that host. */
  canOpen?(host: string): boolean;
}

export async function elsewhere(c: Context, reach: Reach, { path, canOpen = () => true }: Way = {}): Promise<Html> {
  const asked = new URL(path ?? c.req.url, c.req.url);
  // seen again, it would do again what it did
  asked.searchParams.delete('auto');
  const address = addressElsewhere(asked.href, reach);
  if (address === undefined || address.length > LONGEST || !canOpen(new URL(address).hostname)) return html``;
  const lang = langOf(c.req.raw);
  return html`<details class="tester"><summary>${OPEN[lang]}</summary>
<p role="img" aria-label="${CODE[lang]}">${raw(await qrCode(address))}</p><p class="soft"><code>${address}</code><br>${NETWORK[lang]}</p></details>`;
}
