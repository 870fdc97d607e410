/** What stands behind the straight line's “intervene”: scenarios first, then values that ask for a failure themselves. */
import type { Intervention } from '../gateway/intervention.js';
import { type AnyOperation, operationPath, type RawParams, type Version } from '../gateway/operation.js';
import { milliseconds } from '../platform/clock.js';
import { InputError } from '../platform/input-error.js';
import { versions as all, allReady } from '../products/index.js';
import { failureAsked, outranked } from '../products/outcome-of.js';
import type { MagicValues } from '../products/verification-kind.js';
import { contractProblems, orderedError, whereHonoured } from './contract.js';
import type { Engine } from './engine.js';
import { placesIn, reasonsOf } from './places.js';
import { compileRule, type Rule, type RuleSource } from './rule.js';

export const createIntervene =
  (engine: Engine) =>
  (
    account: string,
    host: string,
    version: Version,
    operation: AnyOperation,
    params: RawParams,
  ): Intervention | Promise<Intervention> => {
    const errorOf = (code: string) => orderedError(version, operation, code);
    const withValues = (wanted: Intervention): Intervention | Promise<Intervention> => {
      if (wanted.error) return wanted;
      const values = valuesIn(params);
      const code = failureAsked(values);
      // an operation that reads outcomes says itself which value decided
      const hint = operation.honours?.outcome ? undefined : outranked(values);
      if (code === undefined) return hint === undefined ? wanted : { ...wanted, hint };
      const error = errorOf(code);
      return error ? { ...wanted, hint, error } : elsewhere({ ...wanted, hint }, code);
    };
    const wanted = engine.decide({ account, host, path: operationPath(version, operation), params }, errorOf);
    return wanted instanceof Promise ? wanted.then(withValues) : withValues(wanted);
  };

/** A suffix one call lacks may be meant for a later one; what no operation documents is a slip. */
async function elsewhere(wanted: Intervention, code: string): Promise<Intervention> {
  await allReady();
  // first of those with work of their own: most codes are theirs, and the contracts of the others lie in files
  const isDocumented = (['implemented', 'operations'] as const).some((which) =>
    all.some((version) => version[which].some((operation) => orderedError(version, operation, code) !== undefined)),
  );
  return isDocumented ? wanted : { ...wanted, hint: ['magic-unknown', { code }] };
}

/** A TicketId with a suffix; the person of a SAF call. What a call only refers to by id is known to its handler. */
const valuesIn = (params: RawParams): MagicValues => ({
  ticket: params.get('TicketId'),
  name: params.get('name'),
  number: params.get('certNumber'),
});

/** How often, and how late, an ordered failure is answered. */
export interface FurtherFailures {
  /** So many calls, one after the other. Default: 1. */
  readonly times?: number;
  /** How long each is held back: `'500ms'`, `'2s'` …, or milliseconds; at most a day. Default: not at all. */
  readonly delay?: string | number;
}

const MOST_TIMES = 1_000_000;
const LONGEST_DELAY_MS = 86_400_000;

/** @throws InputError saying what is wrong with the operation or the code, and where they are listed */
export function failNext(
  engine: Engine,
  versions: readonly Version[],
  account: string,
  operation: unknown,
  code: unknown,
  { times = 1, delay }: FurtherFailures = {},
): void {
  const fail = typeof code === 'number' ? String(code) : code;
  if (!isWord(operation)) throw nothingGiven('operation');
  if (!isWord(fail)) throw nothingGiven('code');
  if (!(Number.isInteger(times) && times >= 1 && times <= MOST_TIMES))
    throw new InputError(`times must be a whole number from 1 to ${MOST_TIMES}`);
  const ms = delay === undefined ? undefined : delayOf(delay);
  const ordering = (then: RuleSource['then']): Rule =>
    compileRule(`failNext(${operation}, ${fail})`, {
      ...{ on: operation, times },
      then: ms === undefined ? then : { ...then, delay: { ms } },
    });
  const error = ordering({ fail });
  const [problem] = contractProblems(error, versions);
  const isReason =
    problem && placesIn(versions).some((place) => error.onPath(place.path) && hasReason(place.operation, fail));
  if (problem && !isReason) throw new InputError(problem.message);
  const rule = isReason ? ordering({ outcome: { kind: 'fail', reason: fail } }) : error;
  // what is kept is read as a file is
  const then = {
    ...(isReason ? { outcome: `fail:${fail}` } : { fail }),
    ...(ms !== undefined && { delay: `${ms}ms` }),
  };
  const written = { on: operation, times, then };
  engine.add(account, [whereHonoured({ ...rule, written }, versions)]);
}

function delayOf(delay: string | number): number {
  const ms = milliseconds(delay);
  if (ms >= 0 && ms <= LONGEST_DELAY_MS) return ms;
  throw new InputError(`delay: '${delay}' is not between 0 and 1d`);
}

const hasReason = (operation: AnyOperation, code: string): boolean =>
  reasonsOf(operation).some(({ reason, also = [] }) => reason === code || also.includes(code));

const isWord = (value: unknown): value is string => typeof value === 'string' && value !== '';

const nothingGiven = (what: string): InputError =>
  new InputError(
    `failNext(operation, code) was given no ${what}; write failNext('GetStatus', 'Throttling.User'). “cloudauth-mock errors GetStatus” lists the codes of an operation`,
  );
