/** What an account is made of, and the ways to change it: its clock, its snapshots, other accounts, the way to forget. */
import { useEffect, useState } from 'preact/hooks';
import type { AccountView } from '../../../../control/desk-view.js';
import { account, attempt, get, own } from '../api.js';
import { happened, show } from '../live/events.js';
import { useOften } from '../often.js';
import { clock, current, differs, load, order, written } from './clock.js';
import { Snapshots } from './snapshots.js';
import { t } from './texts.js';
import { reset, useSeconds } from './top.js';

export function State() {
  useEffect(() => void load(), []);
  return (
    <div class="page state">
      <div class="stack">
        <Clock />
        {own === undefined && <Accounts />}
      </div>
      <div class="stack">
        <Snapshots />
        <section class="card">
          <h2>{t('reset')}</h2>
          <p class="soft">{t('resetHint')}</p>
          <button type="button" class="danger" onClick={reset}>
            {t('resetIt')}
            {account.value}
          </button>
        </section>
      </div>
    </div>
  );
}

const STEPS: readonly (readonly [name: string, advance: string])[] = [
  ['+1 m', '1m'],
  ['+31 m', '31m'],
  ['+1 d', '1d'],
  ['−1 d', '-1d'],
];

function Clock() {
  const { value } = clock;
  const [instant, setInstant] = useState('');
  useSeconds(value?.frozen === false);
  if (!value) return null;
  const now = current(value);
  const seconds = Math.round(Math.abs(value.ahead) / 1000);
  return (
    <section class="card">
      <h2>{t('clock')}</h2>
      <p class="soft">{t('clockHint')}</p>
      <p class="time mono">
        {written(now)}{' '}
        {differs(value) && (
          <span class="warn">
            {[
              value.frozen && t('frozen'),
              seconds > 0 && t(value.ahead > 0 ? 'ahead' : 'behind').replace('{}', spoken(seconds)),
            ]
              .filter(Boolean)
              .join(', ')}
          </span>
        )}
      </p>
      <div class="does">
        {STEPS.map(([name, advance]) => (
          <button key={name} type="button" onClick={() => order({ advance })}>
            {name}
          </button>
        ))}
        <button type="button" onClick={() => order({ freeze: !value.frozen })}>
          {t(value.frozen ? 'run' : 'freeze')}
        </button>
        {differs(value) && (
          <button type="button" onClick={() => order({ advance: -value.ahead, freeze: false })}>
            {t('back')}
          </button>
        )}
      </div>
      <form
        class="inline"
        onSubmit={(event) => {
          event.preventDefault();
          void order({ set: `${instant || written(now).slice(0, 16).replace(' ', 'T')}Z` });
        }}
      >
        <label>
          {t('setTo')}
          <input
            type="datetime-local"
            value={instant || written(now).slice(0, 16).replace(' ', 'T')}
            onInput={({ currentTarget }) => setInstant(currentTarget.value)}
          />
        </label>
        <button type="submit">{t('set')}</button>
      </form>
    </section>
  );
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** The two largest units of it. */
function spoken(seconds: number): string {
  let left = seconds;
  const parts = UNITS.map(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return [count, unit] as const;
  }).filter(([count]) => count > 0);
  return parts
    .slice(0, 2)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

function Accounts() {
  const [all, setAll] = useState<readonly AccountView[]>([]);
  const load = () => attempt(async () => setAll(await get<AccountView[]>('accounts/overview')));
  useOften(load, 1000, [happened.value, account.value, clock.value]);
  return (
    <section class="card">
      <h2>{t('accounts')}</h2>
      <ul class="plain">
        {all.map((one) => (
          <li key={one.account}>
            <b class="mono">{one.account}</b>{' '}
            {one.account === account.value ? (
              <span class="soft">({t('shown')})</span>
            ) : (
              <button type="button" aria-label={`${t('show')} ${one.account}`} onClick={() => show(one.account)}>
                {t('show')}
              </button>
            )}
            <p class="soft">
              {(['calls', 'verifications', 'builds', 'objects', 'rules', 'snapshots'] as const)
                .map((name) => `${t(name)} ${one[name]}`)
                .join(' · ')}
              {one.frozen && ` · ${t('frozen')}`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
