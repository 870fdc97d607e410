/** Text of a caller's that goes where it could do harm. */

/** No control character and no line break: nothing in it can forge a line of the log or steer the terminal. */
export const oneLine = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]/g, '?');
