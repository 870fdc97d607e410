/**
 * A server never receives the client's string-to-sign. It can find it: sign again under every known mistake and every
 * combination of a few until one gives the received signature. Bounded in time, and run only after a mismatch.
 */
import { stopwatch } from '../platform/clock.js';
import type { Mistake, Named, Procedure } from './procedure.js';

export interface Budget {
  readonly ms: number;
  /** Elapsed milliseconds. */
  now(): number;
  /** Bytes of query and body. A larger call is not searched: a single try would take longer than `ms`. */
  readonly mostBytes?: number;
}

/** Long enough for every pair on a request of usual size, short enough to go unnoticed. */
export const BUDGET: Budget = { ms: 25, now: stopwatch, mostBytes: 600_000 };

const MOST_MISTAKES = 3;
const MOST_ABOUT_HMAC = 2;
/**
 * This much is tried even when the time is over: enough for every single mistake on a request of usual size, and for those
 * about the key where a picture of 300 KB is in it. It takes a
 * few milliseconds, but a busy machine may need the whole budget for them.
 */
const FREE_TRIES = 150;
const FREE_CHARACTERS = 4_000_000;

export interface Search {
  /** Undefined when no combination that was tried explains the signature. */
  readonly found: { readonly mistakes: readonly Named[]; readonly clientString: string } | undefined;
  readonly serverString: string;
  readonly tried: number;
  /** Every combination of up to so many mistakes was tried. */
  readonly complete: number;
}

/** Fewest mistakes first. Those about the HMAC leave the string as it is, so one string serves many of them. */
export function search<Knobs extends object>(procedure: Procedure<Knobs>, budget: Budget = BUDGET): Search {
  const { right, aboutHmac, certain } = procedure;
  const meter = createMeter(budget);
  const serverString = procedure.stringToSign(right);
  const result = (complete: number, hit?: readonly Mistake<Knobs>[]): Search => ({
    serverString,
    tried: meter.tried(),
    complete,
    found: hit && {
      mistakes: [...hit, ...(certain ?? [])],
      clientString: procedure.stringToSign(turned(right, hit)),
    },
  });
  if (!certain) return result(MOST_MISTAKES);
  let aboutText = procedure.aboutText;
  for (let size = 0; size <= MOST_MISTAKES; size++) {
    for (let inHmac = Math.min(size, MOST_ABOUT_HMAC); inHmac >= 0; inHmac--) {
      for (const text of combinations(aboutText, size - inHmac)) {
        const knobs = turned(right, text);
        const string = text.length === 0 ? serverString : procedure.stringToSign(knobs);
        for (const hmac of combinations(aboutHmac, inHmac)) {
          if (!meter.allows(string.length)) return result(size - 1);
          if (procedure.fits(turned(knobs, hmac), string)) return result(size, [...hmac, ...text]);
        }
      }
    }
    // a mistake that changes nothing on this request need not be combined with others
    if (size === 1)
      aboutText = aboutText.filter((mistake) => !mistake.alone && !meter.over() && changes(procedure, mistake));
  }
  return result(MOST_MISTAKES);
}

const changes = <Knobs extends object>({ bases, stringToSign }: Procedure<Knobs>, mistake: Mistake<Knobs>): boolean =>
  bases.some((base) => stringToSign(turned(base, [mistake])) !== stringToSign(base));

const turned = <Knobs extends object>(knobs: Knobs, mistakes: readonly Mistake<Knobs>[]): Knobs =>
  mistakes.length === 0 ? knobs : Object.assign({}, knobs, ...mistakes.map(({ set }) => set));

interface Meter {
  /** May one more string of this length be tried? */
  allows(length: number): boolean;
  over(): boolean;
  tried(): number;
}

function createMeter({ ms, now }: Budget): Meter {
  const deadline = now() + ms;
  let tried = 0;
  let characters = 0;
  const over = () => (tried > FREE_TRIES || characters > FREE_CHARACTERS) && now() > deadline;
  return {
    allows(length) {
      tried++;
      characters += length;
      return !over();
    },
    over,
    tried: () => tried,
  };
}

/** Every choice of `size` mistakes, no two about the same knob. */
function* combinations<Knobs>(all: readonly Mistake<Knobs>[], size: number, from = 0): Generator<Mistake<Knobs>[]> {
  if (size === 0) return yield [];
  for (let index = from; index <= all.length - size; index++) {
    const one = all[index]!;
    for (const rest of combinations(all, size - 1, index + 1)) {
      if (rest.every((other) => !sameKnob(one, other))) yield [one, ...rest];
    }
  }
}

function sameKnob<Knobs>(one: Mistake<Knobs>, other: Mistake<Knobs>): boolean {
  for (const knob in one.set) if (knob in other.set) return true;
  return false;
}
