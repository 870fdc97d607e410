/** Where several emulators use one database: what each holds in memory follows what the others change. */
import type { Keeper } from '../scenarios/keeper.js';
import type { BusinessClocks } from '../store/clocks.js';
import type { Heard } from '../store/postgres/changes.js';
import type { OpenDatabase } from './open-database.js';

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
  const heard: Heard = async (what, account) => {
    try {
      await (what === 'clocks' ? clocks.reload(account) : keeper?.reload(account));
    } catch (error) {
      warn(`what another emulator has changed is not known yet: ${(error as Error).message}`);
    }
  };
  const end = await hear(heard);
  // what was changed between the first look and the listening
  void heard('clocks');
  void heard('rules');
  return end;
}
