/**
 * Lists of verifications: pages by key, never more of a table than a page. Of those that share their state the latest stands
 * for all.
 */
import type { Verification } from '../verification/verification.js';
import type { Arg, Database } from './database.js';
import { behind } from './prefix.js';

export interface Wanted {
  /** Default: both. Those that people look at are not `open`. */
  readonly status?: 'open' | 'ended';
  /** What its name, or at least eight characters of its id, begin with: then they come in the order of their names. */
  readonly q?: string;
  /** {@link Page.next} of the page before. */
  readonly after?: number;
  readonly limit: number;
}

export interface Page {
  /** The latest first. Of a search it may hold fewer than asked for, and more may come. */
  readonly rows: readonly Verification[];
  /** Absent: that was the last. */
  readonly next?: number;
}

export interface Listing {
  /** @returns undefined when the row of `after` is gone that a search would go on behind */
  page(wanted: Wanted): Promise<Page | undefined>;
  /** How many there are, counted as far as {@link COUNTED}. */
  count(status?: 'open' | 'ended'): Promise<number>;
}

/** More would take longer than a page may. */
export const COUNTED = 110_000;

/** So many names that begin alike are looked at for a page of a search. */
const LOOKED_AT = 500;
const SHORTEST_ID = 8;
const MOST_IDS = 20;

/** Each is the condition of a partial index. */
const CONDITION = { open: `later = 0 AND status = 'open'`, ended: `later = 0 AND status <> 'open'` };
type Listed = Verification & { readonly seq: number; readonly later: 0 | 1 };

/** @param columns of a verification. @param current the one that holds its state */
export function listing(
  db: Database,
  account: string,
  columns: string,
  current: (one: Verification) => Promise<Verification | undefined>,
): Listing {
  const statuses = (status?: 'open' | 'ended') => (status ? [status] : (['open', 'ended'] as const));
  const select = `SELECT ${columns}, seq, later FROM verifications`;

  async function latest({ status, after = Number.MAX_SAFE_INTEGER, limit }: Wanted): Promise<Page> {
    const lists = await Promise.all(
      statuses(status).map((each) =>
        db.all<Listed>(`${select} WHERE account = ? AND ${CONDITION[each]} AND seq < ? ORDER BY seq DESC LIMIT ?`, [
          account,
          after,
          limit + 1,
        ]),
      ),
    );
    const rows = lists.flat().sort((a, b) => b.seq - a.seq);
    const shown = rows.slice(0, limit);
    return { rows: shown, next: rows.length > limit ? shown.at(-1)!.seq : undefined };
  }

  async function byId(q: string): Promise<Verification[]> {
    if (q.length < SHORTEST_ID) return [];
    const end = behind(q);
    const found = await db.all<Listed>(
      `SELECT * FROM (SELECT account, later, ${columns} FROM verifications WHERE id >= ? AND id < ? ORDER BY id LIMIT ?) AS one
       WHERE account = ?`,
      [q, end ?? q, MOST_IDS, account],
    );
    const states = await Promise.all(found.map((one) => (one.later ? current(one) : one)));
    return states.filter((one) => one !== undefined);
  }

  async function search({ status, q = '', after, limit }: Wanted): Promise<Page | undefined> {
    const from = after === undefined ? [q, -1] : await placeOf(after);
    if (!from) return undefined;
    const end = behind(q);
    const args: Arg[] = [account, ...from, ...(end === undefined ? [] : [end]), LOOKED_AT];
    const named = await db.all<Listed>(
      `${select} WHERE account = ? AND (name, seq) > (?, ?)${end === undefined ? '' : ' AND name < ?'} ORDER BY name, seq LIMIT ?`,
      args,
    );
    const wanted = (one: Verification) => status === undefined || (one.status === 'open') === (status === 'open');
    const fits = named.filter((one) => !one.later && wanted(one));
    const shown = fits.slice(0, limit);
    const ids = after === undefined ? (await byId(q)).filter(wanted) : [];
    const others = ids.filter(({ id }) => !shown.some((one) => one.id === id));
    const last = fits.length > limit ? shown.at(-1) : named.length === LOOKED_AT ? named.at(-1) : undefined;
    return { rows: [...others, ...shown], next: last?.seq };
  }
  const placeOf = async (seq: number): Promise<[name: string, seq: number] | undefined> => {
    const row = await db.get<{ name: string }>('SELECT name FROM verifications WHERE account = ? AND seq = ?', [
      account,
      seq,
    ]);
    return row && [row.name, seq];
  };

  return {
    page: (wanted) => (wanted.q ? search(wanted) : latest(wanted)),
    async count(status) {
      let n = 0;
      for (const each of statuses(status)) {
        if (n === COUNTED) break;
        const row = await db.get<{ n: number }>(
          `SELECT COUNT(*) AS n FROM (SELECT 1 FROM verifications WHERE account = ? AND ${CONDITION[each]} LIMIT ?) AS one`,
          [account, COUNTED - n],
        );
        n += row!.n;
      }
      return n;
    },
  };
}
