/** What is known of one verification: every way to end it, its page, and its timeline. */
import { useEffect, useState } from 'preact/hooks';
import type { VerificationDetail, VerificationView } from '../../../../control/verbs.js';
import { address, copy, get } from '../api.js';
import { query as eventQuery } from '../live/events.js';
import { go } from '../views.js';
import { end, type How } from './ends.js';
import { loads } from './list.js';
import { Reasons } from './reasons.js';
import { t } from './texts.js';
import { Timeline } from './timeline.js';

type Told = VerificationDetail & { readonly elsewhere?: string };

export function Detail({ one }: { one: VerificationView }) {
  const [told, setTold] = useState<Told | undefined>(undefined);
  useEffect(() => {
    // one that is gone is told of by the list
    get<Told>(pathOf(one)).then(setTold, () => {});
  }, [one.handle, loads.value]);
  if (!told) return <p class="soft">…</p>;
  return (
    <div class="told">
      <p class="soft">{[told.person, told.id, told.product, told.detail].filter(Boolean).join(' · ')}</p>
      <Ends told={told} />
      {told.page !== undefined && <Page told={told} />}
      <Timeline told={told} />
      <p class="soft">
        {t('asked')} {told.asked}{' '}
        <button
          type="button"
          onClick={() => {
            eventQuery.value = told.id;
            go('live');
          }}
        >
          {t('itsCalls')}
        </button>
      </p>
    </div>
  );
}

const pathOf = ({ handle }: VerificationView, more = ''): string =>
  `verifications/${encodeURIComponent(handle)}${more}`;

function Ends({ told }: { told: Told }) {
  const [reason, setReason] = useState('');
  const button = (how: How, name: string, look = '') =>
    told.ends.includes(how) && (
      <button type="button" class={look} aria-label={`${name} (${told.id})`} onClick={() => end(told, how, reason)}>
        {name}
      </button>
    );
  if (told.ends.length === 0) return null;
  return (
    <div class="does">
      {button('pass', t('pass'), 'main')}
      {told.ends.includes('fail') && <Reasons product={told.product} id={told.id} value={reason} set={setReason} />}
      {button('fail', t('failFor'), 'danger')}
      {button('quit', t('quit'))}
      {button('expire', t('expire'))}
    </div>
  );
}

/** The page a person opens: here in a new tab, or on another device. */
function Page({ told }: { told: Told }) {
  const { pathname, search } = new URL(told.page!);
  const here = `..${pathname}${search}`;
  return (
    <>
      <div class="does">
        <a class="pill" href={here} target="_blank" rel="noopener">
          {t('openPage')} ↗
        </a>
        <button type="button" onClick={() => copy(new URL(here, location.href).href, t('copied'))}>
          {t('copyAddress')}
        </button>
      </div>
      <details>
        <summary>{t('elsewhere')}</summary>
        {told.elsewhere === undefined ? (
          <p class="soft">{t('notReached')}</p>
        ) : (
          <>
            <img alt={t('qr')} src={address(pathOf(told, '/qr'))} width="200" height="200" />
            <p class="mono">{told.elsewhere}</p>
          </>
        )}
      </details>
    </>
  );
}
