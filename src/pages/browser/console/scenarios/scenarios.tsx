/** Scenarios: the rules in force with what they have done, why some never fired, and those that come with the package. */
import { useState } from 'preact/hooks';
import type { NeverFired } from '../../../../control/never-fired.js';
import type { RuleView } from '../../../../control/verbs.js';
import { get, remove } from '../api.js';
import { breakable } from '../breakable.js';
import { useOften } from '../often.js';
import { Bundled } from './bundled.js';
import { Editor, edit } from './editor.js';
import { change, discard, rules, turn } from './rules.js';
import { t } from './texts.js';
import { blockOf } from './yaml.js';

export function Scenarios() {
  return (
    <div class="page scenarios">
      <div class="stack">
        <Rules />
        <Editor />
      </div>
      <Bundled />
    </div>
  );
}

/** Each time the journal is read through. */
const PAUSE_MS = 2000;

function Rules() {
  const all = rules.value;
  const [misses, setMisses] = useState<readonly NeverFired[]>([]);
  const explain = () => {
    if (all.some(({ fired, off }) => fired === 0 && !off))
      get<NeverFired[]>('scenarios/never-fired').then(setMisses, () => {});
    else setMisses([]);
  };
  useOften(explain, PAUSE_MS, [all]);
  return (
    <section class="card">
      <h2>
        {t('rules')} ({all.length})
      </h2>
      {all.length === 0 && <p class="soft">{t('noRules')}</p>}
      <ul class="plain">
        {all.map((one, index) => (
          <Rule key={`${index} ${one.name}`} one={one} miss={misses.find(({ name }) => name === one.name)} />
        ))}
      </ul>
      {all.some(({ from }) => from === 'account') && (
        <button type="button" class="danger" onClick={() => change(() => remove('scenarios'), t('cleared'))}>
          {t('clear')}
        </button>
      )}
    </section>
  );
}

function Rule({ one, miss }: { one: RuleView; miss: NeverFired | undefined }) {
  const { name, rule, matched, fired, from, off } = one;
  return (
    <li class={off ? 'rule off' : 'rule'}>
      <div class="does">
        <label class="inline">
          <input
            type="checkbox"
            role="switch"
            checked={!off}
            aria-checked={!off}
            onChange={() => turn(name, off === true)}
          />{' '}
          <b>{name}</b>
        </label>
        <span class="soft">
          {t('matched')} {matched}, {t('fired')} {fired}
          {from === 'file' && ` · ${t('fromFile')}`}
        </span>
        {from === 'account' && (
          <>
            <button type="button" aria-label={`${t('edit')}: ${name}`} onClick={() => edit(blockOf(rule), name)}>
              {t('edit')}
            </button>
            <button type="button" class="danger" aria-label={`${t('remove')}: ${name}`} onClick={() => discard(one)}>
              {t('remove')}
            </button>
          </>
        )}
      </div>
      <pre>
        {blockOf(rule)
          .replace(/^rules:\n/, '')
          .replace(/^ {4}/gm, '  ')
          .replace(/^ {2}- /, '- ')}
      </pre>
      {miss && fired === 0 && !off && <Miss {...miss} />}
    </li>
  );
}

function Miss({ because, differs }: NeverFired) {
  return (
    <div class="miss">
      <b class="warn">{t('never')}</b> {because}
      <dl>
        {differs.map(({ field, wanted, got }) => (
          <div key={field}>
            <dt>{breakable(field)}</dt>
            <dd>
              <span class="ok">
                {t('wanted')} {wanted}
              </span>
              <br />
              <span class="bad">
                {t('got')} {got ?? t('notSent')}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
