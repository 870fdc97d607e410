/** How a verification ends. `quit` leaves it unfinished; `expire` ends its token or session. */
import { InputError } from '../platform/input-error.js';

export type Outcome =
  | { readonly kind: 'pass' | 'quit' | 'expire' }
  /** `reason`: a code of SAF's query table, or the text of AuditConclusions. */
  | { readonly kind: 'fail'; readonly reason?: string };

/** @throws InputError naming the accepted forms */
export function parseOutcome(text: string): Outcome {
  const [kind = '', ...rest] = text.split(':');
  const reason = rest.join(':');
  if (kind === 'fail') return reason ? { kind, reason } : { kind };
  if ((kind === 'pass' || kind === 'quit' || kind === 'expire') && reason === '') return { kind };
  throw new InputError(`'${text}' is not one of pass, fail, fail:<reason>, quit, expire`);
}
