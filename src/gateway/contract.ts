/** What an operation's page says, as plain data: no work, so it can be read, generated and compared by itself. */
import type { Endings } from '../verification/endings.js';
import type { Envelope } from './envelope.js';
import type { ErrorTable } from './errors.js';
import type { Fields } from './fields.js';
import type { Format, Method } from './wire-format.js';

export interface Contract<P extends Fields = Fields, R extends Fields = Fields, E extends ErrorTable = ErrorTable> {
  /** The Action, or for SAF `<Service>` or `<Service>.<method>`. */
  readonly name: string;
  readonly summary: { readonly en: string; readonly zh: string };
  /** The document and section the contract is taken from. */
  readonly source: string;
  readonly methods: readonly Method[];
  readonly params: P;
  readonly response: R;
  /** What surrounds the response; default: its fields stand beside RequestId. */
  readonly envelope?: Envelope;
  /** Every error the operation's page lists; one with status 200 is told by `Code` in the body. */
  readonly errors: E;
  /** Field names as each printed example reads from top to bottom; a format without an entry keeps the declared order. */
  readonly order?: Partial<Record<Format, readonly string[]>>;
  /** The XML example carries `type` and `class` attributes. */
  readonly typed?: boolean;
  /** What the work reads of a rule beside an ordered error: how the verification may end, when what is asynchronous is done. */
  readonly honours?: { readonly outcome?: Endings; readonly progression?: true };
}

/** Checks the data and keeps its exact type, from which the work's input, answer and errors follow. */
export const contract = <const P extends Fields, const R extends Fields, const E extends ErrorTable>(
  data: Contract<P, R, E>,
): Contract<P, R, E> => data;
