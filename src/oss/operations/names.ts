/** How names of objects are written into an answer: `encoding-type=url` asks for what XML could not hold. */
import { ossError } from '../errors.js';
import type { OssCall } from './call.js';

export interface Names {
  /** Part of the answer when names are encoded. */
  readonly EncodingType: string | undefined;
  written(name: string): string;
}

/** @throws OssError InvalidArgument: an encoding that is not `url` */
export function namesOf({ caller }: OssCall): Names {
  const EncodingType = caller.params.get('encoding-type') || undefined;
  if (EncodingType !== undefined && EncodingType !== 'url')
    throw ossError('InvalidArgument', { ArgumentName: 'encoding-type', ArgumentValue: EncodingType });
  return { EncodingType, written: (name) => (EncodingType ? encodeURIComponent(name) : name) };
}
