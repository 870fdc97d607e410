/** What the frame shows of the state: the business clock where it is not the wall clock, and for ten seconds the way back from a reset. */
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { systemClock } from '../../../../platform/clock.js';
import { account, attempt, post, say } from '../api.js';
import { clock, current, differs, load, written } from './clock.js';
import { t } from './texts.js';

/** Draws again each second, as long as it is seen. */
export function useSeconds(isRunning: boolean): void {
  const [, draw] = useState(0);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => draw((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, [isRunning]);
}

export function BusinessTime() {
  const { value } = clock;
  const isShown = value !== undefined && differs(value);
  useSeconds(isShown && !value.frozen);
  if (!isShown) return null;
  return (
    <a class="pill" href="#state" title={t('clock')}>
      <i aria-hidden="true">◷</i> <span class="unseen-text">{t('clock')}: </span>
      <span class="mono">{written(current(value))}</span> {value.frozen && t('frozen')}
    </a>
  );
}

interface Undoable {
  readonly account: string;
  readonly undo: string;
  /** By this machine's clock, ms. */
  readonly until: number;
}

const undoable = signal<Undoable | undefined>(undefined);
const UNDO_MS = 10_000;

export async function reset(): Promise<void> {
  await attempt(async () => {
    const { undo } = await post<{ undo: string }>('reset');
    undoable.value = { account: account.value, undo, until: systemClock.now() + UNDO_MS };
  });
  await load();
}

export function Undo() {
  const { value } = undoable;
  useSeconds(value !== undefined);
  const left = value ? Math.ceil((value.until - systemClock.now()) / 1000) : 0;
  useEffect(() => {
    if (value && left <= 0) undoable.value = undefined;
  });
  if (!value || left <= 0 || value.account !== account.value) return null;
  const back = async () => {
    undoable.value = undefined;
    if (await attempt(() => post('reset/undo', { undo: value.undo }))) say(t('undone'));
    await load();
  };
  return (
    <div class="toast undo" role="alert">
      <p>
        {t('wasReset')}
        {value.account}{' '}
        <button type="button" class="main" onClick={back}>
          {t('undo')} <span aria-hidden="true">({left})</span>
        </button>
      </p>
    </div>
  );
}
