/** How a verification ends. `quit` leaves it unfinished; `expire` ends its token or session. */
export type Outcome =
  | { readonly kind: 'pass' | 'quit' | 'expire' }
  /** `reason`: a code of SAF's query table, or the text of AuditConclusions. */
  | { readonly kind: 'fail'; readonly reason?: string };

/** @throws RangeError naming the accepted forms */
export function parseOutcome(text: string): Outcome {
  const [kind = '', ...rest] = text.split(':');
  const reason = rest.join(':');
  if (kind === 'fail') return reason ? { kind, reason } : { kind };
  if ((kind === 'pass' || kind === 'quit' || kind === 'expire') && reason === '') return { kind };
  throw new RangeError(`'${text}' is not one of pass, fail, fail:<reason>, quit, expire`);
}
