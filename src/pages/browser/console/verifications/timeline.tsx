/** The steps of one verification, and what it was at any of them: a slider goes back through what has happened. */
import { useState } from 'preact/hooks';
import type { TimelineStep, VerificationDetail } from '../../../../control/verbs.js';
import { t } from './texts.js';

export function Timeline({ told }: { told: VerificationDetail }) {
  const { timeline, now } = told;
  const past = timeline.filter((step) => !isToCome(step, now)).length;
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const upTo = Math.min(chosen ?? past, past);
  const state = stateAt(told, upTo);
  return (
    <>
      <h3>{t('timeline')}</h3>
      {past > 1 && (
        <label class="moment">
          {t('moment')}
          <input
            type="range"
            class="slider"
            min={1}
            max={past}
            value={upTo}
            aria-valuetext={state}
            onInput={({ currentTarget }) => {
              const value = Number(currentTarget.value);
              setChosen(value === past ? undefined : value);
            }}
          />
        </label>
      )}
      <p class="mono was">{state}</p>
      <ol class="timeline">
        {timeline.map((step, index) => (
          <Step key={`${step.what} ${step.at} ${step.text}`} step={step} isLater={index >= upTo} now={now} />
        ))}
      </ol>
    </>
  );
}

const isToCome = ({ at }: TimelineStep, now: string): boolean => at !== undefined && at > now;

const ENDS = ['passed', 'failed', 'quit', 'review'] as const;

/** What it was once so many steps had happened, in a line: the moment, its state, its pictures, what was left of its time. */
function stateAt({ timeline, now, expiresAt }: VerificationDetail, upTo: number): string {
  const done = timeline.slice(0, upTo);
  const end = done.findLast(({ what }) => (ENDS as readonly string[]).includes(what));
  const at = upTo < timeline.length && !isToCome(timeline[upTo]!, now) ? (done.at(-1)?.at ?? now) : now;
  const over = done.some(({ what }) => what === 'expires');
  const pictures = done.filter(({ what }) => what === 'picture').length;
  const left = end || over ? 0 : Math.round((Date.parse(expiresAt) - Date.parse(at)) / 60_000);
  return [
    at.slice(11, 19),
    end ? t(`step-${end.what}`) : t(over ? 'expired' : 'underWay'),
    pictures > 0 && `${pictures} ${t('step-picture')}`,
    left > 0 && `${t('timeLeft')} ${left} min`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function Step({ step, isLater, now }: { step: TimelineStep; isLater: boolean; now: string }) {
  const { what, at, text } = step;
  return (
    <li class={isLater ? 'soft' : ''}>
      <span class="mono soft">{at === undefined ? t('nowOnly') : at.slice(11, 19)}</span>{' '}
      <span class={isLater ? '' : (LOOKS[what] ?? '')}>
        {what === 'expires' && !isToCome(step, now) ? t('expired') : t(`step-${what}`)}
      </span>{' '}
      {text && <span class="mono">{text}</span>}
    </li>
  );
}

const LOOKS: Readonly<Partial<Record<TimelineStep['what'], string>>> = { passed: 'ok', failed: 'bad', quit: 'bad' };
