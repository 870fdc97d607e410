/** What `/readyz` asks. */
import type { Database } from '../store/database.js';
import type { Lifecycle } from './lifecycle.js';

export interface Unready {
  readonly status: 'starting' | 'unavailable';
  readonly reason?: string;
}

/** @returns what says why calls are not answered; undefined: they are */
export async function unready(life: Lifecycle<{ readonly database: Database }>): Promise<Unready | undefined> {
  if (life.state !== 'open') return { status: 'starting' };
  try {
    // a batch of nothing is refused as any other
    await (await life.opened()).database.batch([]);
    return undefined;
  } catch (error) {
    return { status: 'unavailable', reason: (error as Error).message };
  }
}
