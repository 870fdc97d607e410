/** Lets others have their turn between two long pieces of work. */

/** Characters or bytes whose work others would feel. */
const LARGE = 1024 * 1024;

/** @param size of what was just worked on: after little nobody has to wait */
export const breath = (size: number): Promise<void> | undefined =>
  size > LARGE ? new Promise((resolve) => setImmediate(resolve)) : undefined;
