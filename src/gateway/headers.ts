/** The headers of the gateway's replies. */
import { HINT_HEADER, hintText } from '../platform/hint.js';
import type { Text } from '../platform/language.js';
import { SAMPLE_HEADER, type SampleKind } from './operation.js';
import { CONTENT_TYPES } from './render.js';
import type { Format } from './wire-format.js';

/** Says `not-checked` where nobody knows the secret: see {@link Caller.unchecked}. */
export const SIGNATURE_HEADER = 'x-cloudauth-mock-signature';
export const NOT_CHECKED = { [SIGNATURE_HEADER]: 'not-checked' } as const;

/** The headers of real replies. Hints go here because a documented Message must not change. */
export function headersOf(
  format: Format,
  requestId: string,
  hints: readonly Text[],
  close: boolean,
  sample?: SampleKind,
  unchecked?: boolean,
): Record<string, string> {
  return {
    'content-type': CONTENT_TYPES[format],
    'x-acs-request-id': requestId,
    ...CORS_HEADERS,
    ...(sample && { [SAMPLE_HEADER]: sample }),
    ...(unchecked && NOT_CHECKED),
    ...(hints.length > 0 && { [HINT_HEADER]: hintText(hints) }),
    ...(close && { connection: 'close' }),
  };
}

export const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, GET, OPTIONS, PUT, DELETE',
  'access-control-allow-headers':
    'X-Requested-With, X-Sequence, _aop_secret, _aop_signature, x-acs-action, x-acs-version, x-acs-date, Content-Type',
  'access-control-max-age': '172800',
};
