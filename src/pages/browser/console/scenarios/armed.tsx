/** What is in force, wherever one is: in the bar above every view, each with a way to take it back. */
import type { RuleView } from '../../../../control/verbs.js';
import { discard, inBrief, rules, scenarioOf, turn } from './rules.js';
import { t } from './texts.js';

/** More are in the view of scenarios. */
const SHOWN = 3;
/** What a tester ordered rule by rule; others go by the scenario they come from. */
const ORDERED = /^(scenario-\d+#|failNext\()/;

interface Chip {
  readonly text: string;
  discard(): Promise<boolean>;
}

const chipOf = (one: RuleView): Chip => ({ text: inBrief(one), discard: () => discard(one) });

export function Armed() {
  const inForce = rules.value.filter(({ off }) => !off);
  const scenarios = new Set(inForce.filter(({ name }) => !ORDERED.test(name)).map(({ name }) => scenarioOf(name)));
  const chips: Chip[] = [
    ...inForce.filter(({ name }) => ORDERED.test(name)).map(chipOf),
    ...[...scenarios].map((name) => ({ text: name, discard: () => turn(name, false) })),
  ];
  if (chips.length === 0) return null;
  return (
    <ul class="armed" aria-label={t('armed')}>
      {chips.slice(0, SHOWN).map((chip, index) => (
        <li key={`${index} ${chip.text}`} class="pill">
          <span title={chip.text}>{chip.text}</span>
          <button type="button" class="quiet" aria-label={`${t('takeBack')}: ${chip.text}`} onClick={chip.discard}>
            ×
          </button>
        </li>
      ))}
      {chips.length > SHOWN && (
        <li>
          <a href="#scenarios">+{chips.length - SHOWN}</a>
        </li>
      )}
    </ul>
  );
}
