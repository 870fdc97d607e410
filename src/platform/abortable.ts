/**
 * @returns what `work` resolves to, unless its caller leaves first
 * @throws the signal's reason then, as `fetch` does
 */
export function abortable<T>(signal: AbortSignal, work: () => T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave);
    Promise.resolve(work())
      .finally(() => signal.removeEventListener('abort', leave))
      .then(resolve, reject);
  });
}
