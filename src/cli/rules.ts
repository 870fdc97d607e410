/** `cloudauth-mock rules`: what is in force at a running emulator, and what it has done. */
import type { RuleView } from '../control/verbs.js';
import { accountSide } from './client.js';
import type { Call } from './command.js';
import { table } from './table.js';

/**
 * @returns the exit code: 0
 * @throws OptionError; Unanswered when the emulator cannot be reached, or refuses
 */
export async function rules(call: Call): Promise<0> {
  const { ask, print, account } = accountSide(call);
  const t = await call.translator();
  if (call.flags.clear) {
    const cleared = await ask<object>('/scenarios', undefined, 'DELETE');
    print(cleared, `${t(`account ${account()} has no rules of its own any more`)}\n`);
    return 0;
  }
  const all = await ask<RuleView[]>('/scenarios');
  const rows = all.map(({ name, rule, matched, fired, from }) => [
    ...[name, rule.on, String(matched), String(fired), t(from), JSON.stringify(rule.then)],
  ]);
  const head = ['RULE', 'OPERATION', 'MATCHED', 'FIRED', 'FROM', 'THEN'].map(t);
  print(all, rows.length === 0 ? `${t(`no rule is in force for account ${account()}`)}\n` : table([head, ...rows]));
  return 0;
}
