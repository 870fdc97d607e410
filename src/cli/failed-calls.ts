/** Calls that were refused or failed, and what else the log warned of, kept to be listed when a command has failed. */
import type { Log } from '../platform/log.js';

const MOST = 20;

export interface FailedCalls {
  /** Passes everything on. */
  readonly log: Log;
  /** @param say a sentence before them, and one after */
  list(to: Log, say: (text: string) => void): void;
}

export function failedCalls(log: Log): FailedCalls {
  const kept: ((to: Log) => void)[] = [];
  let more = 0;
  const keep = (replay: (to: Log) => void) => {
    if (kept.length < MOST) kept.push(replay);
    else more++;
  };
  return {
    log: {
      call(entry) {
        log.call(entry);
        if (entry.status >= 400 || entry.code !== undefined) keep((to) => to.call(entry));
      },
      info: (message) => log.info(message),
      warn(message) {
        log.warn(message);
        keep((to) => to.warn(message));
      },
      crash(error) {
        log.crash(error);
        keep((to) => to.crash(error));
      },
    },
    list(to, say) {
      if (kept.length === 0) return say('the command has failed; no call of it was refused or answered an error');
      say(`the command has failed; of its calls ${kept.length + more} were refused or answered an error:`);
      for (const replay of kept) replay(to);
      if (more > 0) to.info(`and ${more} more`);
    },
  };
}
