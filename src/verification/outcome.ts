/** How a verification ends, as everybody writes it: `pass`, `fail`, `fail:<reason>`, `quit`, `expire`. */
import { InputError } from '../platform/input-error.js';

/** `quit`: the person leaves without finishing. `expire`: the time of its token or session is over. */
export const ENDS = ['pass', 'fail', 'quit', 'expire'] as const;
export type End = (typeof ENDS)[number];

export interface Outcome {
  readonly kind: End;
  /** Of `fail` alone: what {@link reasonIn} takes. Absent: the usual one. */
  readonly reason?: string;
}

export const PASS: Outcome = { kind: 'pass' };

export const isEnd = (word: unknown): word is End => ENDS.includes(word as End);

/** @throws InputError naming the accepted forms */
export function parseOutcome(text: string): Outcome {
  const [kind = '', ...rest] = text.split(':');
  const reason = rest.join(':');
  if (kind === 'fail') return reason ? { kind, reason } : { kind };
  if (isEnd(kind) && reason === '') return { kind };
  throw new InputError(`'${text}' is not one of pass, fail, fail:<reason>, quit, expire`);
}

export const outcomeText = ({ kind, reason }: Outcome): string => (reason === undefined ? kind : `${kind}:${reason}`);
