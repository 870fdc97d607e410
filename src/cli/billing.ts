/** `cloudauth-mock billing`: what the vendor would have billed an account of a running emulator. */
import type { Bill } from '../control/billing.js';
import { accountSide } from './client.js';
import type { Call } from './command.js';
import { table } from './table.js';

/** @throws OptionError; Unanswered */
export async function billing(call: Call): Promise<0> {
  const { ask, print } = accountSide(call);
  const bill = await ask<Bill>(`/billing?lang=${call.lang}`);
  const t = await call.translator();
  const rows = bill.operations.map(({ operation, calls, billed, rule, confidence }) => [
    ...[operation, String(calls), String(billed)],
    confidence === 'documented' ? rule : `${rule} (${t('inferred')})`,
  ]);
  const head = ['OPERATION', 'CALLS', 'BILLED', 'BY WHICH RULE'].map(t);
  print(bill, rows.length === 0 ? `${t('nothing was called')}\n` : table([head, ...rows]));
  return 0;
}
