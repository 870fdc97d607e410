/** What the vendor would have billed an account, and by which rule: calls and money are two different counts. */
import { operationPath, type Version } from '../gateway/operation.js';
import { type Billing, billings } from '../products/billing.js';
import type { Counts } from './rings.js';

export interface BilledOperation {
  /** `cloudauth/2019-03-07/InitFaceVerify` */
  readonly operation: string;
  /** Successes and failures. */
  readonly calls: number;
  /** Calls, verifications or phone numbers, as the rule says. */
  readonly billed: number;
  /** In words. */
  readonly rule: string;
  /** Of the rule. */
  readonly confidence: 'documented' | 'inferred';
}

export interface Bill {
  readonly calls: number;
  readonly billed: number;
  /** Those that were called or billed, in the order of their versions. */
  readonly operations: readonly BilledOperation[];
}

const RULES: Readonly<Record<Billing, string>> = {
  check: 'BizCode 1 and 2 are billed, 3 is not',
  numbers: 'each phone number there is a record of: ChargeCount of the answer',
  ended: 'a verification, once it has passed or failed; not one that was left or has expired',
  answer: 'each success, whatever it found',
};
const FREE = 'not billed: it verifies nobody';
const SAMPLE = 'not counted: no page says it, and a sample is answered here';

/** The help pages of the checks print it beside BizCode, those of the financial-grade product beside SubCode. */
const isDocumented = (operation: string, billing: Billing): boolean =>
  billing === 'check' || billing === 'numbers' || /\/(Init|Contrast)FaceVerify$/.test(operation);

export function billOf(versions: readonly Version[], { outcomes, billed }: Counts): Bill {
  const calls = new Map<string, number>();
  for (const [outcome, times] of outcomes) {
    const operation = outcome.split(' ')[0]!;
    calls.set(operation, (calls.get(operation) ?? 0) + times);
  }
  const operations = versions.flatMap((version) =>
    version.names.flatMap((name): BilledOperation[] => {
      const operation = operationPath(version, { name });
      if (!calls.has(operation) && !billed.has(operation)) return [];
      const billing = billings.get(operation);
      const works = version.implemented.some((one) => one.name === name);
      return [
        {
          operation,
          calls: calls.get(operation) ?? 0,
          billed: billed.get(operation) ?? 0,
          rule: billing ? RULES[billing] : works ? FREE : SAMPLE,
          confidence: billing && isDocumented(operation, billing) ? 'documented' : 'inferred',
        },
      ];
    }),
  );
  const sum = (of: (one: BilledOperation) => number) => operations.reduce((all, one) => all + of(one), 0);
  return { calls: sum((one) => one.calls), billed: sum((one) => one.billed), operations };
}
