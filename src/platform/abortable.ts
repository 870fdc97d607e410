/**
 * @returns what `work` resolves to, unless its caller leaves first
 * @throws the signal's reason then, as `fetch` does
 */
export function abortable<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    // never removed: the signal is the request's own and goes with it
    signal.addEventListener('abort', () => reject(signal.reason));
    work().then(resolve, reject);
  });
}
