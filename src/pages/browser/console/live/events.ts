/**
 * The journal as rows: what has come, oldest first, and the rows among them that fit the filter. Rows come many at a time,
 * so they are kept in plain lists and drawn once a frame.
 */
import { effect, signal } from '@preact/signals';
import type { MockEvent } from '../../../../control/events.js';
import { stopwatch } from '../../../../platform/clock.js';
import { account, address, getText, say } from '../api.js';
import { ALL, type Filter, readFilter } from './filter.js';
import { type Row, rowOf } from './row.js';
import { t } from './texts.js';

/** What is asked for at first; older rows when somebody scrolls to them. */
const FIRST = 500;

export const query = signal('');
export const errorsOnly = signal(false);
export const paused = signal(false);
export const connection = signal<'connected' | 'lost' | 'refused'>('lost');
export const missed = signal(0);
/** Counts frames in which something came: what is under way or in force may have changed. */
export const happened = signal(0);
/** Counts changes of {@link found}; it is read instead of the list. */
export const version = signal(0);
/** Of a frame, for what is not drawing. */
const WORKING_MS = 6;
let rows: Row[] = [];
let pending: Row[] = [];
let filter: Filter = ALL;
let oldest: 'unknown' | 'here' = 'unknown';
/** Rows that fit, oldest first. */
export let found: Row[] = [];
export const counts = { all: 0, waiting: 0, failed: 0 };

const changed = (): void => {
  counts.all = rows.length;
  counts.waiting = pending.length;
  version.value = version.peek() + 1;
};

/** Where the search for what fits has come to, from the newest row down; below 0 it is over. */
let searched = -1;

function searchAnew(): void {
  found = [];
  searched = rows.length - 1;
  searchSome();
}

/** Of a hundred thousand rows as many in a frame as leave it time to be drawn. */
function searchSome(): void {
  if (searched < 0) return;
  const until = stopwatch() + WORKING_MS;
  const older: Row[] = [];
  while (searched >= 0) {
    const row = rows[searched--]!;
    if (filter.fits(row)) older.push(row);
    if (searched % 200 === 0 && stopwatch() > until) break;
  }
  found = older.reverse().concat(found);
  if (searched >= 0) soon();
}

/** Operations that were called, the latest last. */
export const called = new Set<string>();
const CALLED = 10;

function noteCalled(operation: string): void {
  called.delete(operation);
  called.add(operation);
  if (called.size > CALLED) called.delete(called.values().next().value!);
}

/** Events as they came, not yet read: of a burst as many are read in a frame as leave it time to be drawn. */
let unread: string[] = [];

/** A page nobody sees is drawn no frames, and must not pile up what comes. */
const UNSEEN_MS = 250;
/** Rows a page holds; then the oldest go, and are fetched when somebody scrolls to them. */
const MOST = 150_000;
const KEPT = 100_000;

let isSoon = false;
function soon(): void {
  if (isSoon) return;
  isSoon = true;
  if (document.hidden) setTimeout(draw, UNSEEN_MS);
  else requestAnimationFrame(draw);
}

function readSome(): void {
  const until = stopwatch() + WORKING_MS;
  let done = 0;
  while (done < unread.length && stopwatch() < until) take(JSON.parse(unread[done++]!) as MockEvent);
  unread = done === unread.length ? [] : unread.slice(done);
}

function take(event: MockEvent): void {
  if (event.kind === 'reset') forget();
  if (event.kind === 'missed') missed.value += event.missed;
  if (event.kind === 'call') noteCalled(event.call.operation);
  const row = rowOf(event);
  if (row) pending.push(row);
}

function draw(): void {
  isSoon = false;
  readSome();
  if (pending.length > 0) happened.value++;
  if (!paused.peek()) {
    for (const row of pending) {
      rows.push(row);
      if (row.bad) counts.failed++;
      if (filter.fits(row)) found.push(row);
    }
    pending = [];
    if (rows.length > MOST) {
      rows = rows.slice(-KEPT);
      oldest = 'unknown';
      searchAnew();
    }
  }
  searchSome();
  changed();
  if (unread.length > 0) soon();
}

effect(() => {
  filter = readFilter(query.value, errorsOnly.value);
  searchAnew();
  if (filter.unknown !== undefined) say(`${t('noField')}${filter.unknown}:`, true);
  version.value = version.peek() + 1;
});

effect(() => {
  if (!paused.value && pending.length > 0) soon();
});

function forget(): void {
  rows = [];
  searched = -1;
  pending = [];
  found = [];
  counts.failed = 0;
  oldest = 'unknown';
  missed.value = 0;
}

effect(() => {
  const source = new EventSource(address('events', { brief: '1', last: String(FIRST) }));
  unread = [];
  forget();
  changed();
  source.onopen = () => {
    connection.value = 'connected';
  };
  source.onerror = () => {
    connection.value = source.readyState === EventSource.CLOSED ? 'refused' : 'lost';
  };
  source.onmessage = ({ data }) => {
    unread.push(data);
    soon();
  };
  return () => source.close();
});

let fetching = false;

/** Rows before the oldest that is here. */
export async function fetchOlder(): Promise<void> {
  const [first] = rows;
  if (fetching || oldest === 'here' || !first) return;
  fetching = true;
  try {
    const stream = await getText('events', { brief: '1', only: 'kept', before: first.key, last: '2000' });
    const older = [...stream.matchAll(/^data: (.*)$/gm)].flatMap(([, data]) => rowOf(JSON.parse(data!)) ?? []);
    if (older.length === 0) oldest = 'here';
    if (rows[0] !== first) return;
    rows = [...older, ...rows];
    // a search that is under way comes to them
    if (searched >= 0) searched += older.length;
    else found = [...older.filter(filter.fits), ...found];
    counts.failed += older.filter(({ bad }) => bad).length;
    changed();
  } catch {
    oldest = 'here';
  } finally {
    fetching = false;
  }
}

/** Another account's journal. */
export function show(name: string): void {
  const { searchParams } = new URL(location.href);
  searchParams.set('account', name);
  history.replaceState(null, '', `?${searchParams}${location.hash}`);
  account.value = name;
}
