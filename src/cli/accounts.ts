/** `cloudauth-mock accounts`: who has called a running emulator, and what each holds. */
import type { AccountView } from '../control/desk-view.js';
import { accountSide } from './client.js';
import type { Call } from './command.js';
import { table } from './table.js';

/**
 * @returns the exit code: 0
 * @throws OptionError; Unanswered when the emulator cannot be reached, or refuses
 */
export async function accounts(call: Call): Promise<0> {
  const { ask, print } = accountSide(call);
  const t = await call.translator();
  const all = await ask<AccountView[]>('/accounts/overview');
  const head = ['ACCOUNT', 'KEYS', 'CALLS', 'OPEN', 'CLOCK'].map(t);
  const rows = all.map(({ account, keys, calls, open, now, frozen }) => [
    ...[account, keys.join(' ') || '-', String(calls), String(open), frozen ? `${now} ${t('frozen')}` : now],
  ]);
  print(all, table([head, ...rows]));
  return 0;
}
