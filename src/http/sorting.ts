/** Which requests are what, told by target, method and headers. */
import type { RawIncoming } from '../gateway/request.js';
import { FETCH_MARK } from '../outgoing/fetch-mark.js';

/** What of a request says where it goes. */
interface Sorted {
  /** The target, as sent. */
  readonly url?: string;
  readonly method?: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** SDKs call no other path. A call elsewhere still reaches the gateway, past health and pages. */
export const isCall = ({ url = '', method, headers }: Sorted): boolean =>
  (url === '/' || url.startsWith('/?')) && (method === 'POST' || (method === 'GET' && !isBrowsing(url, headers)));

/** A download of this emulator or of another one: of what is no object it gets nothing. */
export const isFetched = ({ headers }: RawIncoming): boolean => headers[FETCH_MARK] !== undefined;

/** Somebody has typed the base URL into a browser: no client asks for HTML, and ACS3 names its Action in a header. */
export const isBrowsing = (target: string, headers: Sorted['headers']): boolean =>
  /^\/(\?lang=(zh|en))?$/.test(target) &&
  /\btext\/html\b/.test(String(headers.accept ?? '')) &&
  headers['x-acs-action'] === undefined;

/** Of pages and the control side, in bytes. A gateway call may carry a picture in its address. */
export const LONGEST_ADDRESS = 8 * 1024;
