/** One event: the diagnosis first, then what was sent and answered, and what can be done with it. */
import { useEffect, useState } from 'preact/hooks';
import type { JournalEntry } from '../../../../control/journal-entry.js';
import { attempt, copy, get, getText, post, say } from '../api.js';
import { breakable } from '../breakable.js';
import { prepare } from '../fail/rule.js';
import { Diagnosis, useKnown } from './diagnosis.js';
import { query } from './events.js';
import type { Row } from './row.js';
import { selected, timeOf } from './selection.js';
import { snippet } from './snippet.js';
import { t } from './texts.js';

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
        {[
          row.id !== undefined && `#${row.id}`,
          row.replayOf !== undefined && `= #${row.replayOf}`,
          timeOf(row.at),
          row.subject,
          row.ms !== undefined && `${row.ms} ms`,
          row.traceId !== undefined && `trace ${row.traceId}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {row.traceId !== undefined && (
        <button
          type="button"
          onClick={() => {
            query.value = `trace:${row.traceId}`;
          }}
        >
          {t('sameTrace')}
        </button>
      )}
      {row.id === undefined ? <Happening row={row} /> : entry && <Call entry={entry} />}
    </>
  );
}

function Call({ entry }: { entry: JournalEntry }) {
  const { id, params, answer, headers, scheme, account, requestId, operation, subject, code } = entry;
  const known = useKnown(entry);
  // only what the operation documents can be ordered
  const same = known?.operations.includes(operation) ? code : undefined;
  return (
    <>
      <Diagnosis entry={entry} known={known} />
      <p class="soft">{[scheme, account, requestId].join(' · ')}</p>
      <div class="does">
        <button type="button" onClick={() => attempt(() => replay(id))}>
          {t('replay')}
        </button>
        <button
          type="button"
          onClick={() => attempt(async () => copy(await getText(`requests/${id}/curl`), t('copied')))}
        >
          {t('copyCurl')}
        </button>
        <button type="button" onClick={() => copy(snippet(entry), t('copied'))}>
          {t('copySdk')}
        </button>
        <button type="button" onClick={() => prepare({ on: operation })}>
          {t('nextFails')}
        </button>
        <button
          type="button"
          onClick={() => prepare({ on: operation, only: onlyOf(params), ...(same !== undefined && { code: same }) })}
        >
          {t('makeRule')}
        </button>
        <SameSubject subject={subject} />
      </div>
      <Pairs title={t('request')} pairs={params} />
      <h3>{t('answer')}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre tabIndex={0}>{pretty(answer)}</pre>
      <Pairs title={t('headers')} pairs={headers} />
    </>
  );
}

async function replay(id: number): Promise<void> {
  const made = await post<JournalEntry>(`requests/${id}/replay`);
  say(`${t('replayed')}${made.id}: ${[made.status, made.code].filter(Boolean).join(' ')}`);
}

/** Everything that happened to one verification, in its order. */
function SameSubject({ subject = '' }: { subject?: string }) {
  if (!/^\S+$/.test(subject)) return null;
  return (
    <button
      type="button"
      onClick={() => {
        query.value = `ticket:${subject}`;
      }}
    >
      {t('sameSubject')}
    </button>
  );
}

/** The parameter a rule about this call would name. */
function onlyOf(params: JournalEntry['params']): string {
  const name = ['TicketId', 'CertifyId', 'BizId', 'OuterOrderNo'].find((each) => params[each]);
  return name ? `${name}=${params[name]}` : '';
}

/** What is no call. */
function Happening({ row }: { row: Row }) {
  const known = Object.entries(row.about ?? {}).filter(([, value]) => value !== undefined);
  return (
    <>
      {row.why && (
        <section class={`diagnosis ${row.bad ? '' : 'mild'}`}>
          <p>{row.why}</p>
        </section>
      )}
      <div class="does">
        <SameSubject subject={row.subject} />
      </div>
      <Pairs
        title={t('about')}
        pairs={Object.fromEntries(
          known.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
        )}
      />
    </>
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
            <dt>{breakable(name)}</dt>
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
