/** Make it fail: an operation, one of its own codes, when and how often; and what is in force. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { account, attempt, copy, get, lang, post, say } from '../api.js';
import { called } from '../live/events.js';
import { change, discard, inBrief, rules } from '../scenarios/rules.js';
import { change as amend, draft, rule, written } from './rule.js';
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
  const arm = async () => {
    if (rule.value) await change(() => post('scenarios', { rules: [rule.value] }), t('armed'));
    else say(t('nothingOrdered'), true);
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
          <Numeral name={t('from')} value={draft.value.from} min={1} set={(from) => amend({ from })} />
          <label>
            {t('times')}
            <select
              value={String(draft.value.times)}
              onChange={({ currentTarget }) => amend({ times: Number(currentTarget.value) })}
            >
              {[1, 2, 3, 5, 10].map((times) => (
                <option key={times} value={String(times)}>
                  {times}
                </option>
              ))}
              <option value="0">{t('always')}</option>
            </select>
          </label>
          <Numeral name={t('delay')} value={draft.value.delay} min={0} set={(delay) => amend({ delay })} />
          <label>
            {t('fault')}
            <select value={draft.value.fault} onChange={({ currentTarget }) => amend({ fault: currentTarget.value })}>
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
              onInput={({ currentTarget }) => amend({ only: currentTarget.value })}
            />
          </label>
        </div>
        <button type="submit" class="main">
          {t('arm')}
        </button>
        <Written />
      </form>
      <InForce />
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
    if (meant) amend({ on: meant.operation });
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
      <select value={on} onChange={({ currentTarget }) => amend({ on: currentTarget.value, code: '' })}>
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
        <select value={code} onChange={({ currentTarget }) => amend({ code: currentTarget.value })}>
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

function InForce() {
  const inForce = rules.value.filter(({ off }) => !off);
  return (
    <section class="card">
      <h2>{t('inForce')}</h2>
      {inForce.length === 0 && <p class="soft">{t('noRules')}</p>}
      <ul class="plain">
        {inForce.map((one, index) => (
          <li key={`${index} ${one.name}`} class="does">
            <code>{inBrief(one)}</code>
            <span class="soft">
              {t('matched')} {one.matched}, {t('fired')} {one.fired}
            </span>
            <button
              type="button"
              class="danger"
              aria-label={`${t('takeBack')}: ${one.name}`}
              onClick={() => discard(one)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <a href="#scenarios">{t('scenarios')}</a>
    </section>
  );
}
