/** Under which addresses other machines find this one. */
import { networkInterfaces } from 'node:os';
import { calledAs, inUrl } from './hosts.js';

/** @param host what the server is bound to. @returns none when that is one address */
export function networkAddresses(host: string): string[] {
  if (calledAs(host) === host) return [];
  const here = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return here
    .filter(({ internal, family, scopeid }) => !internal && !scopeid && (host === '::' || family === 'IPv4'))
    .map(({ address }) => address);
}

/** The same as a URL writes them. */
export const networkHosts = (host: string): string[] => networkAddresses(host).map(inUrl);
