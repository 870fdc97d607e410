/** The stream of what happens: events as they are shown, and how one ring is followed. */
import { setImmediate } from 'node:timers/promises';
import type { CallbackEntry } from '../outgoing/callback-journal.js';
import type { Lang } from '../platform/language.js';
import type { End } from '../verification/outcome.js';
import { type JournalEntry, type KeptCall, shown, shownRow } from './journal-entry.js';
import type { Kept, Ring, Rings } from './rings.js';

/** A call of OSS. */
export interface UploadEvent {
  /** `PutObject` … */
  readonly operation: string;
  readonly requestId: string;
  readonly status: number;
  /** The error's Code. Absent otherwise. */
  readonly code?: string;
  readonly ms: number;
}

/** A verification was ended: by a tester, or by a person on its page. */
export interface EndEvent {
  readonly id: string;
  readonly product: string;
  readonly end: End;
  readonly reason?: string;
}

/** What happened to one account. */
export type MockEvent = {
  /** Where a reader who was interrupted goes on. */
  readonly id: string;
  /** Wall clock, ISO 8601; absent of what has no time. */
  readonly at?: string;
} & (
  | { readonly kind: 'call'; readonly call: JournalEntry }
  | Shown
  /** The account was reset: its journal begins anew. */
  | { readonly kind: 'reset' }
  /** So many were dropped before they could be read. */
  | { readonly kind: 'missed'; readonly missed: number }
);

type Shown =
  | { readonly kind: 'upload'; readonly upload: UploadEvent }
  | { readonly kind: 'callback'; readonly callback: CallbackEntry }
  | { readonly kind: 'verification'; readonly verification: EndEvent };

/** Made when somebody looks. */
export type Noted = (lang: Lang) => Shown | Promise<Shown>;

export interface KeptNote extends Kept {
  readonly kind: 'note';
  readonly at: number;
  readonly noted: Noted;
}

export interface Reading {
  readonly signal: AbortSignal;
  /** The id of the last event that was read. One of an earlier ring, or none: from the oldest that is kept. */
  readonly after?: string;
  /** Of those that are kept only so many, the newest. */
  readonly last?: number;
  /** The id of an event: of what is kept only what came before it. */
  readonly before?: string;
  /** Of calls what a list needs: no parameters, headers and answer. */
  readonly brief?: boolean;
  /** What is kept, and then no more. */
  readonly only?: 'kept';
  readonly lang?: Lang;
}

/** Events that are made without a pause: others have their turn in between. */
const AT_ONCE = 20;

export async function* follow(
  rings: Rings<KeptCall | KeptNote>,
  account: string,
  { signal, only, lang = 'en', brief, ...from }: Reading,
): AsyncGenerator<MockEvent, void> {
  let ring = rings.get(account);
  let read = ring ? beginning(ring, from) : 0;
  const end = ring && numberIn(ring, from.before);
  let made = 0;
  while (!signal.aborted) {
    const now = rings.get(account);
    if (now !== ring) {
      // of one that begins there is nothing to forget
      if (ring) yield { id: '', kind: 'reset' };
      ring = now;
      read = 0;
    }
    if (end !== undefined && read + 1 >= end) return;
    const item = ring?.items.get(read + 1);
    if (ring && item) {
      const id = `${ring.id}-${++read}`;
      const at = new Date(item.at).toISOString();
      yield item.kind === 'call'
        ? { id, at, kind: 'call', call: brief ? (shownRow(item, lang) as JournalEntry) : shown(account, item, lang) }
        : { id, at, ...(await item.noted(lang)) };
      if (++made % AT_ONCE === 0) await setImmediate();
    } else if (ring && read + 1 < ring.next) {
      const oldest = ring.next - ring.items.size;
      yield { id: `${ring.id}-${oldest - 1}`, kind: 'missed', missed: oldest - 1 - read };
      read = oldest - 1;
    } else if (only === 'kept') return;
    else await rings.changed(signal);
  }
}

/** @returns the number of the last item that counts as read */
function beginning(ring: Ring<Kept>, { after, before, last = Number.POSITIVE_INFINITY }: Partial<Reading>): number {
  const oldest = ring.next - ring.items.size;
  return numberIn(ring, after) ?? Math.max(oldest, (numberIn(ring, before) ?? ring.next) - last) - 1;
}

/** @returns the number of an event of this ring */
function numberIn(ring: Ring<Kept>, event = ''): number | undefined {
  const [, id, number] = /^(\w+)-(\d{1,15})$/.exec(event) ?? [];
  return id === ring.id && Number(number) < ring.next ? Number(number) : undefined;
}
