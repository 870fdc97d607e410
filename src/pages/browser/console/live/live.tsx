/** What happens, as it happens, and beside it the event that is looked at. */
import { Detail } from './detail.js';
import { counts, errorsOnly, missed, paused, query, version } from './events.js';
import { List } from './list.js';
import { selected } from './selection.js';
import { t } from './texts.js';

export function Live() {
  return (
    <div class="split">
      <section class="live" aria-label={t('live')}>
        <Toolbar />
        <List />
      </section>
      <aside class={selected.value ? 'open' : ''} aria-label={t('detail')}>
        {selected.value ? <Detail key={selected.value.key} row={selected.value} /> : <p class="soft">{t('choose')}</p>}
      </aside>
    </div>
  );
}

function Toolbar() {
  void version.value;
  return (
    <div class="bar">
      <input
        id="filter"
        type="search"
        aria-label={t('filter')}
        placeholder={t('filterHint')}
        value={query.value}
        onInput={({ currentTarget }) => {
          query.value = currentTarget.value;
        }}
      />
      <button
        type="button"
        aria-pressed={errorsOnly.value}
        onClick={() => {
          errorsOnly.value = !errorsOnly.value;
        }}
      >
        {t('errorsOnly')}
      </button>
      <button
        type="button"
        aria-pressed={paused.value}
        onClick={() => {
          paused.value = !paused.value;
        }}
      >
        {paused.value ? `${t('resume')}${counts.waiting > 0 ? ` (${counts.waiting})` : ''}` : t('pause')}
      </button>
      {missed.value > 0 && (
        <span class="warn">
          {missed.value} {t('missed')}
        </span>
      )}
    </div>
  );
}
