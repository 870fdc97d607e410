/** Rules as text; what is wrong stands beside its line, as the reader of scenario files says it. */
import { signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { type Problem, Refused, say, sendText } from '../api.js';
import { loadRules } from './rules.js';
import { t } from './texts.js';

const START = 'rules:\n  - on: GetStatus\n    times: 1\n    then: { fail: Throttling.User }\n';

const text = signal(START);
/** The rule whose place it takes; undefined: it is added. */
const editing = signal<string | undefined>(undefined);
const problems = signal<readonly Problem[]>([]);

/** Begins to change a rule, or to write others. */
export function edit(written = START, name?: string): void {
  text.value = written;
  editing.value = name;
  problems.value = [];
  document.getElementById('rule-text')?.focus();
}

async function save(): Promise<void> {
  const name = editing.value;
  try {
    await (name === undefined
      ? sendText('POST', 'scenarios', text.value)
      : sendText('PUT', `scenarios/${encodeURIComponent(name)}`, text.value));
    say(t(name === undefined ? 'added' : 'saved'));
    edit();
  } catch (error) {
    problems.value = error instanceof Refused ? error.problems : [];
    if (problems.value.length === 0) say((error as Error).message, true);
  }
  await loadRules().catch(() => {});
}

export function Editor() {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLPreElement>(null);
  const lines = text.value.split('\n');
  const wrong = new Set(problems.value.map(({ line }) => line));
  const show = ({ line, column }: Problem) => {
    const at = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, column - 1);
    area.current?.focus();
    area.current?.setSelectionRange(at, at + (/^[^\s,}\]]+/.exec(text.value.slice(at))?.[0].length ?? 0));
  };
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{editing.value === undefined ? t('newRules') : `${t('editing')}: ${editing.value}`}</h2>
      <div class="editor">
        <pre ref={gutter} aria-hidden="true">
          {lines.map((_, index) => (
            <span key={index} class={wrong.has(index + 1) ? 'bad' : ''}>
              {wrong.has(index + 1) ? '▸' : ''}
              {index + 1}
              {'\n'}
            </span>
          ))}
        </pre>
        <textarea
          id="rule-text"
          ref={area}
          rows={10}
          wrap="off"
          spellcheck={false}
          aria-label={t('text')}
          aria-invalid={wrong.size > 0}
          aria-describedby="rule-problems"
          value={text.value}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
          }}
          onScroll={({ currentTarget }) => {
            if (gutter.current) gutter.current.scrollTop = currentTarget.scrollTop;
          }}
        />
      </div>
      <ul id="rule-problems" class="plain problems" aria-live="polite">
        {problems.value.map((one) => (
          <li key={`${one.line}:${one.column} ${one.message}`}>
            <button type="button" class="quiet bad" onClick={() => show(one)}>
              {t('line')} {one.line}:{one.column}
            </button>{' '}
            {one.message}
          </li>
        ))}
      </ul>
      <div class="does">
        <button type="submit" class="main">
          {t(editing.value === undefined ? 'add' : 'save')}
        </button>
        {editing.value !== undefined && (
          <button type="button" onClick={() => edit()}>
            {t('cancel')}
          </button>
        )}
      </div>
    </form>
  );
}
