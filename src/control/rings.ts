/**
 * Bounded rings of what happened, one an account. Each item has a number; who follows a ring keeps the number they have
 * read to and is woken by the next item, so that a slow reader costs nothing but what it misses.
 */

export interface Kept {
  /** Characters, about. */
  readonly size: number;
}

export interface Counts {
  /** How often each was answered: `<operation path> <code>`, `ok` for a success. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** What the vendor would have billed, by operation path. */
  readonly billed: ReadonlyMap<string, number>;
}

export interface Ring<T> {
  /** Tells it from an earlier ring of the account, also of an earlier process. */
  readonly id: string;
  /** The number of the next item; the first is 1. */
  next: number;
  bytes: number;
  /** By number, oldest first, without gaps. */
  readonly items: Map<number, T>;
  /** Gateway calls ever recorded. */
  calls: number;
  /** How often each was answered: `<operation path> <code>`, `ok` for a success. */
  readonly outcomes: Map<string, number>;
  /** What the vendor would have billed, by operation path. */
  readonly billed: Map<string, number>;
}

/** Any id beginning LTAImock is an account of its own: of so many the journal is kept, the longest silent goes first. */
export const ACCOUNTS = 1000;
/** All of them together. */
export const ALL_BYTES = 256 * 1024 * 1024;
/** Requests with pictures are large: of those fewer are kept. */
export const KEPT_BYTES = 32 * 1024 * 1024;

export interface Rings<T> {
  get(account: string): Ring<T> | undefined;
  /** Made where there is none. The account counts as the one that was heard of last. */
  of(account: string, now: number): Ring<T>;
  /** A ring that is kept elsewhere, and of which nothing is here yet; in place of the one there is. */
  begin(account: string, id: string): Ring<T>;
  put(ring: Ring<T>, item: T): void;
  /** What it had is dropped, and the next item has that number. */
  skip(ring: Ring<T>, next: number): void;
  accounts(): string[];
  /** @returns what puts it back, in place of the one there is then */
  forget(account: string): () => void;
  /** Who waits looks again. */
  wake(): void;
  /** The next time that anything is put or forgotten; or when the signal is aborted. @param ms or after that long */
  changed(signal: AbortSignal, ms?: number): Promise<void>;
}

/** @param most items of one account */
export function createRings<T extends Kept>(most: number): Rings<T> {
  const rings = new Map<string, Ring<T>>();
  const waiting = new Set<() => void>();
  let newest: string | undefined;
  let total = 0;
  let made = 0;
  const ringOf = (id: string): Ring<T> => ({
    id,
    next: 1,
    bytes: 0,
    items: new Map(),
    calls: 0,
    outcomes: new Map(),
    billed: new Map(),
  });
  const wake = (): void => {
    for (const go of [...waiting]) go();
  };
  const forget = (account: string): (() => void) => {
    const ring = rings.get(account);
    total -= ring?.bytes ?? 0;
    rings.delete(account);
    newest = undefined;
    wake();
    return () => {
      forget(account);
      if (!ring) return;
      rings.set(account, ring);
      total += ring.bytes;
      wake();
    };
  };
  const dropOldest = (ring: Ring<T>): void => {
    const [number, { size }] = ring.items.entries().next().value!;
    ring.items.delete(number);
    ring.bytes -= size;
    total -= size;
  };
  return {
    get: (account) => rings.get(account),
    of(account, now) {
      let ring = rings.get(account);
      if (!ring) {
        if (rings.size >= ACCOUNTS) forget(rings.keys().next().value!);
        ring = ringOf(`${now.toString(36)}${++made}`);
      } else if (account === newest) return ring;
      // a Map keeps the order of insertion: the one that called last is last
      rings.delete(account);
      rings.set(account, ring);
      newest = account;
      return ring;
    },
    begin(account, id) {
      forget(account);
      if (rings.size >= ACCOUNTS) forget(rings.keys().next().value!);
      const ring = ringOf(id);
      rings.set(account, ring);
      return ring;
    },
    skip(ring, next) {
      total -= ring.bytes;
      ring.bytes = 0;
      ring.items.clear();
      ring.next = next;
    },
    put(ring, item) {
      ring.items.set(ring.next++, item);
      ring.bytes += item.size;
      total += item.size;
      while (ring.items.size > most || (ring.bytes > KEPT_BYTES && ring.items.size > 1)) dropOldest(ring);
      // the longest silent account first; the newest item of all stays
      if (total > ALL_BYTES)
        for (const other of rings.values())
          while (total > ALL_BYTES && other.items.size > (other === ring ? 1 : 0)) dropOldest(other);
      if (waiting.size > 0) wake();
    },
    accounts: () => [...rings.keys()],
    forget,
    wake,
    changed: (signal, ms) =>
      new Promise((resolve) => {
        const go = (): void => {
          clearTimeout(timer);
          waiting.delete(go);
          signal.removeEventListener('abort', go);
          resolve();
        };
        const timer = ms === undefined || signal.aborted ? undefined : setTimeout(go, ms).unref();
        if (signal.aborted) return resolve();
        waiting.add(go);
        signal.addEventListener('abort', go);
      }),
  };
}
