import { didYouMean } from '../platform/nearest.js';
import { ControlError } from './verbs.js';

/**
 * A member that no call knows would silently do nothing, and an assertion hold that was never made.
 * @param known the members there are @throws ControlError naming them
 */
export function onlyMembers<K extends string>(given: object, known: readonly K[]): Partial<Record<K, unknown>> {
  const unknown = Object.keys(given).find((name) => !known.includes(name as K));
  if (unknown === undefined) return given as Partial<Record<K, unknown>>;
  const there =
    known.length > 0 ? `there are: ${known.join(', ')}` : 'this call takes none; an account goes into ?account=';
  throw new ControlError(`no member ${JSON.stringify(unknown.slice(0, 60))}${didYouMean(unknown, known, there)}`);
}
