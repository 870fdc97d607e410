/** Lets others have their turn between two long pieces of work. */

/** Characters or bytes whose work others would feel. */
const LARGE = 1024 * 1024;

/** @param size of what was just worked on: after little nobody has to wait */
export const breath = (size: number): Promise<void> | undefined =>
  size > LARGE ? new Promise((resolve) => setImmediate(resolve)) : undefined;

/** Reads items one by one; where many are large, others have their turn in between. */
export async function inTurns<T extends { readonly size: number }, R>(
  items: readonly T[],
  read: (item: T) => R,
): Promise<R[]> {
  const done: R[] = [];
  let size = 0;
  for (const item of items) {
    done.push(read(item));
    size += item.size;
    const pause = breath(size);
    if (pause) size = 0;
    await pause;
  }
  return done;
}
