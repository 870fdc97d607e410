/** Coverage: each documented outcome of each operation as a square; an empty one can be ordered. */
import { useState } from 'preact/hooks';
import type { DocumentedOutcome, OperationCoverage, Coverage as Seen } from '../../../../scenarios/coverage.js';
import { account, address, get, post } from '../api.js';
import { breakable } from '../breakable.js';
import { happened } from '../live/events.js';
import { shortName } from '../live/selection.js';
import { useOften } from '../often.js';
import { change } from '../scenarios/rules.js';
import { Billing } from './billing.js';
import { t } from './texts.js';

const PAUSE_MS = 500;

export function Coverage() {
  const [all, setAll] = useState<Seen | undefined>(undefined);
  const [onlyCalled, setOnlyCalled] = useState(false);
  const [about, setAbout] = useState('');
  useOften(() => get<Seen>('coverage').then(setAll, () => {}), PAUSE_MS, [happened.value, account.value]);
  if (!all) return null;
  const shown = all.operations.filter(({ outcomes }) => !onlyCalled || outcomes.some(({ seen }) => seen));
  return (
    <div class="coverage">
      <h2>
        {t('coverage')}: {all.percent} %{' '}
        <small class="soft">
          {all.seen} {t('seen')}, {t('of')} {all.documented}
        </small>
      </h2>
      <progress value={all.seen} max={all.documented} aria-label={t('coverage')} />
      <div class="does">
        <button type="button" aria-pressed={onlyCalled} onClick={() => setOnlyCalled(!onlyCalled)}>
          {t('onlyCalled')}
        </button>
        <a href={address('coverage')} download="coverage.json">
          {t('asJson')}
        </a>
        <a href={address('coverage', { format: 'html' })} download="coverage.html">
          {t('asHtml')}
        </a>
      </div>
      <Billing />
      <p class="about" aria-live="polite">
        {about || <span class="soft">{t('how')}</span>}
      </p>
      {shown.map((one) => (
        <Operation key={one.operation} one={one} tell={setAbout} />
      ))}
    </div>
  );
}

function Operation({ one: { operation, outcomes }, tell }: { one: OperationCoverage; tell: (text: string) => void }) {
  const name = shortName(operation);
  const firstOpen = outcomes.findIndex(({ code, seen }) => !seen && code !== 'ok');
  return (
    <section class="outcomes" aria-label={operation}>
      <b title={operation}>{breakable(name)}</b>
      <small class="soft">
        {outcomes.filter(({ seen }) => seen).length}/{outcomes.length}
      </small>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset brings a look of its own */}
      <div role="group" aria-label={name} onKeyDown={moveAlong}>
        {outcomes.map((outcome, index) => (
          <Square
            key={outcome.code}
            operation={operation}
            outcome={outcome}
            isFirst={index === firstOpen}
            tell={() => tell(inWords(name, outcome))}
          />
        ))}
      </div>
    </section>
  );
}

const inWords = (name: string, { code, seen, when }: DocumentedOutcome): string =>
  `${name} ${code}: ${when ?? t('success')} – ${t(seen ? 'seen' : 'never')}`;

interface SquareProps {
  readonly operation: string;
  readonly outcome: DocumentedOutcome;
  readonly isFirst: boolean;
  tell(): void;
}

function Square({ operation, outcome, isFirst, tell }: SquareProps) {
  const { code, seen } = outcome;
  const words = inWords(shortName(operation), outcome);
  if (seen || code === 'ok')
    return (
      <span class={seen ? 'square seen' : 'square'} role="img" aria-label={words} title={words} onMouseEnter={tell}>
        {seen ? '✓' : ''}
      </span>
    );
  return (
    <button
      type="button"
      class="square"
      // one stop a row: arrow keys go on from there
      tabIndex={isFirst ? 0 : -1}
      aria-label={`${words}; ${t('pressToArm')}`}
      title={words}
      onMouseEnter={tell}
      onFocus={tell}
      onClick={() =>
        change(() => post('fail-next', { operation, code }), `${shortName(operation)}: ${t('armed')} ${code}`)
      }
    />
  );
}

function moveAlong(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by === undefined) return;
  const squares = [...event.currentTarget.querySelectorAll('button')];
  squares[squares.indexOf(document.activeElement as HTMLButtonElement) + by]?.focus();
  event.preventDefault();
}
