/** Who reads what the command says: in which language, and whether it may have colours. */
import type { Env } from '../config/options.js';
import { langOfEnv } from '../platform/language.js';
import type { Reader } from '../platform/log.js';

/** @param isTerminal whether stderr is one; https://no-color.org: NO_COLOR, whatever it holds, takes the colours away */
export const readerOf = (env: Env, isTerminal: boolean): Reader => ({
  lang: langOfEnv(env),
  colour: isTerminal && !env.NO_COLOR && env.TERM !== 'dumb',
});
