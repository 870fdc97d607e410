/** States that were kept: saved, brought back, compared, opened as another account, deleted. */
import { useEffect, useState } from 'preact/hooks';
import type { Change, SnapshotDifference } from '../../../../control/difference.js';
import { account, attempt, get, own, post, remove, say } from '../api.js';
import { show } from '../live/events.js';
import { load as loadClock } from './clock.js';
import { t } from './texts.js';

/** The second is about another account: not for who has the token of one. */
const CHOICES = ['compare', 'openAs'] as const;

export function Snapshots() {
  const [names, setNames] = useState<readonly string[]>([]);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<{ name: string; for: (typeof CHOICES)[number] } | undefined>(undefined);
  const load = () => attempt(async () => setNames(await get<string[]>('snapshots')));
  useEffect(() => {
    setChosen(undefined);
    void load();
  }, [account.value]);
  /** Does it, says so, and reads anew what it may have changed. */
  const act = async (work: () => Promise<unknown>, done: string) => {
    if (await attempt(work)) say(done);
    await Promise.all([load(), loadClock()]);
  };
  const path = (one: string) => `snapshots/${encodeURIComponent(one)}`;
  return (
    <section class="card">
      <h2>{t('snapshots')}</h2>
      <form
        class="inline"
        onSubmit={(event) => {
          event.preventDefault();
          const named = name || `state-${names.length + 1}`;
          void act(() => post(path(named)), `${t('saved')}: ${named}`);
          setName('');
        }}
      >
        <label>
          {t('snapshotName')}
          <input
            value={name}
            maxLength={64}
            placeholder={`state-${names.length + 1}`}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <button type="submit" class="main">
          {t('save')}
        </button>
      </form>
      {names.length === 0 && <p class="soft">{t('noSnapshots')}</p>}
      <ul class="plain">
        {names.map((one) => (
          <li key={one}>
            <b class="mono">{one}</b>
            <div class="does">
              <button
                type="button"
                aria-label={`${t('restore')}: ${one}`}
                onClick={() => act(() => post(`${path(one)}/restore`), `${t('restored')}: ${one}`)}
              >
                {t('restore')}
              </button>
              {(own === undefined ? CHOICES : CHOICES.slice(0, 1)).map((what) => {
                const isChosen = chosen?.name === one && chosen.for === what;
                return (
                  <button
                    key={what}
                    type="button"
                    aria-label={`${t(what)}: ${one}`}
                    aria-expanded={isChosen}
                    onClick={() => setChosen(isChosen ? undefined : { name: one, for: what })}
                  >
                    {t(what)}
                  </button>
                );
              })}
              <button
                type="button"
                class="danger"
                aria-label={`${t('remove')}: ${one}`}
                onClick={() => act(() => remove(path(one)), `${t('removed')}: ${one}`)}
              >
                {t('remove')}
              </button>
            </div>
            {chosen?.name === one &&
              (chosen.for === 'openAs' ? (
                <OpenAs name={one} />
              ) : (
                <Compared name={one} others={names.filter((each) => each !== one)} />
              ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Compared({ name, others }: { name: string; others: readonly string[] }) {
  const [other, setOther] = useState('');
  const [found, setFound] = useState<SnapshotDifference | undefined>(undefined);
  useEffect(() => {
    const query = other === '' ? undefined : { with: other };
    void attempt(async () => setFound(await get(`snapshots/${encodeURIComponent(name)}/diff`, query)));
  }, [name, other]);
  return (
    <>
      <label>
        {t('compareWith')}
        <select value={other} onChange={({ currentTarget }) => setOther(currentTarget.value)}>
          <option value="">{t('present')}</option>
          {others.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      {found && <Difference found={found} />}
    </>
  );
}

/** Another account begins with that state, and is shown. */
function OpenAs({ name }: { name: string }) {
  const [as, setAs] = useState('LTAImockCopy');
  const open = async () => {
    const opened = await attempt(() => post(`snapshots/${encodeURIComponent(name)}/open`, { as }));
    if (!opened) return;
    say(t('opened') + as);
    show(as);
  };
  return (
    <form
      class="inline"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <label>
        {t('openAsHint')}
        <input value={as} maxLength={128} onInput={({ currentTarget }) => setAs(currentTarget.value)} />
      </label>
      <button type="submit">{t('open')}</button>
    </form>
  );
}

const MARKS = { added: '+', removed: '−', changed: '~' } as const;
const LOOKS = { added: 'ok', removed: 'bad', changed: 'warn' } as const;

function Difference({ found: { tables, rows } }: { found: SnapshotDifference }) {
  const total = Object.values(tables).reduce((sum, { added, removed, changed }) => sum + added + removed + changed, 0);
  if (total === 0) return <p class="soft">{t('nothingDiffers')}</p>;
  return (
    <section class="differs" aria-label={t('differs')}>
      {rows.map((row, index) => (
        <Row key={`${row.table} ${row.name} ${index}`} row={row} />
      ))}
      {total > rows.length && (
        <p class="soft">
          {t('more')} {total - rows.length}
        </p>
      )}
    </section>
  );
}

const Row = ({ row: { table, change, name, fields } }: { row: Change }) => (
  <p class="mono">
    <b class={LOOKS[change]}>
      {MARKS[change]} {table}
    </b>{' '}
    {name}
    {fields.map(({ field, before, after }) => (
      <span key={field}>
        {' '}
        · <span class="soft">{field}</span> {change === 'changed' ? values(before, after) : (after ?? before)}
      </span>
    ))}
  </p>
);

/** What nobody should see differs all the same. */
const values = (before?: string, after?: string): string =>
  before === undefined && after === undefined ? '≠' : `${before ?? '–'} → ${after ?? '–'}`;
