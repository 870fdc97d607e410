/** Connections that `node:cluster` hands to a worker. */
import type { Worker } from 'node:cluster';

interface Handle {
  close(done?: () => void): void;
}

/**
 * Node forgets a connection that it has handed to a worker which ends before it takes it, and the client would wait for ever:
 * closed, it tries again. What Node says to workers is its own affair; should it say it otherwise, that is how it stays.
 * @returns closes those the worker has not taken
 */
export function watchHandOver({ process: child }: Worker): () => void {
  const untaken = new Set<Handle>();
  const send = child.send.bind(child) as (...args: unknown[]) => boolean;
  child.send = ((message: { act?: string } | undefined, handle: Handle | undefined, ...more: unknown[]) => {
    if (message?.act === 'newconn' && handle) {
      untaken.add(handle);
      const close = handle.close.bind(handle);
      handle.close = (done) => {
        untaken.delete(handle);
        close(done);
      };
    }
    return send(message, handle, ...more);
  }) as typeof child.send;
  return () => {
    for (const handle of untaken) handle.close();
  };
}
