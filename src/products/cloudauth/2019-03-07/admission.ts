/** Who may be verified by a face: what the calls of financial-grade verification refuse alike, in an order that is guessed. */
import type { Context } from '../../../gateway/context.js';
import type { Hint } from '../../../platform/hint.js';
import { financialGrade, NO_SOURCE, subCodes } from '../financial-grade.js';
import { isUnder14, startOfDay } from './beijing.js';

/** A code of the body, and what the caller has to change. */
export type Refusal<Code extends string> = readonly [code: Code, hint?: Hint];

/** Where no scene is declared any is one. */
export function sceneProblem(
  { SceneId: id, ProductCode: product }: { readonly SceneId: number; readonly ProductCode: string },
  { behaviour: { sceneIds, onlyDeclaredSceneIds }, note }: Pick<Context, 'behaviour' | 'note'>,
): Refusal<'404'> | undefined {
  const isDeclared = sceneIds.some((one) => one.id === id && (one.productCode ?? product) === product);
  if (isDeclared || sceneIds.length === 0) return undefined;
  const hint: Hint = ['no-scene-id', { id, product }];
  if (onlyDeclaredSceneIds) return ['404', hint];
  note(hint);
  return undefined;
}

export const ageProblem = (CertNo: string | undefined, now: number): Refusal<'405'> | undefined =>
  CertNo !== undefined && isUnder14(CertNo, now) ? ['405'] : undefined;

/** What came of this person's former verifications. */
export async function historyProblem(
  CertNo: string | undefined,
  { store, clock, behaviour: { dailyFailureLimit: limit } }: Pick<Context, 'store' | 'clock' | 'behaviour'>,
): Promise<Refusal<'417' | '418'> | undefined> {
  if (CertNo === undefined) return undefined;
  const failed = (reasons: readonly string[], since: number) =>
    store.verifications.failuresSince(financialGrade.name, CertNo, reasons, since);
  if ((await failed(NO_SOURCE, 0)) > 0) return ['417', 'poisoned'];
  if (limit > 0 && (await failed(Object.keys(subCodes), startOfDay(clock.now()))) >= limit)
    return ['418', ['daily-failure-limit', { limit }]];
  return undefined;
}
