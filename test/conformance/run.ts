/** Puts promises to the test. */
import type { CloudauthMock } from '../../src/index.js';
import { givenBefore, withGiven } from './before.js';
import type { Promised } from './oracle.js';
import { type Answered, send } from './send.js';
import { type Variant, variantsOf } from './variants.js';
import { lostBy, packaged } from './vendor.js';
import { wrongWith } from './verdict.js';

export interface Figures {
  readonly variants: number;
  readonly passed: number;
  /** Of answers in JSON: how many the vendor's class read wholly, of how many. */
  readonly read?: number;
  readonly answers?: number;
}

export interface Outcome extends Figures {
  readonly failures: readonly string[];
}

export async function conformance(mock: CloudauthMock, promise: Promised): Promise<Outcome> {
  const failures: string[] = [];
  let [variants, passed, read, answers] = [0, 0, 0, 0];
  const model = packaged(promise.path);
  for (const variant of variantsOf(withGiven(promise, await givenBefore(mock, promise)))) {
    const answer = await send(mock, promise, variant);
    const wrong = wrongWith(promise, variant, answer);
    variants++;
    if (wrong.length === 0) passed++;
    else failures.push(said(promise, variant, answer, wrong));
    if (!model || variant.error || variant.way.format !== 'JSON' || wrong.length > 0) continue;
    answers++;
    const lost = lostBy(model, answer.text);
    if (lost.length === 0) read++;
    else failures.push(said(promise, variant, answer, lost));
  }
  return { failures, variants, passed, ...(model && { read, answers }) };
}

function said({ path }: Promised, { what, way }: Variant, { text }: Answered, wrong: readonly string[]): string {
  return `${path}, ${what} (${Object.values(way).join(' ')}): ${wrong.join('; ')} in ${text.slice(0, 300)}`;
}
