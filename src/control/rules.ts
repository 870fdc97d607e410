/** The verbs about rules: those an account was given, scenarios that come with the package, and rules that never fired. */
import { lazy } from '../platform/lazy.js';
import { didYouMean } from '../platform/nearest.js';
import { versions } from '../products/index.js';
import type { Engine, RuleInForce } from '../scenarios/engine.js';
import { failNext } from '../scenarios/intervene.js';
import type { Keeper } from '../scenarios/keeper.js';
import { bundledScenarios, scenarioFile, scenarioReader } from '../scenarios/load.js';
import { type Rule, writtenOf } from '../scenarios/rule.js';
import type { Journal } from './journal.js';
import { type Control, ControlError, type RuleView } from './verbs.js';

const detective = lazy(() => import('./never-fired.js'));

interface RulesDeps {
  readonly engine: Engine;
  readonly keeper?: Keeper;
  readonly journal: Journal;
}

type RuleVerbs = Pick<
  Control,
  | 'failNext'
  | 'rules'
  | 'addScenario'
  | 'clearScenarios'
  | 'removeRule'
  | 'replaceRule'
  | 'switchRules'
  | 'catalogue'
  | 'neverFired'
>;

export function ruleVerbs({ engine, keeper, journal }: RulesDeps): RuleVerbs {
  /** What is answered with a failure is not in force. */
  const stored = async (undo: () => void): Promise<void> => {
    await keeper?.saved().catch((error) => {
      undo();
      throw error;
    });
  };
  const add = async (account: string, rules: readonly Rule[]): Promise<void> => {
    engine.add(account, rules);
    await stored(() => engine.remove(account, rules));
  };
  /** Of several with one name the latest. @throws ControlError when the account has none of that name */
  const ownRule = (account: string, name: string): Rule => {
    const all = engine.list(account);
    const found = all.findLast(({ rule, own }) => own && rule.name === name);
    if (found) return found.rule;
    if (all.some(({ rule }) => rule.name === name))
      throw new ControlError(`rule '${name}' comes from a file, for every account; switch it off for this one`, 409);
    throw noRule(name, all);
  };

  return {
    failNext: (account, operation, code, further) => failNext(engine, versions, account, operation, code, further),
    async rules(account) {
      await keeper?.refresh(account);
      return engine.list(account).map(viewOf);
    },
    async addScenario(account, scenario) {
      const rules = await read(scenario, freeName(engine.list(account)));
      await add(account, rules);
      return rules.length;
    },
    async clearScenarios(account) {
      engine.reset(account);
      await keeper?.forget(account);
    },
    async removeRule(account, name) {
      engine.remove(account, [ownRule(account, name)]);
      await keeper?.saved();
    },
    async replaceRule(account, name, scenario) {
      const before = ownRule(account, name);
      const [rule, ...more] = await read(scenario, name);
      if (more.length > 0)
        throw new ControlError(`${1 + more.length} rules cannot take the place of one; add them, and delete '${name}'`);
      const after = { ...rule!, name };
      engine.replace(account, before, after);
      await stored(() => engine.replace(account, after, before));
    },
    async switchRules(account, name, on) {
      const all = engine.list(account);
      const meant = all.filter(({ rule }) => rule.name === name || scenarioOf(rule.name) === name);
      const isBundled = bundledScenarios().has(name);
      if (meant.length === 0 && !isBundled) throw noRule(name, all);
      if (meant.length === 0 && on) return add(account, await bundled(name));
      for (const { rule, own } of meant) {
        if (own && isBundled && !on) engine.remove(account, [rule]);
        else engine.disable(account, rule, !on);
        if (!own) await keeper?.switched(account, rule, !on);
      }
      await keeper?.saved();
    },
    async catalogue(account) {
      await keeper?.refresh(account);
      const inForce = new Set(engine.list(account).flatMap(({ rule, off }) => (off ? [] : [scenarioOf(rule.name)])));
      return [...bundledScenarios()].map(([name, does]) => ({ name, does, on: inForce.has(name) }));
    },
    async neverFired(account) {
      await keeper?.refresh(account);
      return (await detective()).neverFired(engine.list(account), journal, account);
    },
  };
}

const viewOf = ({ rule, matched, fired, own, off }: RuleInForce): RuleView => ({
  name: rule.name,
  rule: writtenOf(rule, false) as RuleView['rule'],
  matched,
  fired,
  from: own ? 'account' : 'file',
  ...(off && { off: true as const }),
});

/** `flaky#2` is the second rule of `flaky`. */
const scenarioOf = (name: string): string => name.replace(/#\d+$/, '');

async function read(scenario: string | object, name: string): Promise<Rule[]> {
  const { readScenario, readScenarioObject } = await scenarioReader();
  return typeof scenario === 'string'
    ? readScenario(scenario, name, versions)
    : readScenarioObject(scenario, name, versions);
}

async function bundled(name: string): Promise<Rule[]> {
  const { readScenarioFile } = await scenarioReader();
  return readScenarioFile(scenarioFile(name), versions, name, false);
}

/** Behind the last of its kind: two rules of one name could not be told apart. */
function freeName(all: readonly RuleInForce[]): string {
  const numbers = all.map(({ rule }) => Number(/^scenario-(\d+)#/.exec(rule.name)?.[1] ?? 0));
  return `scenario-${Math.max(0, ...numbers) + 1}`;
}

function noRule(name: string, all: readonly RuleInForce[]): ControlError {
  const names = [
    ...new Set(all.flatMap(({ rule }) => [rule.name, scenarioOf(rule.name)])),
    ...bundledScenarios().keys(),
  ];
  return new ControlError(
    `no rule or scenario '${name.slice(0, 100)}'${didYouMean(name, names, 'GET /_mock/scenarios and /_mock/scenarios/catalogue list them')}`,
    404,
  );
}
