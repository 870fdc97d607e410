/** Keeps the rules of accounts in the database: what was said stays said, and goes on counting where it was. */
import type { Version } from '../gateway/operation.js';
import { maskIdNumbers } from '../platform/redact.js';
import type { RuleCounts } from '../store/rule-counts.js';
import type { RuleKey, StoredRule, StoredRules } from '../store/rules.js';
import type { Engine } from './engine.js';
import { scenarioReader } from './load.js';
import { type Rule, type RuleState, writtenOf } from './rule.js';
import { keysOf } from './rule-keys.js';
import { countTogether } from './together.js';

export interface Keeper {
  /** Resolves once all that was changed so far is stored. */
  saved(): Promise<void>;
  /**
   * The account has no rules any more but those it is given from now on.
   * @returns for when the account has the rules back that it had: what stores them again, instead of those given since
   */
  forget(account: string): Promise<() => Promise<void>>;
  /** A rule of the house was switched for the account: the others do as well. */
  switched(account: string, rule: Rule, off: boolean): Promise<void>;
  /** What others have counted is known here too, and what of the house they have switched. */
  refresh(account: string): Promise<void>;
  /** Others have changed the rules of an account. @param account default: of any */
  reload(account?: string): Promise<void>;
}

/** Other emulators keep rules in the same database. */
export interface Company {
  readonly counts: RuleCounts;
  /** Tells this one from the others. */
  readonly number: number;
}

/** So many emulators number their rules without one number twice. */
const EMULATORS = 1024;

/** @param say is told of rules that are stored and no longer understood: they stay there, and do nothing */
export async function keepRules(
  engine: Engine,
  stored: StoredRules,
  versions: readonly Version[],
  say: { warn(message: string): void },
  company?: Company,
): Promise<Keeper> {
  const rows = await stored.all();
  const numbers = new WeakMap<Rule, number>();
  /** Of a rule, or of the one whose place it took: as it is stored. */
  const texts = new WeakMap<Rule, string>();
  const know = (rule: Rule, { seq, rule: text }: StoredRule): void => {
    numbers.set(rule, seq);
    texts.set(rule, text);
  };
  let highest = 0;
  for (const [account, rules] of await understood(rows, versions, say)) {
    engine.restore(account, rules);
    for (const [rule, row] of rules) know(rule, row);
  }
  for (const { seq } of rows) highest = Math.max(highest, seq);

  const changed = new Map<string, Set<Rule>>();
  /** Accounts that have had rules. */
  const known = new Set<string>();
  const note = (account: string, rule: Rule): void => {
    changed.set(account, (changed.get(account) ?? new Set()).add(rule));
  };
  const numberOf = (rule: Rule): number => {
    const seq = numbers.get(rule);
    if (seq !== undefined) return seq;
    highest = company ? (Math.floor(highest / EMULATORS) + 1) * EMULATORS + (company.number % EMULATORS) : highest + 1;
    numbers.set(rule, highest);
    return highest;
  };
  const textOf = (rule: Rule, off: boolean): string => JSON.stringify(writtenOf(rule, off));

  async function write(): Promise<void> {
    const these = [...changed];
    const changes = noChanges();
    const written: [Rule, string][] = [];
    for (const [account, rules] of these) {
      const states = engine.own(account);
      const numbered = new Set([...states.keys()].map(numberOf));
      for (const rule of rules) {
        const row = { account, seq: numberOf(rule), name: rule.name };
        const state = states.get(rule);
        // one whose place another has taken is not over: its row is the other's
        if (!state && !numbered.has(row.seq)) changes.gone.push(row);
        if (!state) continue;
        const { off, ...counts } = state;
        const [before, text] = [texts.get(rule), textOf(rule, off)];
        const kind = before === undefined ? 'added' : before === text ? 'counted' : 'changed';
        changes[kind].push({ ...row, ...counts, rule: text });
        written.push([rule, text]);
      }
    }
    changed.clear();
    try {
      await Promise.all(restarts.splice(0));
      await stored.write(changes);
    } catch (error) {
      for (const [account, rules] of these) for (const rule of rules) note(account, rule);
      throw error;
    }
    for (const [rule, text] of written) texts.set(rule, text);
  }
  let writing: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  /** What is under way may have begun before the last change: the batch behind it has all of them. */
  const saved = (): Promise<void> => {
    next ??= writing
      .catch(() => {})
      .then(() => {
        next = undefined;
        writing = changed.size > 0 ? write() : Promise.resolve();
        return writing;
      });
    return next;
  };
  const together = company && countTogether(company.counts, keysOf(engine, numbers));
  if (together) engine.countTogether(together);
  /** Rules that took another's place and count from 0: known before they are stored. */
  const restarts: Promise<void>[] = [];
  engine.onChange((account, rule, instead) => {
    known.add(account);
    if (instead) {
      numbers.set(rule, numberOf(instead));
      const text = texts.get(instead);
      if (text !== undefined) texts.set(rule, text);
      const restarted = together?.restart(account, rule);
      restarted?.catch(() => {});
      if (restarted) restarts.push(restarted);
    }
    numberOf(rule);
    note(account, rule);
    // who has to know waits for saved(); else the next change tries again
    saved().catch(() => {});
  });

  let turns: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turns.then(work);
    turns = done.catch(() => {});
    return done;
  };
  /** Accounts whose stored rules are about to be those in memory: what is read of them is older. */
  const settling = new Map<string, number>();
  const settle = async <T>(account: string, work: () => Promise<T>): Promise<T> => {
    settling.set(account, (settling.get(account) ?? 0) + 1);
    try {
      return await inTurn(work);
    } finally {
      const others = settling.get(account)! - 1;
      if (others > 0) settling.set(account, others);
      else settling.delete(account);
      if (company) inTurn(() => reloadOne(account)).catch(() => {});
    }
  };
  /** Only what the account has now stays stored. */
  async function clear(account: string): Promise<void> {
    await writing.catch(() => {});
    const there = await stored.of(account);
    const mine = new Set([...engine.own(account).keys()].map(numberOf));
    const gone = there.filter(({ seq }) => !mine.has(seq));
    if (gone.length > 0) await stored.write({ ...noChanges(), gone });
  }
  /** Those that came from elsewhere, those written anew there, and those that are over there. */
  async function reloadOne(account: string): Promise<void> {
    known.add(account);
    await saved();
    const before = highest;
    const others = (await understood(await stored.of(account), versions, say)).get(account) ?? [];
    if (settling.has(account)) return;
    const mine = new Map([...engine.own(account)].map(([rule, state]) => [numberOf(rule), [rule, state] as const]));
    const next = new Map<number, readonly [Rule, RuleState]>();
    for (const [rule, row] of others) {
      highest = Math.max(highest, row.seq);
      const here = mine.get(row.seq);
      const isHere = here && [texts.get(here[0]), textOf(here[0], here[1].off)].includes(row.rule);
      if (!isHere) know(rule, row);
      next.set(row.seq, isHere ? here : [rule, row]);
    }
    // given here meanwhile
    for (const [seq, each] of mine) if (seq > before) next.set(seq, each);
    engine.arrange(
      account,
      [...next].sort(([one], [other]) => one - other).map(([, each]) => each),
    );
  }
  return {
    saved,
    async forget(account) {
      changed.delete(account);
      const countsBack = await settle(account, async () => {
        await clear(account);
        return together?.forget(account);
      });
      return () =>
        settle(account, async () => {
          await clear(account);
          await countsBack?.();
          for (const rule of engine.own(account).keys()) {
            texts.delete(rule);
            note(account, rule);
          }
          await saved();
        });
    },
    switched: async (account, rule, off) => together?.switch(account, rule, off),
    async refresh(account) {
      if (together) engine.know(account, await together.look(account));
    },
    reload: (account) =>
      inTurn(async () => {
        const all = account === undefined ? [...(await stored.all()).map((row) => row.account), ...known] : [account];
        for (const each of new Set(all)) await reloadOne(each);
      }),
  };
}

const noChanges = () => ({
  added: [] as StoredRule[],
  changed: [] as StoredRule[],
  counted: [] as StoredRule[],
  gone: [] as RuleKey[],
});

/** By account, in their order. */
async function understood(
  rows: readonly StoredRule[],
  versions: readonly Version[],
  say: { warn(text: string): void },
): Promise<Map<string, (readonly [Rule, StoredRule])[]>> {
  const byAccount = new Map<string, (readonly [Rule, StoredRule])[]>();
  if (rows.length === 0) return byAccount;
  const { readRule } = await scenarioReader();
  for (const row of rows) {
    const read = readRule(JSON.parse(row.rule), row.name, versions);
    const ofAccount = byAccount.get(row.account) ?? [];
    byAccount.set(row.account, ofAccount);
    if ('rule' in read) ofAccount.push([read.rule, row]);
    else
      say.warn(
        maskIdNumbers(
          `the stored rule ${row.name} of account ${row.account} is no longer understood, and does nothing: ${read.problems[0]!.message}`,
        ),
      );
  }
  return byAccount;
}
