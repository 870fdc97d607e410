/** One verification in the list: who, how long still, and the two ends that are wanted most. */
import { minutesAndSeconds } from '../../../../control/look.js';
import type { VerificationView } from '../../../../control/verbs.js';
import { Detail } from './detail.js';
import { end, type How } from './ends.js';
import { businessNow, chosen } from './list.js';
import { t } from './texts.js';

export const STATUS = { open: 'underWay', review: 'review', passed: 'passed', failed: 'failed', quit: 'left' } as const;

/** @param second counts up: it is drawn anew by it */
export function Row({ one }: { one: VerificationView; second: number }) {
  const { id, handle, status, person } = one;
  const isChosen = chosen.value === handle;
  const [name, number] = person?.split(' ') ?? [];
  const button = (how: How, name: string, look: string) => (
    <button type="button" class={look} aria-label={`${name}: ${id}`} title={name} onClick={() => end(one, how)}>
      <span aria-hidden="true">{how === 'pass' ? '✓' : '✗'}</span> <span class="word">{name}</span>
    </button>
  );
  return (
    <li class="verification" aria-current={isChosen ? 'true' : undefined}>
      <div class="line">
        <button
          type="button"
          class="which"
          aria-expanded={isChosen}
          onClick={() => {
            chosen.value = isChosen ? undefined : handle;
          }}
        >
          <span class="who">
            {name && <b>{name} </b>}
            <span class="mono">{id}</span>
          </span>
          <span class="soft about">{about(one, number)}</span>
        </button>
        {status === 'open' ? (
          <>
            <Left one={one} />
            {button('pass', t('pass'), 'main')}
            {button('fail', t('failIt'), 'danger')}
          </>
        ) : (
          <b class={status === 'passed' ? 'ok' : status === 'review' ? 'warn' : 'bad'}>{t(STATUS[status])}</b>
        )}
      </div>
      {isChosen && <Detail one={one} />}
    </li>
  );
}

/** On a narrow screen only its beginning is seen. */
function about({ product, detail, pageOpen, left, asksFor }: VerificationView, number?: string): string {
  const state = [pageOpen && t('pageOpen'), left && t('leftIt'), asksFor && `${t('asksFor')}${asksFor}`];
  return [product, ...state, number, detail].filter(Boolean).join(' · ');
}

/** What is left of the time of its token or session. */
function Left({ one }: { one: VerificationView }) {
  const seconds = Math.ceil((Date.parse(one.expiresAt) - businessNow()) / 1000);
  const text = seconds > 0 ? minutesAndSeconds(seconds) : t('expired');
  return (
    <span class={`time mono ${seconds > 300 ? 'soft' : 'warn'}`} title={t('timeLeft')}>
      {text}
    </span>
  );
}
