/**
 * Room for the bytes of all objects together. It is promised in the order in which uploads arrive: all that one announces, at
 * once. One that announces nothing takes room as its bytes come; where none is left the latest of these gives way to those
 * before it. So what fits is accepted, however many arrive together.
 */
import { StoreFullError } from './store-full.js';

/** What one upload has been promised. */
export interface Place {
  /** Before so many more bytes are kept. @throws StoreFullError */
  take(bytes: number): void | Promise<void>;
  /** All of them have come: what was promised beyond them is free, and nobody makes it give way any more. @throws StoreFullError when it had to */
  fill(): void;
  /** It has failed, and left nothing. */
  leave(): void;
}

export interface Room {
  /** Bytes that are kept from before. */
  add(bytes: number): void;
  /** Bytes that were removed. */
  free(bytes: number): void;
  /** @param length undefined: not announced. @throws StoreFullError */
  enter(length?: number): Promise<Place>;
}

/** @param sweep looks for bytes nobody needs, and frees them */
export function createRoom(maxBytes: number, sweep: () => Promise<void>): Room {
  let used = 0;
  const fits = (bytes: number) => used + bytes <= maxBytes;
  /** Those that announced nothing, in the order of their arrival: how each gives way. */
  const growing = new Map<Place, () => void>();
  const full = () => new StoreFullError(`all objects together may hold ${maxBytes} bytes`);

  let sweeping: Promise<void> | undefined;
  /** Who comes while others wait for it waits behind them. */
  const swept = () => {
    sweeping ??= sweep().finally(() => {
      sweeping = undefined;
    });
    return sweeping;
  };
  /** @returns whether there is so much room now */
  const makeWay = (bytes: number, place: Place): boolean => {
    const all = [...growing];
    const later = growing.has(place) ? all.slice(all.findIndex(([one]) => one === place) + 1) : [];
    for (let last = later.pop(); last && !fits(bytes); last = later.pop()) last[1]();
    return fits(bytes);
  };

  return {
    add(bytes) {
      used += bytes;
    },
    free(bytes) {
      used -= bytes;
    },
    async enter(length) {
      let held = length ?? 0;
      let taken = 0;
      let gaveWay = false;
      // no sweep makes room for it
      if (held > maxBytes) throw full();
      if (sweeping || !fits(held)) await swept();
      if (!fits(held)) throw full();
      used += held;
      const hold = (bytes: number) => {
        used += bytes;
        held += bytes;
      };
      const place: Place = {
        take(bytes) {
          if (gaveWay) throw full();
          taken += bytes;
          const more = taken - held;
          if (more <= 0) return;
          if (fits(more)) return hold(more);
          return swept().then(() => {
            if (gaveWay || !(fits(more) || makeWay(more, place))) throw full();
            hold(more);
          });
        },
        fill() {
          if (gaveWay) throw full();
          growing.delete(place);
          hold(taken - held);
        },
        leave() {
          growing.delete(place);
          hold(-held);
        },
      };
      if (length === undefined)
        growing.set(place, () => {
          gaveWay = true;
          place.leave();
        });
      return place;
    },
  };
}
