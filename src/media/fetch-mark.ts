/** Alone in its file: the control side's guard needs the name before anything is fetched, and must not load what fetches. */

/** Sent with everything fetched. The control side refuses what carries it, so that an address in a call cannot lead there. */
export const FETCH_MARK = 'x-cloudauth-mock-fetch';
