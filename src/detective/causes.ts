/** Every mistake the detective knows, in words: one row each. docs/signature-detective.md lists them from here. */

import { encoding } from './causes-encoding.js';
import { extent } from './causes-extent.js';
import { keyAndOrder } from './causes-procedure.js';
import { values } from './causes-values.js';

/** The ids are ASCII: they go into a response header. */
export const causes = { ...keyAndOrder, ...encoding, ...values, ...extent } as const;

export type CauseId = keyof typeof causes;
