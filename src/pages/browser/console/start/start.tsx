/** The first view: where SDKs call, with what, and where to go from here. Until something was called, Live is this. */
import { copy, lang } from '../api.js';
import { connection, counts, version } from '../live/events.js';
import { Live } from '../live/live.js';
import { VIEWS } from '../views.js';
import { t } from './texts.js';

/** Where the emulator is: a proxy may have put it into a folder. */
const base = new URL('..', location.href);
const endpoint = base.href.replace(/\/$/, '');

const { key = '', secret = '' } = document.body.dataset;

const GIVEN = [
  ['endpoint', endpoint],
  ['host', base.host],
  ['key', key],
  ['secret', secret],
] as const;

/** Other views may come by this name. */
const hasView = (name: string): boolean => (VIEWS as readonly string[]).includes(name);

export function Start() {
  void version.value;
  return (
    <div class="page">
      <section class="card start">
        <h2>{t('where')}</h2>
        {counts.all === 0 && <p class="soft">{t('none')}</p>}
        <dl>
          {GIVEN.map(([name, value]) => (
            <div key={name}>
              <dt>{t(name)}</dt>
              <dd>
                <code>{value}</code>{' '}
                <button
                  type="button"
                  aria-label={`${t('copyIt')}: ${t(name)}`}
                  onClick={() => copy(value, t('copied'))}
                >
                  {t('copyIt')}
                </button>
              </dd>
            </div>
          ))}
        </dl>
        <p class="soft">{t('others')}</p>
      </section>
      <section class="card">
        <h2>{t('next')}</h2>
        <ul class="plain">
          {hasView('connect') && (
            <li>
              <a href="#connect">{t('connect')}</a>
            </li>
          )}
          <li>
            <a href={`../demo/saf.html?lang=${lang}`}>{t('demo')}</a>
          </li>
          <li>
            <a href="#verifications">{t('beUser')}</a>
          </li>
          <li>
            <a href="#fail">{t('order')}</a>
          </li>
          <li>
            <a href="operations">{t('operations')}</a>
          </li>
        </ul>
      </section>
    </div>
  );
}

/** Where no view was asked for. */
export function LiveOrStart() {
  void version.value;
  return location.hash === '' && connection.value === 'connected' && counts.all + counts.waiting === 0 ? (
    <Start />
  ) : (
    <Live />
  );
}
