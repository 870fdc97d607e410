/** The account's business clock, as the control side says it; between two questions the page counts on. */
import { effect, signal } from '@preact/signals';
import type { Control } from '../../../../control/verbs.js';
import { systemClock } from '../../../../platform/clock.js';
import { account, attempt, get, post, say } from '../api.js';
import { happened } from '../live/events.js';
import { view } from '../views.js';
import { t } from './texts.js';

type Said = ReturnType<Control['now']>;

export interface BusinessClock {
  readonly now: number;
  readonly frozen: boolean;
  /** ms by which it is ahead of the wall clock. */
  readonly ahead: number;
  /** When it was said, by this machine. */
  readonly at: number;
}

export const clock = signal<BusinessClock | undefined>(undefined);

const keep = ({ now, frozen, wall }: Said): void => {
  const instant = Date.parse(now);
  clock.value = { now: instant, frozen, ahead: instant - Date.parse(wall), at: systemClock.now() };
};

export const load = (): Promise<void> => get<Said>('clock').then(keep, () => {});

export async function order(body: object): Promise<void> {
  await attempt(async () => keep(await post<Said>('clock', body)));
  if (clock.value) say(t('moved') + written(current(clock.value)));
}

export const current = ({ now, frozen, at }: BusinessClock): number => (frozen ? now : now + systemClock.now() - at);

/** UTC, as the documents print instants. */
export const written = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}Z`;

/** What somebody would notice. */
export const differs = ({ frozen, ahead }: BusinessClock): boolean => frozen || Math.abs(ahead) >= 1000;

/** Others may move it as well: they call when they have, or somebody comes back to this window. */
const PAUSE_MS = 500;
let isDue = false;
effect(() => {
  void [account.value, happened.value, view.value];
  if (isDue) return;
  isDue = true;
  setTimeout(() => {
    isDue = false;
    void load();
  }, PAUSE_MS);
});
addEventListener('focus', () => void load());
