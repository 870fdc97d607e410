/** The first view: where SDKs call, with what, the code of each, how far they have come, and where to go from here. */
import { useEffect, useState } from 'preact/hooks';
import type { Connection } from '../../../../control/desk-view.js';
import type { Snippet } from '../../../../control/snippets.js';
import { account, attempt, copy, get, lang } from '../api.js';
import { breakable } from '../breakable.js';
import { happened } from '../live/events.js';
import { useOften } from '../often.js';
import { t } from './texts.js';

const PAUSE_MS = 300;
const STEPS = ['call', 'verification', 'upload', 'ended'] as const;

export function Connect() {
  const [found, setFound] = useState<Connection | undefined>(undefined);
  const load = () => attempt(async () => setFound(await get<Connection>('connect')));
  useOften(load, PAUSE_MS, [happened.value, account.value]);
  if (!found) return null;
  const { url, https, accessKeyId, accessKeySecret, done } = found;
  const facts = [
    [t('address'), url],
    [t('endpoint'), new URL(url).host],
    [t('https'), https ?? t('noHttps')],
    ['AccessKeyId', accessKeyId],
    ['AccessKeySecret', accessKeySecret],
  ] as const;
  return (
    <div class="page connect">
      <section class="card">
        <h2>{t('where')}</h2>
        {!done.call && <p class="soft">{t('none')}</p>}
        <dl>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{breakable(name)}</dt>
              <dd>
                <code>{value}</code>
                {value !== t('noHttps') && (
                  <button
                    type="button"
                    aria-label={`${t('copyFact')}: ${name}`}
                    onClick={() => copy(value, t('copied'))}
                  >
                    {t('copyFact')}
                  </button>
                )}
              </dd>
            </div>
          ))}
        </dl>
        <p class="soft">{t('others')}</p>
        <h3>{t('progress')}</h3>
        <ul class="plain steps">
          {STEPS.map((step) => (
            <li key={step} class={done[step] ? 'ok' : 'soft'}>
              <span aria-hidden="true">{done[step] ? '✓' : '○'}</span> {t(step)}{' '}
              <span class="unseen-text">({t(done[step] ? 'done' : 'open')})</span>
            </li>
          ))}
        </ul>
      </section>
      <Snippets />
      <Next />
    </div>
  );
}

const NEXT = [
  [`../demo/saf.html?lang=${lang}`, 'demo'],
  ['#verifications', 'beUser'],
  ['#fail', 'order'],
  ['operations', 'operations'],
] as const;

const Next = () => (
  <section class="card">
    <h2>{t('next')}</h2>
    <ul class="plain">
      {NEXT.map(([href, name]) => (
        <li key={name}>
          <a href={href}>{t(name)}</a>
        </li>
      ))}
    </ul>
  </section>
);

function Snippets() {
  const [all, setAll] = useState<readonly Snippet[]>([]);
  const [sdk, setSdk] = useState('');
  useEffect(() => void attempt(async () => setAll(await get<Snippet[]>('connect/snippets'))), [account.value]);
  const chosen = all.find((one) => one.sdk === sdk) ?? all[0];
  if (!chosen) return null;
  return (
    <section class="card">
      <label>
        {t('sdk')}
        <select value={chosen.sdk} onChange={({ currentTarget }) => setSdk(currentTarget.value)}>
          {all.map(({ sdk, name }) => (
            <option key={sdk} value={sdk}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre class="snippet" tabIndex={0}>
        {chosen.code}
      </pre>
      <button type="button" class="main" onClick={() => copy(chosen.code, t('copied'))}>
        {t('copyIt')}
      </button>
    </section>
  );
}
