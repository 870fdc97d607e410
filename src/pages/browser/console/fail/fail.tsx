/** Make it fail: an operation, one of its own codes, when and how often; and what is in force. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { RuleView } from '../../../../control/verbs.js';
import { account, attempt, copy, get, lang, post, remove, say } from '../api.js';
import { called, happened } from '../live/events.js';
import { change, draft, rule, written } from './rule.js';
import { t } from './texts.js';

interface Operation {
  readonly operation: string;
  readonly summary: { readonly en: string; readonly zh: string };
}
interface Code {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly when: string;
  readonly operations: readonly string[];
}

const FAULTS = ['reset', 'empty', 'garbage', 'hang', 'slow'];

export function Fail() {
  const [rules, setRules] = useState<readonly RuleView[]>([]);
  const load = () => attempt(async () => setRules(await get<RuleView[]>('scenarios')));
  useEffect(() => void load(), [happened.value, account.value]);
  const arm = async () => {
    if (!rule.value) return say(t('nothingOrdered'), true);
    const done = await attempt(() => post('scenarios', { rules: [rule.value] }));
    if (!done) return;
    say(t('armed'));
    await load();
  };
  return (
    <div class="page">
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          void arm();
        }}
      >
        <h2>{t('fail')}</h2>
        <Which />
        <Codes />
        <div class="fields">
          <Numeral name={t('from')} value={draft.value.from} min={1} set={(from) => change({ from })} />
          <label>
            {t('times')}
            <select
              value={String(draft.value.times)}
              onChange={({ currentTarget }) => change({ times: Number(currentTarget.value) })}
            >
              {[1, 2, 3, 5, 10].map((times) => (
                <option key={times} value={String(times)}>
                  {times}
                </option>
              ))}
              <option value="0">{t('always')}</option>
            </select>
          </label>
          <Numeral name={t('delay')} value={draft.value.delay} min={0} set={(delay) => change({ delay })} />
          <label>
            {t('fault')}
            <select value={draft.value.fault} onChange={({ currentTarget }) => change({ fault: currentTarget.value })}>
              <option value="">{t('noFault')}</option>
              {FAULTS.map((fault) => (
                <option key={fault} value={fault}>
                  {fault}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t('only')}
            <input
              value={draft.value.only}
              placeholder="TicketId=order-1"
              onInput={({ currentTarget }) => change({ only: currentTarget.value })}
            />
          </label>
        </div>
        <button type="submit" class="main">
          {t('arm')}
        </button>
        <Written />
      </form>
      <InForce rules={rules} load={load} />
    </div>
  );
}

function Which() {
  const [operations, setOperations] = useState<readonly Operation[]>([]);
  useEffect(() => void attempt(async () => setOperations(await get<Operation[]>('operations'))), []);
  const { on } = draft.value;
  useEffect(() => {
    // a call that was refused before its product was known has no full path
    if (on === '' || operations.some(({ operation }) => operation === on)) return;
    const meant = operations.find(({ operation }) => operation.endsWith(`/${on}`));
    if (meant) change({ on: meant.operation });
  }, [on, operations]);
  const groups = useMemo(() => {
    const found = new Map<string, Operation[]>();
    const add = (group: string, one: Operation) => found.set(group, [...(found.get(group) ?? []), one]);
    for (const path of [...called].reverse()) {
      const one = operations.find(({ operation }) => operation === path);
      if (one) add(t('seen'), one);
    }
    for (const one of operations) add(one.operation.split('/').slice(0, 2).join(' '), one);
    return [...found];
  }, [operations]);
  return (
    <label>
      {t('which')}
      <select value={on} onChange={({ currentTarget }) => change({ on: currentTarget.value, code: '' })}>
        <option value="">{t('chooseOperation')}</option>
        {groups.map(([group, members]) => (
          <optgroup key={group} label={group}>
            {members.map(({ operation, summary }) => (
              <option key={operation} value={operation}>
                {operation.split('/')[2]} – {summary[lang]}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function Codes() {
  const { on, code } = draft.value;
  const [codes, setCodes] = useState<readonly Code[]>([]);
  useEffect(() => {
    setCodes([]);
    if (on === '') return;
    let isLate = false;
    void attempt(async () => {
      const all = await get<Code[]>('errors', { q: on });
      if (!isLate) setCodes(all.filter(({ operations }) => operations.includes(on)));
    });
    return () => {
      isLate = true;
    };
  }, [on]);
  const chosen = codes.find((each) => each.code === code);
  return (
    <>
      <label>
        {t('withWhat')}
        <select value={code} onChange={({ currentTarget }) => change({ code: currentTarget.value })}>
          <option value="">{t('nothing')}</option>
          {codes.map((each) => (
            <option key={`${each.code} ${each.message}`} value={each.code}>
              {each.status} {each.code} – {each.when}
            </option>
          ))}
        </select>
      </label>
      {chosen && <p class="soft">{chosen.message}</p>}
    </>
  );
}

function Numeral({
  name,
  value,
  min,
  set,
}: {
  name: string;
  value: number;
  min: number;
  set: (value: number) => void;
}) {
  return (
    <label>
      {name}
      <input
        type="number"
        min={min}
        max={100_000}
        value={value}
        onInput={({ currentTarget }) => set(Math.max(min, Math.floor(Number(currentTarget.value)) || min))}
      />
    </label>
  );
}

function Written() {
  const base = new URL('.', location.href).href.replace(/\/$/, '');
  const query = account.value === 'default' ? '' : `?${new URLSearchParams({ account: account.value })}`;
  const forms = useMemo(() => written(base, query), [base, query]).value;
  if (forms.length === 0) return null;
  return (
    <section aria-label={t('same')}>
      <h3>{t('same')}</h3>
      {forms.map(([name, text]) => (
        <div key={name} class="same">
          <button type="button" onClick={() => copy(text, t('copied'))}>
            {name}
          </button>
          <code>{text}</code>
        </div>
      ))}
    </section>
  );
}

function InForce({ rules, load }: { rules: readonly RuleView[]; load: () => Promise<unknown> }) {
  const clear = async () => {
    if (await attempt(() => remove('scenarios'))) say(t('cleared'));
    await load();
  };
  return (
    <section class="card">
      <h2>{t('inForce')}</h2>
      {rules.length === 0 ? (
        <p class="soft">{t('noRules')}</p>
      ) : (
        <>
          <ul class="plain">
            {rules.map(({ name, rule: source, matched, fired }) => (
              <li key={name}>
                <b>{name}</b>{' '}
                <span class="soft">
                  {t('matched')} {matched}, {t('fired')} {fired}
                </span>
                <code class="block">{JSON.stringify(source)}</code>
              </li>
            ))}
          </ul>
          <button type="button" class="danger" onClick={clear}>
            {t('clear')}
          </button>
        </>
      )}
    </section>
  );
}
