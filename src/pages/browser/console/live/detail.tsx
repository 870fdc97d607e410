/** One event: the diagnosis first, then what was sent and answered, and what can be done with it. */
import { useEffect, useState } from 'preact/hooks';
import type { JournalEntry } from '../../../../control/journal-entry.js';
import { attempt, copy, get, getText } from '../api.js';
import { prepare } from '../fail/rule.js';
import { readExplanation } from './explanation.js';
import type { Row } from './row.js';
import { selected, timeOf } from './selection.js';
import { snippet } from './snippet.js';
import { t } from './texts.js';

interface KnownError {
  readonly code: string;
  readonly when: string;
  readonly operations: readonly string[];
}

export function Detail({ row }: { row: Row }) {
  const [entry, setEntry] = useState<JournalEntry | undefined>(undefined);
  useEffect(() => {
    if (row.id === undefined) return;
    void attempt(async () => setEntry(await get<JournalEntry>(`requests/${row.id}`)));
  }, [row.id]);
  return (
    <>
      <header class="title">
        <h2>
          {row.operation.split('/').at(-1)}{' '}
          <span class={row.bad ? 'bad' : 'ok'}>{[row.status, row.code].filter(Boolean).join(' ')}</span>
        </h2>
        <button
          type="button"
          class="quiet"
          aria-label={t('close')}
          onClick={() => {
            selected.value = undefined;
          }}
        >
          ✕
        </button>
      </header>
      <p class="soft">
        {[row.id !== undefined && `#${row.id}`, timeOf(row.at), row.subject, row.ms !== undefined && `${row.ms} ms`]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {row.id === undefined ? <p>{row.why}</p> : entry && <Call entry={entry} />}
    </>
  );
}

function Call({ entry }: { entry: JournalEntry }) {
  const { id, params, answer, headers, scheme, account, requestId } = entry;
  return (
    <>
      <p class="soft">{[scheme, account, requestId].join(' · ')}</p>
      <Diagnosis entry={entry} />
      <div class="does">
        <button
          type="button"
          onClick={() => attempt(async () => copy(await getText(`requests/${id}/curl`), t('copied')))}
        >
          {t('copyCurl')}
        </button>
        <button type="button" onClick={() => copy(snippet(entry), t('copied'))}>
          {t('copySdk')}
        </button>
        <button type="button" onClick={() => prepare({ on: entry.operation })}>
          {t('nextFails')}
        </button>
        <button type="button" onClick={() => prepare({ on: entry.operation, only: onlyOf(params) })}>
          {t('makeRule')}
        </button>
      </div>
      <Pairs title={t('request')} pairs={params} />
      <h3>{t('answer')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre tabIndex={0}>{pretty(answer)}</pre>
      <Pairs title={t('headers')} pairs={headers} />
    </>
  );
}

/** The parameter a rule about this call would name. */
function onlyOf(params: JournalEntry['params']): string {
  const name = ['TicketId', 'CertifyId', 'BizId', 'OuterOrderNo'].find((each) => params[each]);
  return name ? `${name}=${params[name]}` : '';
}

function Diagnosis({ entry }: { entry: JournalEntry }) {
  const { code, explanation, rules, hints } = entry;
  const when = useMeaning(code, entry.operation);
  if (explanation !== undefined) return <Mismatch text={explanation} />;
  if (code === undefined && hints.length === 0 && rules.length === 0) return null;
  return (
    <section class={`diagnosis ${code === undefined ? 'mild' : ''}`}>
      <h3>{code ?? t('hints')}</h3>
      {when && <p>{when}</p>}
      {rules.length > 0 && (
        <p>
          {t('byRule')} <code>{rules.join(', ')}</code>
        </p>
      )}
      {hints.map((hint) => (
        <p key={hint}>{hint}</p>
      ))}
    </section>
  );
}

/** When the documents say that it happens. */
function useMeaning(code: string | undefined, operation: string): string | undefined {
  const [when, setWhen] = useState<string | undefined>(undefined);
  useEffect(() => {
    if (code === undefined) return;
    get<KnownError[]>('errors', { q: code }).then(
      (errors) => {
        const same = errors.filter((error) => error.code === code);
        setWhen((same.find(({ operations }) => operations.includes(operation)) ?? same[0])?.when);
      },
      () => {},
    );
  }, [code]);
  return when;
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

function Pairs({ title, pairs }: { title: string; pairs: Readonly<Record<string, string>> }) {
  const entries = Object.entries(pairs);
  if (entries.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <dl>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
