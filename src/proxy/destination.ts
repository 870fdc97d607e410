/** Where a request to the proxy is to go, and what is said of where it may not. */
import { networkInterfaces } from 'node:os';
import { type Address, hostOf, judged, Refused, type Resolve } from '../outgoing/way-out.js';
import { vendorHost } from '../platform/vendor-hosts.js';

/** Not done: the status, and why, for people. */
export class NotLed extends Error {
  constructor(
    readonly status: 400 | 403 | 502 | 503 | 504,
    message: string,
  ) {
    super(message);
  }
}

const AUTHORITY = /^(\[[\da-f:.]{2,45}\]|[^\s/\\@:?#[\]%]{1,253}):(\d{1,5})$/i;

/** Of a CONNECT; a URL writes every spelling of an address in one way. @throws NotLed */
export function authority(target: string): URL {
  const [, , port] = AUTHORITY.exec(target) ?? [];
  const url = Number(port) > 0 && Number(port) <= 65_535 && URL.canParse(`http://${target}`);
  if (!url) throw new NotLed(400, `CONNECT takes HOST:PORT, and not '${shown(target)}'`);
  return new URL(`http://${target}`);
}

/** Whoever calls chooses it, and it is told in the log. */
export const shown = (text: string): string => text.slice(0, 100).replace(/[^\x21-\x7e]/g, '?');

/** Of a host the emulator stands for: its name without a last dot. */
export function vendorName(host: string): string | undefined {
  const name = host.toLowerCase().replace(/\.$/, '');
  return vendorHost(name) && name;
}

export interface Judge {
  readonly passthrough: boolean;
  readonly resolve: Resolve;
}

/** The addresses a host may be reached at: public ones, and none of this machine. @throws NotLed */
export async function addressesOf(url: URL, { passthrough, resolve }: Judge, signal: AbortSignal): Promise<Address[]> {
  const host = hostOf(url);
  if (!passthrough)
    throw new NotLed(
      403,
      `the proxy leads to hosts of the vendor only, and ${shown(host)} is none: name it in NO_PROXY, or start the emulator with --proxy-passthrough on`,
    );
  const own = new Set(Object.values(networkInterfaces()).flatMap((each) => each?.map(({ address }) => address) ?? []));
  try {
    const found = await judged(url, 'elsewhere', resolve, signal);
    if (!found.some(({ address }) => own.has(address))) return found;
  } catch (error) {
    if (!(error instanceof Refused)) throw unreachable(host, error, signal);
  }
  throw new NotLed(
    403,
    `the proxy leads to public addresses only, and ${shown(host)} has one that is private, special or this machine's own: name it in NO_PROXY`,
  );
}

/** @param error of resolving or connecting */
export function unreachable(host: string, error: unknown, signal: AbortSignal): NotLed {
  if (error instanceof NotLed) return error;
  if (signal.aborted) return new NotLed(504, `${shown(host)} does not answer`);
  const { code, message } = error as NodeJS.ErrnoException;
  return new NotLed(502, `${shown(host)} cannot be reached (${code ?? message})`);
}
