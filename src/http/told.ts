/** What every answer says, and what the log says of failures, whoever answers. */
import { LoadError } from '../platform/lazy.js';
import type { Log } from '../platform/log.js';
import { VERSION } from '../platform/version.js';
import { StorageError } from '../store/database.js';

/** On every answer. The gateway adds it to its own: a middleware around each of its calls shows in the bench. */
export const OURS = { 'x-cloudauth-mock': VERSION };

/** Into the log goes what is no caller's fault; what cannot be loaded once, without its stack. */
export function createReport(log: Log): (error: unknown) => void {
  const logged = new WeakSet<LoadError>();
  return (error) => {
    // the store has said so itself
    if (error instanceof StorageError) return;
    if (!(error instanceof LoadError)) return log.crash(error);
    if (logged.has(error)) return;
    logged.add(error);
    log.warn(error.message);
  };
}
