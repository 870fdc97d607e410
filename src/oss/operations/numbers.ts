/** Numbers a query gives. */
import { ossError } from '../errors.js';
import type { OssCall } from './call.js';

/** A whole number from the query. @throws OssError InvalidArgument */
export function wholeNumber({ caller }: OssCall, name: string, min: number, max: number, standard?: number): number {
  const given = caller.params.get(name);
  if (standard !== undefined && (given === undefined || given === '')) return standard;
  if (!/^\d{1,9}$/.test(given ?? '') || Number(given) < min || Number(given) > max)
    throw ossError('InvalidArgument', { ArgumentName: name, ArgumentValue: given ?? '' });
  return Number(given);
}
