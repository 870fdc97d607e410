/** What a process has answered, for who collects figures of it: counts that only grow, of all accounts, naming none. */

export interface Total {
  calls: number;
  /** Of all of them together; without what a rule held back. */
  ms: number;
}

export interface Totals {
  /** By `<operation path> <code>`: `-` where no operation was found, `ok` for a success. */
  readonly calls: ReadonlyMap<string, Readonly<Total>>;
  /** How often each rule fired, by its name. */
  readonly rules: ReadonlyMap<string, number>;
  count(outcome: string, ms: number, rules: readonly string[]): void;
}

/** Contracts bound what can be answered, testers name rules: whoever collects them pays for each. What comes later is one. */
const MOST_OUTCOMES = 5000;
const MOST_RULES = 500;
export const OTHER = 'other';

export function createTotals(): Totals {
  const calls = new Map<string, Total>();
  const fired = new Map<string, number>();
  return {
    calls,
    rules: fired,
    count(outcome, ms, rules) {
      let total = calls.get(outcome);
      if (!total) {
        const name = calls.size < MOST_OUTCOMES ? outcome : `- ${OTHER}`;
        total = calls.get(name) ?? { calls: 0, ms: 0 };
        calls.set(name, total);
      }
      total.calls++;
      total.ms += ms;
      for (const rule of rules) {
        const name = fired.has(rule) || fired.size < MOST_RULES ? rule : OTHER;
        fired.set(name, (fired.get(name) ?? 0) + 1);
      }
    },
  };
}
