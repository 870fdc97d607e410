/** Where several emulators use one database: what each holds in memory follows what the others change. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Keeper } from '../scenarios/keeper.js';
import type { BusinessClocks } from '../store/clocks.js';
import type { Heard } from '../store/postgres/changes.js';
import type { OpenDatabase } from './open-database.js';

/** Between one attempt to read what was changed and the next, ms. */
const AGAIN_MS = 500;

export interface Followers {
  readonly clocks: BusinessClocks;
  readonly keeper?: Keeper;
  warn(message: string): void;
}

/** @returns what ends it */
export async function followOthers(
  hear: NonNullable<OpenDatabase['hear']>,
  { clocks, keeper, warn }: Followers,
): Promise<() => Promise<void>> {
  const ended = new AbortController();
  // nobody tells of it a second time
  const heard: Heard = async (what, account) => {
    for (let isTold = false; !ended.signal.aborted; isTold = true) {
      try {
        return await (what === 'clocks' ? clocks.reload(account) : keeper?.reload(account));
      } catch (error) {
        if (!isTold) warn(`what another emulator has changed is not known yet: ${(error as Error).message}`);
      }
      await wait(AGAIN_MS, undefined, { ref: false, signal: ended.signal }).catch(() => {});
    }
  };
  const end = await hear(heard);
  // what was changed between the first look and the listening
  void heard('clocks');
  void heard('rules');
  return async () => {
    ended.abort();
    await end();
  };
}
