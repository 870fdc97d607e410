/** What an event's detail begins with: why it was answered so, and what to do about it. */
import { useEffect, useState } from 'preact/hooks';
import type { JournalEntry } from '../../../../control/journal-entry.js';
import { copy, get } from '../api.js';
import { readExplanation } from './explanation.js';
import { t } from './texts.js';

export interface KnownError {
  readonly code: string;
  readonly when: string;
  readonly operations: readonly string[];
}

const TITLES = {
  signature: 'bySignature',
  rule: 'byOrder',
  magic: 'byMagic',
  page: 'byPage',
  hint: 'byHint',
} as const;

export function Diagnosis({ entry, known }: { entry: JournalEntry; known: KnownError | undefined }) {
  const { code, explanation, rules, hints, why, cause, signature } = entry;
  if (explanation !== undefined) return <Mismatch text={explanation} />;
  if (code === undefined && why === undefined && signature === undefined) return null;
  return (
    <section class={`diagnosis ${code === undefined ? 'mild' : ''}`}>
      <h3>{code ?? t(cause ? TITLES[cause] : 'why')}</h3>
      {known && <p>{known.when}</p>}
      {code !== undefined && (cause === 'magic' || cause === 'page') && (
        <p>
          <b>{t(TITLES[cause])}</b>
        </p>
      )}
      {rules.length > 0 && (
        <p>
          {t('byRule')} <code>{rules.join(', ')}</code>
        </p>
      )}
      {hints.map((hint) => (
        <p key={hint}>{hint}</p>
      ))}
      {signature !== undefined && <p class="warn">{t('unchecked')}</p>}
    </section>
  );
}

/** What the documents say of its code, of this operation first. */
export function useKnown({ code, operation }: JournalEntry): KnownError | undefined {
  const [known, setKnown] = useState<KnownError | undefined>(undefined);
  useEffect(() => {
    if (code === undefined) return;
    get<KnownError[]>('errors', { q: code }).then(
      (errors) => {
        const same = errors.filter((error) => error.code === code);
        setKnown(same.find(({ operations }) => operations.includes(operation)) ?? same[0]);
      },
      () => {},
    );
  }, [code]);
  return known;
}

function Mismatch({ text }: { text: string }) {
  const { causes, difference, same } = readExplanation(text);
  const fixes = causes.flatMap(({ fix }) => fix ?? []);
  return (
    <section class="diagnosis">
      {causes.map((cause) => (
        <div key={cause.text}>
          <h3>{cause.text}</h3>
          {cause.fix && (
            <p>
              {t('fix')}: {cause.fix}
            </p>
          )}
        </div>
      ))}
      {same && <p>{t('sameStrings')}</p>}
      {difference && (
        <>
          <p class="soft">{t('firstDifference').replace('{}', difference.at)}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
          <pre class="aligned" tabIndex={0}>
            <Marked name={t('server')} text={difference.server} column={difference.column} Mark="ins" />
            <Marked name={t('client')} text={difference.client} column={difference.column} Mark="mark" />
          </pre>
        </>
      )}
      {fixes.length > 0 && (
        <button type="button" onClick={() => copy(fixes.join('\n'), t('copied'))}>
          {t('copyFix')}
        </button>
      )}
    </section>
  );
}

function Marked({ name, text, column, Mark }: { name: string; text: string; column: number; Mark: 'ins' | 'mark' }) {
  return (
    <span>
      <b>{name.padEnd(7)}</b>
      {text.slice(0, column)}
      <Mark>{text.slice(column, column + 1) || ' '}</Mark>
      {text.slice(column + 1)}
      {'\n'}
    </span>
  );
}
