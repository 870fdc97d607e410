/** Scenarios that come with the package: each by its name and a sentence, with a switch. */
import { useEffect, useState } from 'preact/hooks';
import type { NamedScenario } from '../../../../control/verbs.js';
import { attempt, get, lang } from '../api.js';
import { rules, turn } from './rules.js';
import { t } from './texts.js';

export function Bundled() {
  const [all, setAll] = useState<readonly NamedScenario[]>([]);
  const [wanted, setWanted] = useState('');
  const [onlyOn, setOnlyOn] = useState(false);
  const names = rules.value.map(({ name, off }) => `${name}${off ? ' off' : ''}`).join('\n');
  useEffect(() => void attempt(async () => setAll(await get<NamedScenario[]>('scenarios/catalogue'))), [names]);
  const words = wanted.toLowerCase().split(/\s+/);
  const found = all.filter(({ name, does, on }) => {
    const text = `${name} ${does.en} ${does.zh}`.toLowerCase();
    return (on || !onlyOn) && words.every((word) => text.includes(word));
  });
  return (
    <section class="card">
      <h2>
        {t('bundled')} ({found.length})
      </h2>
      <div class="does">
        <input
          type="search"
          value={wanted}
          placeholder={t('search')}
          aria-label={`${t('search')}: ${t('bundled')}`}
          onInput={({ currentTarget }) => setWanted(currentTarget.value)}
        />
        <button type="button" aria-pressed={onlyOn} onClick={() => setOnlyOn(!onlyOn)}>
          {t('onlyOn')}
        </button>
      </div>
      {found.length === 0 && all.length > 0 && <p class="soft">{t('none')}</p>}
      <ul class="plain">
        {found.map(({ name, does, on }) => (
          <li key={name}>
            <label class="inline">
              <input type="checkbox" role="switch" checked={on} aria-checked={on} onChange={() => turn(name, !on)} />{' '}
              <b>{name}</b>
            </label>
            <p class="soft">{does[lang]}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
