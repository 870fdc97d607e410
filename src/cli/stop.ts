/** Ctrl-C, and what ends a service: everything is closed, then the process ends with 0. */

/**
 * npm and a terminal both pass Ctrl-C on: the second signal of one key press is not impatience.
 * @returns whether it has begun
 */
export function stopsOnce(close: () => Promise<void>): () => boolean {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      // the lines of the log leave at the end of their turn
      void close().then(() => setImmediate(() => process.exit(0)));
    });
  }
  return () => stopping;
}
