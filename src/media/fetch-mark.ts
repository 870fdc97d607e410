/** In a file of its own, so that the control side's guard, which every start loads, does not load the downloads. */

/** Sent with everything fetched. The control side refuses what carries it, so that an address in a call cannot lead there. */
export const FETCH_MARK = 'x-cloudauth-mock-fetch';
