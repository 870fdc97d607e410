/** The built command and package, refused when they are not those of the sources as they are. */
import { fileURLToPath } from 'node:url';
import { isDistFresh } from '../../.ci/stamp.mjs';

let isFresh = false;

/** @throws Error when a test would try an old build */
export function requireFreshDist(): void {
  isFresh ||= isDistFresh();
  if (!isFresh) throw new Error('dist is not built from src as it is: run `npm run build` first');
}

export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
