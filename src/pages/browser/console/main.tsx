/** The console: its frame, its keys, and the view that is open. */
import { signal } from '@preact/signals';
import { type ComponentType, render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { account, get, lang, own, said } from './api.js';
import { Catalogue } from './catalogue/catalogue.js';
import { Connect } from './connect/connect.js';
import { Coverage } from './coverage/coverage.js';
import { Fail } from './fail/fail.js';
import { connection, counts, errorsOnly, happened, paused, show, version } from './live/events.js';
import { Live } from './live/live.js';
import { move, selected } from './live/selection.js';
import { Armed } from './scenarios/armed.js';
import { Scenarios } from './scenarios/scenarios.js';
import { State } from './state/state.js';
import { BusinessTime, Undo } from './state/top.js';
import { type TextName, t } from './texts.js';
import { chosen, step } from './verifications/list.js';
import { Verifications } from './verifications/verifications.js';
import { go, VIEWS, type View, view } from './views.js';

const PAGES: Readonly<Record<View, ComponentType>> = {
  live: LiveOrConnect,
  verifications: Verifications,
  fail: Fail,
  scenarios: Scenarios,
  catalogue: Catalogue,
  coverage: Coverage,
  state: State,
  connect: Connect,
};

/** Until then nobody knows whether something has been called. */
let wasConnected = false;

/** Where no view was asked for and nothing has been called: how to call. */
function LiveOrConnect() {
  void version.value;
  wasConnected ||= connection.value === 'connected';
  const isFirst = location.hash === '' && wasConnected && counts.all + counts.waiting === 0;
  return isFirst ? <Connect /> : <Live />;
}

const helpOpen = signal(false);

function Frame() {
  const Page = PAGES[view.value];
  // on a phone the row of views is wider than the screen
  useEffect(() => document.querySelector('nav [aria-current]')?.scrollIntoView({ inline: 'nearest' }), [view.value]);
  return (
    <>
      <a class="skip" href="#content">
        {t('skip')}
      </a>
      <header class="top">
        <h1>cloudauth-mock</h1>
        {own === undefined ? <AccountChoice /> : <OwnAccount />}
        <Armed />
        <span class="space" />
        <BusinessTime />
        <span class={`pill ${connection.value}`}>
          <i aria-hidden="true">●</i> <span>{t(connection.value)}</span>
        </span>
        <button type="button" aria-label={t('help')} onClick={() => toggleHelp()}>
          ?
        </button>
        <a class="pill" href={otherLanguage()} lang={lang === 'zh' ? 'en' : 'zh-CN'}>
          {t('other')}
        </a>
      </header>
      <nav
        aria-label={t('views')}
        onFocusIn={({ target }) => (target as HTMLElement).scrollIntoView({ inline: 'nearest' })}
      >
        {VIEWS.map((name, index) => (
          <a key={name} href={`#${name}`} aria-current={view.value === name ? 'page' : undefined}>
            {t(name)} <small aria-hidden="true">{index + 1}</small>
          </a>
        ))}
      </nav>
      <main id="content" tabIndex={-1}>
        <Page />
      </main>
      <Toast />
      <Undo />
      <Announced />
      <Help />
    </>
  );
}

function otherLanguage(): string {
  const query = new URLSearchParams({ account: account.value, lang: lang === 'zh' ? 'en' : 'zh' });
  return `?${query}#${view.value}`;
}

const OwnAccount = () => (
  <span class="pill">
    {t('account')} {account.value}
  </span>
);

function AccountChoice() {
  const [names, setNames] = useState<readonly string[]>([account.value]);
  const load = () => void get<string[]>('accounts').then(setNames, () => {});
  useEffect(load, [happened.value === 0]);
  const all = [...new Set([account.value, ...names])];
  return (
    <label class="pill">
      <span class="wide">{t('account')} </span>
      <select
        aria-label={t('account')}
        value={account.value}
        // others call as well: who is about to choose is shown who has
        onFocus={load}
        onPointerEnter={load}
        onChange={({ currentTarget }) => show(currentTarget.value)}
      >
        {all.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

const Toast = () => (
  <div class="toast" role="status" aria-live="polite">
    {said.value && <p class={said.value.bad ? 'bad' : ''}>{said.value.text}</p>}
  </div>
);

/** At most once in some seconds, or nothing else would be heard. */
const SAY_MS = 5000;

function Announced() {
  const [text, setText] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setText(`${counts.all} ${t('events')}, ${counts.failed} ${t('failed')}`), SAY_MS);
    return () => clearTimeout(timer);
  }, [Math.sign(version.value), text, counts.all === 0]);
  return (
    <p class="unseen-text" aria-live="polite">
      {text}
    </p>
  );
}

const KEYS: readonly (readonly [key: string, does: TextName])[] = [
  ['j / k', 'keyNext'],
  ['/', 'keyFilter'],
  ['e', 'keyErrors'],
  ['p', 'keyPause'],
  [`1 – ${VIEWS.length}`, 'keyViews'],
  ['Esc', 'keyClose'],
  ['?', 'help'],
];

function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (helpOpen.value) dialog.current?.showModal();
    else dialog.current?.close();
  }, [helpOpen.value]);
  return (
    <dialog
      ref={dialog}
      aria-label={t('help')}
      onClose={() => {
        helpOpen.value = false;
      }}
    >
      <h2>{t('help')}</h2>
      <dl>
        {KEYS.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => toggleHelp()}>
        {t('close')}
      </button>
    </dialog>
  );
}

function toggleHelp(): void {
  helpOpen.value = !helpOpen.value;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);

/** In the list that is open. */
const next = (by: 1 | -1): void => (view.value === 'verifications' ? step(by) : move(by));

const ACTIONS: Readonly<Record<string, () => void>> = {
  j: () => next(1),
  k: () => next(-1),
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  '/': () => document.getElementById('filter')?.focus(),
  e: () => {
    errorsOnly.value = !errorsOnly.value;
  },
  p: () => {
    paused.value = !paused.value;
  },
  Escape: () => {
    selected.value = undefined;
    chosen.value = undefined;
  },
  '?': toggleHelp,
  ...Object.fromEntries(VIEWS.map((name, index) => [String(index + 1), () => go(name)])),
};

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  if (isTyping(event.target)) {
    if (event.key !== 'Escape') return;
    // a search would be emptied, and nobody be told
    event.preventDefault();
    (event.target as HTMLElement).blur();
    return;
  }
  const isArrow = event.key.startsWith('Arrow');
  // elsewhere arrows scroll
  if (isArrow && !document.activeElement?.matches('.rows, .rows *')) return;
  const action = Object.hasOwn(ACTIONS, event.key) ? ACTIONS[event.key] : undefined;
  if (!action) return;
  event.preventDefault();
  action();
});

render(<Frame />, document.body);
