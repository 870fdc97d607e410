/** The rules the account is subject to, as all views show them, and what can be done to one. */
import { effect, signal } from '@preact/signals';
import type { RuleView } from '../../../../control/verbs.js';
import { account, attempt, get, post, remove, say } from '../api.js';
import { happened } from '../live/events.js';
import { shortName } from '../live/selection.js';
import { view } from '../views.js';
import { t } from './texts.js';

export const rules = signal<readonly RuleView[]>([]);

export const loadRules = async (): Promise<void> => {
  rules.value = await get<RuleView[]>('scenarios');
};

/** Calls come many at a time, and each may count. */
const PAUSE_MS = 400;
let isWaiting = false;

effect(() => {
  if (happened.value === 0 || isWaiting) return;
  isWaiting = true;
  setTimeout(() => {
    isWaiting = false;
    loadRules().catch(() => {});
  }, PAUSE_MS);
});
/** Others order as well: whoever opens a view, or comes back to this window, sees it. */
effect(() => {
  if (account.value && view.value) loadRules().catch(() => {});
});
addEventListener('focus', () => void loadRules().catch(() => {}));

/** Does it, says so, and shows what is in force then. */
export async function change(work: () => Promise<unknown>, done: string): Promise<boolean> {
  const isDone = await attempt(work);
  if (isDone) say(done);
  await loadRules().catch(() => {});
  return isDone;
}

const at = (name: string): string => `scenarios/${encodeURIComponent(name)}`;

/** @param name of a rule, or of a scenario */
export const turn = (name: string, on: boolean): Promise<boolean> =>
  change(() => post(`${at(name)}/${on ? 'on' : 'off'}`), `${name}: ${t(on ? 'isOn' : 'isOff')}`);

export const discard = ({ name, from }: RuleView): Promise<boolean> =>
  from === 'file' ? turn(name, false) : change(() => remove(at(name)), `${name}: ${t('deleted')}`);

/** `flaky#2` is the second rule of `flaky`. */
export const scenarioOf = (name: string): string => name.replace(/#\d+$/, '');

/** `GetStatus TicketId=order-1, from call 3 → Throttling.User ×2` */
export function inBrief({ rule: { on, when, after = 0, times, then }, fired }: RuleView): string {
  const { fail, outcome, progression, fault, delay } = then;
  const does = [fail, outcome, progression, fault, delay && `+${typeof delay === 'object' ? delay.p50 : delay}`];
  const only = Object.entries(when?.params ?? {}).map(([name, value]) => ` ${name}=${String(value)}`);
  const from = after > 0 ? `, ${t('fromCall').replace('{}', String(after + 1))}` : '';
  return `${shortName(on)}${only.join('')}${from} → ${does.filter(Boolean).join(', ')}${times === undefined ? '' : ` ×${times - fired}`}`;
}
