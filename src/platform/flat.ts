/** Text for what outlives its request. */
import { createHash } from 'node:crypto';

/**
 * The same text on its own: V8 makes a parameter a slice of the body it was read from, and a map that holds the one
 * holds the other. Half characters become U+FFFD.
 */
export const flat = (text: string): string => Buffer.from(text).toString();

/** A longer one is known by its hash. */
const LONGEST_KEY = 256;

/** {@link flat} for a key that nobody reads, of bounded length. */
export const flatKey = (text: string): string =>
  text.length > LONGEST_KEY ? `sha256:${createHash('sha256').update(text).digest('hex')}` : flat(text);
