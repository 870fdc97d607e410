/** What is sent to an information check, and why it is refused. */
import type { Hint } from '../../../../platform/hint.js';

/** Parameters by their names: all of them are texts. */
export type Texts = Readonly<Record<string, string | undefined>>;

/** A code of the body, and what the caller has to change. */
export type Problem = readonly [code: string, hint: Hint];
