/** In a file of its own, so that the server, which every start loads, does not load the downloads. */

/** Sent with everything fetched. Objects alone are handed out to what carries it: an address in a call leads to no page or call. */
export const FETCH_MARK = 'x-cloudauth-mock-fetch';
