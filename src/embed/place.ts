/** Where the emulator is that CLOUDAUTH_MOCK_URL names. */
import type { Place } from './route.js';

/** @returns what is wrong with the address, where it is none */
export function placeOf(address: string): Place | string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'http:')
    return `CLOUDAUTH_MOCK_URL: '${address.slice(0, 200)}' is no address of an emulator; write http://127.0.0.1:4520`;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 80),
    refused: `no emulator answers at ${url.origin}, which CLOUDAUTH_MOCK_URL names: start one, or leave it out`,
  };
}
