/** Whether a call comes from a web page of another origin. */
import { isLoopback } from '../platform/hosts.js';

/** The host name of an Origin header, in lower case; what is no origin comes back as it is. */
export const originName = (origin: string): string =>
  URL.canParse(origin) ? new URL(origin).hostname.toLowerCase() : origin;

/** Clients that are no browser send neither header. A picture's address is asked for without an Origin. */
export const isForeignPage = ({
  origin = '',
  'sec-fetch-site': site,
}: Readonly<Record<string, string | undefined>>): boolean =>
  site === 'cross-site' || (origin !== '' && !isLoopback(originName(origin)));
