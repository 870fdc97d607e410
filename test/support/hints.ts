/** What hints say, as the header has it. */
import { type Hint, hintText, sentences } from '../../src/platform/hint.js';

export const saying = async (...hints: Hint[]): Promise<string> => hintText(await sentences(hints));
