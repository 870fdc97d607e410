/** What stands behind the straight line's “intervene”: scenarios first, then values that ask for a failure themselves. */

import { type Intervention, NO_INTERVENTION } from '../gateway/intervention.js';
import { type AnyOperation, operationPath, type RawParams, type Version } from '../gateway/operation.js';
import { InputError } from '../platform/input-error.js';
import { versions as all } from '../products/index.js';
import { type Magic, magicOfPerson, magicSuffix } from '../products/magic.js';
import { contractProblem, orderedError, whereDocumented } from './contract.js';
import { NO_EFFECTS } from './effects.js';
import type { Engine } from './engine.js';
import { compileRule } from './rule.js';

export const createIntervene =
  (engine: Engine) =>
  (account: string, version: Version, operation: AnyOperation, params: RawParams): Intervention => {
    const effects = engine.decide({ account, path: operationPath(version, operation), params });
    const code = effects.fail ?? failureOf(magicIn(params));
    if (effects === NO_EFFECTS && code === undefined) return NO_INTERVENTION;
    // a suffix one call lacks may be meant for a later one; what no operation documents is a slip
    const hint = code !== undefined && !isDocumented(code) ? 'magic-suffix-names-no-documented-code' : undefined;
    const { fail: _fail, ...rest } = effects;
    return code === undefined ? rest : { ...rest, hint, error: orderedError(version, operation, code) };
  };

const isDocumented = (code: string): boolean =>
  all.some((version) => version.operations.some((operation) => orderedError(version, operation, code) !== undefined));

/** A TicketId with a suffix; the person of a SAF call. What a call only refers to by id is known to its handler. */
const magicIn = (params: RawParams): Magic | undefined =>
  magicSuffix(params.get('TicketId') ?? '') ?? magicOfPerson(params.get('name'), params.get('certNumber'));

const failureOf = (magic: Magic | undefined): string | undefined => (magic && 'fail' in magic ? magic.fail : undefined);

/** @throws InputError naming the operations there are, or the codes the operation documents */
export function failNext(
  engine: Engine,
  versions: Parameters<typeof contractProblem>[1],
  account: string,
  operation: string,
  code: string,
): void {
  const rule = compileRule(`failNext(${operation}, ${code})`, { on: operation, times: 1, then: { fail: code } });
  const problem = contractProblem(rule, versions);
  if (problem) throw new InputError(problem.message);
  engine.add(account, [whereDocumented(rule, versions)]);
}
