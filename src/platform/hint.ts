/** Words for whoever debugs, beside the documented answer. */

export const HINT_HEADER = 'x-cloudauth-mock-hint';
/** Some clients refuse headers of a few kilobytes. */
export const MAX_HINT_BYTES = 512;

/** As a header can hold it: printable ASCII. */
export const hintText = (hints: readonly string[], maxBytes = MAX_HINT_BYTES): string =>
  hints
    .join('; ')
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, maxBytes);
