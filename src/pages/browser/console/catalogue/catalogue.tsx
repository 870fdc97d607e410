/** People and codes: which test person does what, which code means what, and how to get either. */
import { useEffect, useState } from 'preact/hooks';
import type { CatalogueError } from '../../../../control/catalogue.js';
import type { Magic } from '../../../../products/magic.js';
import { attempt, copy, get } from '../api.js';
import { prepare } from '../fail/rule.js';
import { called } from '../live/events.js';
import { shortName } from '../live/selection.js';
import { t } from './texts.js';

interface Person {
  readonly number?: string;
  readonly value?: string;
  readonly picture?: string;
  readonly name?: string;
  readonly meaning: string;
  readonly magic?: Magic;
}

/** More rows nobody reads. */
const SHOWN = 100;

export function Catalogue() {
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [codes, setCodes] = useState<readonly CatalogueError[]>([]);
  const [wanted, setWanted] = useState('');
  useEffect(() => {
    void attempt(async () => setPeople(await get<Person[]>('identities')));
    void attempt(async () => setCodes(await get<CatalogueError[]>('errors')));
  }, []);
  const words = wanted.toLowerCase().split(/\s+/);
  const fits = (...texts: readonly (string | undefined)[]) => {
    const text = texts.join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const somebody = people.filter(({ number, value, picture, name, meaning }) =>
    fits(number, value, picture, name, meaning),
  );
  const some = codes.filter(({ code, status, message, when, zh }) => fits(code, `${status}`, message, when, zh));
  return (
    <>
      <div class="search">
        <input
          type="search"
          id="filter"
          value={wanted}
          placeholder={t('search')}
          aria-label={t('search')}
          onInput={({ currentTarget }) => setWanted(currentTarget.value)}
        />
      </div>
      <div class="page">
        <section class="card">
          <h2>
            {t('people')} ({somebody.length})
          </h2>
          <p class="soft">{t('peopleHow')}</p>
          {somebody.length === 0 && people.length > 0 && <p>{t('none')}</p>}
          <ul class="plain">
            {somebody.map((one) => (
              <Somebody key={one.number ?? one.value ?? one.picture} one={one} codes={codes} />
            ))}
          </ul>
        </section>
        <section class="card">
          <h2>
            {t('codes')} ({some.length})
          </h2>
          {some.length === 0 && codes.length > 0 && <p>{t('none')}</p>}
          <ul class="plain">
            {some.slice(0, SHOWN).map((one) => (
              <Code key={`${one.code} ${one.message}`} one={one} all={codes} />
            ))}
          </ul>
          {some.length > SHOWN && (
            <p class="soft">
              {t('more')}
              {some.length - SHOWN}
            </p>
          )}
        </section>
      </div>
    </>
  );
}

function Somebody({ one, codes }: { one: Person; codes: readonly CatalogueError[] }) {
  const { number, value, picture, name, meaning, magic } = one;
  const code = magic && ('fail' in magic ? magic.fail : magic.outcome.reason);
  const answer = code === undefined ? undefined : codes.find((each) => each.code === code);
  return (
    <li>
      <div class="does">
        {[number ?? value ?? picture, name].map(
          (text) =>
            text !== undefined && (
              <button key={text} type="button" class="mono" onClick={() => copy(text, `${t('copied')}: ${text}`)}>
                {text} <small class="soft">{t('copy')}</small>
              </button>
            ),
        )}
      </div>
      {meaning}
      {answer && (
        <p class="soft">
          {t('gets')} <code>{answer.code}</code> {answer.message}
        </p>
      )}
    </li>
  );
}

function Code({ one, all }: { one: CatalogueError; all: readonly CatalogueError[] }) {
  const { code, status, message, when, operations } = one;
  const most = Math.max(...all.map((each) => each.operations.length));
  const on = [...called].reverse().find((path) => operations.includes(path)) ?? operations[0]!;
  const names = [...new Set(operations.map(shortName))];
  return (
    <li>
      <div class="does">
        <b class="mono">{code}</b> <span class="soft">HTTP {status}</span>
        <button type="button" aria-label={`${t('makeFail')}: ${code}`} onClick={() => prepare({ on, code })}>
          {t('makeFail')}
        </button>
      </div>
      {when}
      <p class="soft">
        <code>{message}</code>
        <br />
        {operations.length === most ? t('every') : names.slice(0, 4).join(', ')}
        {operations.length < most && names.length > 4 && ` … (${names.length})`}
      </p>
    </li>
  );
}
