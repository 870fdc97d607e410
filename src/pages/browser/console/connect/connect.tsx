/** How a client gets here: address and key, the code of each SDK with both, and how far it has come. */
import { useEffect, useState } from 'preact/hooks';
import type { Progress } from '../../../../control/desk-view.js';
import type { Snippet } from '../../../../control/snippets.js';
import { account, attempt, copy, get } from '../api.js';
import { happened } from '../live/events.js';
import { t } from './texts.js';

interface Connection {
  readonly url: string;
  readonly https: string | null;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly done: Progress;
}

const PAUSE_MS = 300;
const STEPS = ['call', 'verification', 'upload', 'ended'] as const;

export function Connect() {
  const [found, setFound] = useState<Connection | undefined>(undefined);
  useEffect(() => {
    const load = () => attempt(async () => setFound(await get<Connection>('connect')));
    const timer = setTimeout(load, found ? PAUSE_MS : 0);
    return () => clearTimeout(timer);
  }, [happened.value, account.value]);
  if (!found) return null;
  const { url, https, accessKeyId, accessKeySecret, done } = found;
  const facts = [
    [t('address'), url],
    [t('endpoint'), new URL(url).host],
    [t('https'), https ? `${https} – ${t('caHint')}` : t('noHttps')],
    ['AccessKeyId', accessKeyId],
    ['AccessKeySecret', accessKeySecret],
  ] as const;
  return (
    <div class="page">
      <section class="card">
        <h2>{t('connect')}</h2>
        <dl>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
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
    </div>
  );
}

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
