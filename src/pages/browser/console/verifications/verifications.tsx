/** Verifications of every kind: those under way with the ways to end them, and those that have ended. */
import { useEffect, useState } from 'preact/hooks';
import type { VerificationView } from '../../../../control/verbs.js';
import type { End } from '../../../../verification/outcome.js';
import { account, attempt, get, lang, post, say } from '../api.js';
import { happened } from '../live/events.js';
import { timeOf } from '../live/selection.js';
import { t } from './texts.js';

const STATUS = { open: 'underWay', review: 'review', passed: 'passed', failed: 'failed', quit: 'left' } as const;

/** Events come many at a time. */
const PAUSE_MS = 300;

export function Verifications() {
  const [all, setAll] = useState<readonly VerificationView[]>([]);
  const load = () => attempt(async () => setAll(await get<VerificationView[]>('verifications')));
  useEffect(() => {
    const timer = setTimeout(load, all.length === 0 ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [happened.value, account.value]);
  const open = all.filter(({ status }) => status === 'open');
  const ended = all.filter(({ status }) => status !== 'open');
  return (
    <div class="page">
      <section class="card">
        <h2>
          {t('underWay')} ({open.length})
        </h2>
        {open.length === 0 && <p class="soft">{t('nothingOpen')}</p>}
        <ul class="plain">
          {open.map((one) => (
            <Open key={`${one.product} ${one.id} ${one.startedAt}`} one={one} load={load} />
          ))}
        </ul>
      </section>
      <section class="card">
        <h2>
          {t('ended')} ({ended.length})
        </h2>
        {ended.length === 0 && <p class="soft">{t('nothingEnded')}</p>}
        <ul class="plain">
          {ended.map((one) => (
            <li key={`${one.product} ${one.id} ${one.startedAt}`} class="verification">
              <About one={one} />
              <b class={one.status === 'passed' ? 'ok' : 'bad'}>{t(STATUS[one.status])}</b>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function About({ one }: { one: VerificationView }) {
  const { id, product, detail, startedAt, pageOpen, left, expired, asksFor } = one;
  const more = [
    product,
    detail,
    timeOf(startedAt),
    pageOpen && t('pageOpen'),
    left && t('left'),
    expired && t('expired'),
    asksFor && `${t('asksFor')}${asksFor}`,
  ];
  return (
    <div>
      <b class="mono">{id}</b> <span class="soft">{more.filter(Boolean).join(' · ')}</span>
    </div>
  );
}

function Open({ one, load }: { one: VerificationView; load: () => Promise<unknown> }) {
  const [reason, setReason] = useState('');
  const { id, product } = one;
  const end = async (how: End) => {
    const given = how === 'fail' && reason !== '' ? { reason } : {};
    // what is tried by hand must not lock a person out
    const order = { ...given, counts: false };
    if (await attempt(() => post(`verifications/${encodeURIComponent(id)}/${how}`, order))) say(`${id}: ${how}`);
    await load();
  };
  const button = (how: End, name: string, look = '') => (
    <button type="button" class={look} onClick={() => end(how)} aria-label={`${name}: ${id}`}>
      {name}
    </button>
  );
  return (
    <li class="verification">
      <About one={one} />
      <div class="does">
        {button('pass', t('pass'), 'main')}
        <Reasons product={product} id={id} value={reason} set={setReason} />
        {button('fail', t('failIt'), 'danger')}
        {button('quit', t('quit'))}
        {button('expire', t('expire'))}
      </div>
    </li>
  );
}

interface Reason {
  readonly reason: string;
  readonly text: { readonly en: string; readonly zh: string };
}
type ByProduct = Readonly<Record<string, readonly Reason[]>>;

let known: Promise<ByProduct> | undefined;
const reasonsOf = async (product: string): Promise<readonly Reason[]> => {
  known ??= get<ByProduct>('reasons');
  return (await known)[product] ?? [];
};

/** Any text, or one of those there are. */
function Reasons({
  product,
  id,
  value,
  set,
}: {
  product: string;
  id: string;
  value: string;
  set: (text: string) => void;
}) {
  const [reasons, setReasons] = useState<readonly Reason[]>([]);
  useEffect(() => {
    reasonsOf(product).then(setReasons, () => {});
  }, [product]);
  return (
    <>
      <input
        list={`reasons-${product}`}
        value={value}
        size={14}
        placeholder={t('usual')}
        aria-label={`${t('reason')}: ${id}`}
        onInput={({ currentTarget }) => set(currentTarget.value)}
      />
      <datalist id={`reasons-${product}`}>
        {reasons.map(({ reason, text }) => (
          <option key={reason} value={reason}>
            {text[lang]}
          </option>
        ))}
      </datalist>
    </>
  );
}
