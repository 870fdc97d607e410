/** How far each account's business clock is from the wall clock; kept with the database. */
import type { Clock } from '../clock.js';
import type { Database } from './database.js';

export interface BusinessClocks {
  of(account: string): Clock;
  /** Moves one account's clock. */
  advance(account: string, ms: number): Promise<void>;
  /** Back to the wall clock. */
  reset(account: string): void;
}

export async function businessClocks(db: Database, wall: Clock): Promise<BusinessClocks> {
  const rows = await db.all<{ account: string; offset_ms: number }>('SELECT account, offset_ms FROM clocks');
  const offsets = new Map(rows.map((row) => [row.account, row.offset_ms]));
  return {
    of: (account) => ({ now: () => wall.now() + (offsets.get(account) ?? 0) }),
    async advance(account, ms) {
      const offset = (offsets.get(account) ?? 0) + ms;
      offsets.set(account, offset);
      await db.run(
        'INSERT INTO clocks (account, offset_ms) VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET offset_ms = excluded.offset_ms',
        [account, offset],
      );
    },
    reset: (account) => void offsets.delete(account),
  };
}
