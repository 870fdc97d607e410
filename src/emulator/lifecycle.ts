/** How an emulator opens and closes: idle → opening → open → closed. */

/** Something was asked of an emulator that is closed. */
export class ClosedError extends Error {
  override readonly name = 'ClosedError';
  constructor() {
    super('this emulator is closed; createCloudauthMock() makes another one');
  }
}

export interface Lifecycle<T> {
  readonly state: 'idle' | 'opening' | 'open' | 'closed';
  /** Aborted when closing begins. */
  readonly closing: AbortSignal;
  /** What is open, also while it closes. The first call opens it; what failed is tried again by the next. */
  opened(): Promise<T>;
  /** {@link opened} for what may not begin any more once closing has begun. @throws ClosedError */
  use(): Promise<T>;
  /** Something that closing waits for, for a moment. @throws ClosedError */
  run<R>(work: () => R | Promise<R>): Promise<R>;
  /** @throws ClosedError */
  check(): void;
  /** To be released when it closes, or when opening fails: the latest first. */
  keep(release: Release): void;
  /** Lets what runs come to its end, then releases everything, once. A second call waits for the first. */
  close(): Promise<void>;
}

type Release = () => void | Promise<void>;

/** Milliseconds for what runs in process; sockets have their own. */
const DRAIN_MS = 300;

/** @param open calls `keep` for each thing it opens */
export function createLifecycle<T>(open: (keep: Lifecycle<T>['keep']) => Promise<T>): Lifecycle<T> {
  let state: Lifecycle<T>['state'] = 'idle';
  let opening: Promise<T> | undefined;
  let closed: Promise<void> | undefined;
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  const kept: Release[] = [];
  let released = false;

  const turn = (next: 'idle' | 'opening' | 'open') => {
    if (state !== 'closed') state = next;
  };
  const release = async () => {
    const failures: unknown[] = [];
    for (let each = kept.pop(); each; each = kept.pop()) {
      try {
        await each();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  const begin = async () => {
    turn('opening');
    try {
      const made = await open(life.keep);
      turn('open');
      return made;
    } catch (error) {
      // what was asked for counts, not what went wrong while tidying up
      await release().catch(() => {});
      opening = undefined;
      turn('idle');
      throw error;
    }
  };
  const end = async () => {
    state = 'closed';
    closing.abort();
    let timer: NodeJS.Timeout | undefined;
    const moment = new Promise((resolve) => {
      timer = setTimeout(resolve, DRAIN_MS);
    });
    await Promise.race([Promise.allSettled(running), moment]);
    clearTimeout(timer);
    await opening?.catch(() => {});
    released = true;
    await release();
  };

  const life: Lifecycle<T> = {
    get state() {
      return state;
    },
    closing: closing.signal,
    opened() {
      if (!opening) life.check();
      opening ??= begin();
      return opening;
    },
    async use() {
      life.check();
      const made = await life.opened();
      life.check();
      return made;
    },
    async run(work) {
      life.check();
      const done = Promise.resolve(work());
      running.add(done);
      try {
        return await done;
      } finally {
        running.delete(done);
      }
    },
    check() {
      if (state === 'closed') throw new ClosedError();
    },
    keep(each) {
      kept.push(each);
      // it came too late to be waited for
      if (released) void release().catch(() => {});
    },
    close() {
      closed ??= end();
      return closed;
    },
  };
  return life;
}
