/** Verifications of every kind: those under way with the ways to end them, and those that have ended. On a phone, the simulated phone. */
import { useEffect, useState } from 'preact/hooks';
import { fits } from '../../../../control/look.js';
import { account } from '../api.js';
import { happened } from '../live/events.js';
import { useOften } from '../often.js';
import { forget, load, loadOlder, older, placed, query, waiting } from './list.js';
import { Row } from './row.js';
import { t } from './texts.js';

/** Events come many at a time. */
const PAUSE_MS = 300;
/** A page that is opened or left makes no event. */
const AGAIN_MS = 3000;

export function Verifications() {
  const second = useSeconds();
  useEffect(() => forget, [account.value]);
  useOften(load, PAUSE_MS, [happened.value, account.value]);
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && load(), AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  const found = placed.value.filter(({ view }) => fits(view, query.value));
  const section = (name: 'underWay' | 'ended', none: 'nothingOpen' | 'nothingEnded') => {
    const own = found.filter(({ open }) => open === (name === 'underWay'));
    return (
      <section class="card" aria-label={t(name)}>
        <h2>
          {t(name)} ({own.length})
        </h2>
        {own.length === 0 && <p class="soft">{query.value === '' ? t(none) : t('noneFound')}</p>}
        <ul class="plain">
          {own.map(({ view }) => (
            <Row key={view.handle} one={view} second={second} />
          ))}
        </ul>
      </section>
    );
  };
  return (
    <div class="verifications">
      <div class="does looking">
        <input
          id="filter"
          type="search"
          aria-label={t('search')}
          placeholder={t('searchHint')}
          value={query.value}
          onInput={({ currentTarget }) => {
            query.value = currentTarget.value;
          }}
          onChange={() => older.value !== undefined && load(true)}
        />
        {waiting.value > 0 && (
          <button type="button" class="main" onClick={() => load(true)}>
            {waiting.value} {t('newOnes')}
          </button>
        )}
      </div>
      <div class="page">
        {section('underWay', 'nothingOpen')}
        {section('ended', 'nothingEnded')}
      </div>
      {older.value !== undefined && (
        <button type="button" class="older" onClick={loadOlder}>
          {t('older')}
        </button>
      )}
    </div>
  );
}

/** Draws anew every second: what is left of the time is counted here, from stored instants. */
function useSeconds(): number {
  const [second, set] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => set((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return second;
}
