/** Callbacks: those of verifications that end here, and those that a process which was killed still owed. */
import type { Log } from '../platform/log.js';
import type { OwedCallback, OwedCallbacks } from '../store/callbacks.js';
import type { Fellows } from './fellows.js';
import type { Services } from './lazy-services.js';
import type { Lifecycle } from './lifecycle.js';

/** Of an earlier process a start makes so many. */
const OWED = 1000;

interface CallBackDeps {
  readonly services: Pick<Services, 'callbacks'>;
  readonly owed: OwedCallbacks;
  readonly life: Pick<Lifecycle<unknown>, 'run'>;
  readonly log: Log;
  readonly fellows: Fellows | undefined;
}

export function callingBack({ services, owed, life, log, fellows }: CallBackDeps) {
  // one of several processes makes them all, and so can list them
  const callbacks = fellows?.atFirst('callbacks', services.callbacks, ['make', 'list', 'next']) ?? services.callbacks;
  const callBack = (callback: OwedCallback): void => {
    const made = life.run(async () => (await callbacks()).make(callback));
    made.catch((error: Error) => log.warn(`a callback is not made: ${error.message}`));
  };
  const makeOwed = async (): Promise<void> => {
    for (const callback of await owed.list(OWED)) callBack(callback);
  };
  return {
    callbacks,
    callBack,
    /** Makes what is owed. */
    async begin() {
      if (!fellows) return makeOwed();
      fellows.whenFirst(() => void makeOwed().catch((error) => log.warn(error.message)));
    },
  };
}
