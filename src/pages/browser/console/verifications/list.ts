/**
 * The verifications that are drawn. They are asked for every few seconds and when something happened; while a pointer or the
 * keyboard is on them nothing moves: what they come to is shown where they stand, and new ones are counted.
 */
import { signal } from '@preact/signals';
import type { VerificationView } from '../../../../control/verbs.js';
import { account, attempt, get, reply } from '../api.js';

/** Where it stands: it keeps its place while somebody reads, whatever it has come to. */
export interface Placed {
  readonly view: VerificationView;
  readonly open: boolean;
}

export const placed = signal<readonly Placed[]>([]);
/** New ones that are not drawn yet. */
export const waiting = signal(0);
export const query = signal('');
/** Whose detail is open: its handle. */
export const chosen = signal<string | undefined>(undefined);
/** The address of what is older, where there is more. */
export const older = signal<string | undefined>(undefined);
/** The business clock as it was told, ms; when that was, by the page's own time; and whether it stands. */
const clock = signal({ now: 0, frozen: true, at: 0 });
/** Counts what was asked for: an open detail is asked for anew. */
export const loads = signal(0);

/** From when the page was opened, ms: no clock of the machine is asked. */
const pageTime = (): number => Number(document.timeline.currentTime ?? 0);

export const businessNow = (): number => clock.value.now + (clock.value.frozen ? 0 : pageTime() - clock.value.at);

const LATEST = 'verifications';
let further: readonly VerificationView[] = [];

const numberOf = ({ handle }: VerificationView): number => Number.parseInt(handle, 10);

const isRead = (): boolean => document.querySelector('.verifications')?.matches(':hover, :focus-within') ?? false;

async function page(query: Readonly<Record<string, string>>): Promise<readonly VerificationView[]> {
  const answer = await reply(LATEST, query);
  older.value = /<[^>]*\?([^>]*)>; *rel="?next/.exec(answer.headers.get('link') ?? '')?.[1];
  return answer.json() as Promise<VerificationView[]>;
}

/** @param anew whatever somebody reads: they have asked for it */
export const load = (anew = false): Promise<boolean> =>
  attempt(async () => {
    const asked = account.value;
    const [open, latest, told] = await Promise.all([
      get<VerificationView[]>(LATEST, { status: 'open' }),
      page(query.value !== '' && older.value !== undefined ? { q: query.value } : {}),
      get<{ now: string; frozen: boolean }>('clock'),
    ]);
    // another account was chosen meanwhile
    if (asked !== account.value) return;
    clock.value = { now: Date.parse(told.now), frozen: told.frozen, at: pageTime() };
    const fresh = new Map([...further, ...open, ...latest].map((each) => [each.handle, each]));
    // where nothing is drawn, nothing can move
    draw(fresh, anew || placed.value.length === 0 || !isRead());
    loads.value++;
  });

function draw(fresh: ReadonlyMap<string, VerificationView>, free: boolean): void {
  if (free) {
    placed.value = [...fresh.values()]
      .sort((a, b) => numberOf(b) - numberOf(a))
      .map((view) => ({ view, open: isOpen(view) }));
    waiting.value = 0;
    return;
  }
  const drawn = new Set(placed.value.map(({ view }) => view.handle));
  placed.value = placed.value.map(({ view, open }) => ({ view: fresh.get(view.handle) ?? view, open }));
  waiting.value = [...fresh.keys()].filter((handle) => !drawn.has(handle)).length;
}

export const isOpen = ({ status }: VerificationView): boolean => status === 'open' || status === 'review';

export async function loadOlder(): Promise<void> {
  const from = Object.fromEntries(new URLSearchParams(older.value));
  await attempt(async () => {
    further = [...further, ...(await page(from))];
  });
  const next = older.value;
  await load(true);
  older.value = next;
}

export function forget(): void {
  further = [];
  placed.value = [];
  chosen.value = undefined;
}

/** To the next row, or the one before. */
export function step(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('.verification > .line > .which')];
  const at = rows.findIndex((row) => row === document.activeElement || row.closest('li')?.matches(':focus-within'));
  rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
}
