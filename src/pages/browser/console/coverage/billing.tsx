/** What the vendor would have billed: by operation, with the rule in words. */
import { useState } from 'preact/hooks';
import type { Bill } from '../../../../control/billing.js';
import { account, get } from '../api.js';
import { happened } from '../live/events.js';
import { shortName } from '../live/selection.js';
import { useOften } from '../often.js';
import { t } from './texts.js';

const PAUSE_MS = 500;

export function Billing() {
  const [bill, setBill] = useState<Bill | undefined>(undefined);
  useOften(() => get<Bill>('billing').then(setBill, () => {}), PAUSE_MS, [happened.value, account.value]);
  if (!bill || bill.operations.length === 0) return null;
  return (
    <details class="billing">
      <summary>
        {t('billed')}: {bill.billed}{' '}
        <small class="soft">
          {t('of')} {bill.calls} {t('calls')}
        </small>
      </summary>
      <table>
        <thead>
          <tr>
            {(['operation', 'calls', 'billed', 'rule'] as const).map((name) => (
              <th key={name} scope="col">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bill.operations.map(({ operation, calls, billed, rule, confidence }) => (
            <tr key={operation}>
              <th scope="row" title={operation}>
                {shortName(operation)}
              </th>
              <td>{calls}</td>
              <td>{billed}</td>
              <td class="soft">
                {rule}
                {confidence === 'inferred' && ` (${t('inferred')})`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
