/** The stream of what happens: events as they are shown, and how one ring is followed. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { CallbackEntry } from '../outgoing/callback-journal.js';
import type { Lang } from '../platform/language.js';
import type { PageStep } from '../store/page-steps.js';
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
  /** Of the caller's trace. Absent where it sent none. */
  readonly traceId?: string;
}

/** A verification was ended: by a tester, or by a person on its page. */
export interface EndEvent {
  readonly id: string;
  readonly product: string;
  readonly end: End;
  readonly reason?: string;
}

/** A person did something on a verification's page. */
export interface PageEvent {
  /** `picture`: one was handed in. */
  readonly step: PageStep | 'picture';
  readonly id: string;
  readonly product: string;
}

/** A connection or a request was kept out before it was a call; told to account `default`. */
export interface RefusedEvent {
  /** In words. */
  readonly why: string;
  /** So many before it were not listed: there were too many at once. Absent where there were none. */
  readonly more?: number;
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
  | { readonly kind: 'verification'; readonly verification: EndEvent }
  | { readonly kind: 'page'; readonly page: PageEvent }
  | { readonly kind: 'refused'; readonly refused: RefusedEvent };

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
  /** How long a reader that has read all rests before it looks again, ms; default 0: many events are read at once then. */
  readonly restMs?: number;
}

/** Events that are made without a pause: others have their turn in between. Rows are made sooner. */
const AT_ONCE = 20;
const ROWS_AT_ONCE = 200;

export type Item = KeptCall | KeptNote;

/** One thing that was read: an item of the ring, or what happened to the ring. */
export type Read =
  | { readonly id: string; readonly item: Item }
  | { readonly id: string; readonly item?: undefined; readonly event: MockEvent };

/** Where others write too, who has read all looks for more so often, ms. */
const LOOK_MS = 50;

/**
 * Reads one ring, so many at a time; once all is read, it rests as long as is said, and waits for more.
 * @param look brings here what others have written; absent: there are no others
 */
export async function* read(
  rings: Rings<Item>,
  account: string,
  { signal, only, restMs = 0, brief, ...from }: Reading,
  look?: (account: string) => Promise<void>,
): AsyncGenerator<readonly Read[], void> {
  const most = brief ? ROWS_AT_ONCE : AT_ONCE;
  await look?.(account);
  let ring = rings.get(account);
  let done = ring ? beginning(ring, from) : 0;
  const end = ring && numberIn(ring, from.before);
  while (!signal.aborted) {
    const batch: Read[] = [];
    const now = rings.get(account);
    if (now !== ring) {
      // of one that begins there is nothing to forget
      if (ring) batch.push({ id: '', event: { id: '', kind: 'reset' } });
      ring = now;
      done = 0;
    }
    const oldest = ring ? ring.next - ring.items.size : 0;
    if (ring && done + 1 < oldest) {
      const id = `${ring.id}-${oldest - 1}`;
      batch.push({ id, event: { id, kind: 'missed', missed: oldest - 1 - done } });
      done = oldest - 1;
    }
    while (ring && batch.length < most && !(end !== undefined && done + 1 >= end)) {
      const item = ring.items.get(done + 1);
      if (!item) break;
      batch.push({ id: `${ring.id}-${++done}`, item });
    }
    if (batch.length > 0) yield batch;
    if (end !== undefined && done + 1 >= end) return;
    if (batch.length >= most) await setImmediate();
    else if (only === 'kept') return;
    else {
      if (restMs > 0) await setTimeout(restMs, undefined, { signal, ref: false }).catch(() => {});
      const isMore = rings.get(account) !== ring || (ring && done + 1 < ring.next);
      if (!isMore && !signal.aborted) await rings.changed(signal, look && LOOK_MS);
      // what is read stays readable while the database is away
      if (!signal.aborted) await look?.(account).catch(() => {});
    }
  }
}

/** As it is shown. @param reading `brief`, `lang` */
export function eventOf(
  account: string,
  { id, item, ...rest }: Read,
  { lang = 'en', brief }: Pick<Reading, 'lang' | 'brief'>,
): MockEvent | Promise<MockEvent> {
  if (!item) return (rest as { event: MockEvent }).event;
  const at = new Date(item.at).toISOString();
  if (item.kind === 'call')
    return { id, at, kind: 'call', call: brief ? (shownRow(item, lang) as JournalEntry) : shown(account, item, lang) };
  const noted = item.noted(lang);
  return noted instanceof Promise ? noted.then((told) => ({ id, at, ...told })) : { id, at, ...noted };
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
