/** How each account's business clock differs from the wall clock: moved, or standing still. Kept with the database. */

import type { Clock } from '../platform/clock.js';
import { InputError } from '../platform/input-error.js';
import type { Database } from './database.js';

export interface BusinessClocks {
  of(account: string): Clock;
  isFrozen(account: string): boolean;
  /** Moves one account's clock. @param frozen whether it stands from then on; absent leaves that as it is */
  advance(account: string, ms: number, frozen?: boolean): Promise<void>;
  /** @param instant ms since the epoch. @throws InputError beyond the years 1970 to 9998 */
  set(account: string, instant: number, frozen?: boolean): Promise<void>;
  freeze(account: string, frozen: boolean): Promise<void>;
  /** Reads what is stored again, after something else wrote it. @param account default: all */
  reload(account?: string): Promise<void>;
  /** Back to the wall clock; the stored row goes with the account's other state. */
  reset(account: string): void;
}

interface Row {
  readonly account: string;
  readonly offset_ms: number;
  /** The instant it stands at, ms; null while it runs. */
  readonly frozen_at: number | null;
}

/** Later instants could not be written with four digits of a year, and there must be room for what expires. */
const END = Date.UTC(9999, 0, 1);

export async function businessClocks(db: Database, wall: Clock): Promise<BusinessClocks> {
  const rows = await db.all<Row>('SELECT account, offset_ms, frozen_at FROM clocks');
  const clocks = new Map(rows.map((row) => [row.account, row]));
  const now = (account: string): number => {
    const row = clocks.get(account);
    return row?.frozen_at ?? wall.now() + (row?.offset_ms ?? 0);
  };
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: what was said last is what is kept. */
  const inOrder = (work: () => Promise<void>): Promise<void> => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
  /** Accounts with a change that is not written yet: what is read of them is older than it. */
  const writing = new Map<string, number>();
  const put = (account: string, offset_ms: number, frozen_at: number | null): Promise<void> => {
    clocks.set(account, { account, offset_ms, frozen_at });
    writing.set(account, (writing.get(account) ?? 0) + 1);
    return inOrder(() =>
      db.run(
        `INSERT INTO clocks (account, offset_ms, frozen_at) VALUES (?, ?, ?)
         ON CONFLICT (account) DO UPDATE SET offset_ms = excluded.offset_ms, frozen_at = excluded.frozen_at`,
        [account, offset_ms, frozen_at],
      ),
    ).finally(() => {
      const others = writing.get(account)! - 1;
      if (others > 0) writing.set(account, others);
      else writing.delete(account);
    });
  };
  const isFrozen = (account: string): boolean => typeof clocks.get(account)?.frozen_at === 'number';
  const set = async (account: string, given: number, frozen = isFrozen(account)): Promise<void> => {
    const instant = Math.round(given);
    if (!(instant >= 0 && instant < END))
      throw new InputError('the business clock runs from the year 1970 to the year 9998');
    await put(account, instant - wall.now(), frozen ? instant : null);
  };
  return {
    of: (account) => ({ now: () => now(account) }),
    isFrozen,
    set,
    advance: (account, ms, frozen) => set(account, now(account) + ms, frozen),
    freeze: (account, frozen) => set(account, now(account), frozen),
    reload: (account) =>
      inOrder(async () => {
        const [where, args] = account === undefined ? ['', []] : [' WHERE account = ?', [account]];
        const stored = await db.all<Row>(`SELECT account, offset_ms, frozen_at FROM clocks${where}`, args);
        const found = new Map(stored.map((row) => [row.account, row]));
        for (const each of account === undefined ? [...clocks.keys(), ...found.keys()] : [account]) {
          if (writing.has(each)) continue;
          const row = found.get(each);
          if (row) clocks.set(each, row);
          else clocks.delete(each);
        }
      }),
    reset: (account) => void clocks.delete(account),
  };
}
