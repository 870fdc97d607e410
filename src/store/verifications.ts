/** Verifications of every kind: one row per id that was issued. In which order they were, `seq` says: a clock can stand still. */
import type { ReadyCallback } from '../verification/callback.js';
import type { Conclusion, NewVerification, Status, Verification } from '../verification/verification.js';
import type { Arg, Database, Statement } from './database.js';
import { type Listing, listing } from './listing.js';

/** By its id, or the latest of a name where `id` is absent. */
export type Key = Pick<Verification, 'kind' | 'scope' | 'name'> & { readonly id?: string };

export interface Verifications extends Listing {
  /** The statements that add one. One that shares its state goes on with that of the latest; who had left begins anew. */
  addRows(verification: NewVerification): Statement[];
  /** That very one, though its state may be that of a later one: see {@link current}. */
  byId(id: string): Promise<Verification | undefined>;
  /** By its number in the account. */
  bySeq(seq: number): Promise<Verification | undefined>;
  /** By its id, else the latest of that name, whatever its kind and scope. */
  find(idOrName: string): Promise<Verification | undefined>;
  /** The one that holds the state: itself, or the latest of those that share it. */
  current(verification: Verification): Promise<Verification | undefined>;
  /** Counts the question and returns it as it was before; undefined when unknown. */
  ask(key: Key): Promise<Verification | undefined>;
  /**
   * Ends it; undefined when its status is none of `from`: of two at once one wins. Whoever ends it, its callback is told of here.
   * @param untouched only while nobody has done anything to it
   */
  conclude(
    verification: Verification,
    conclusion: Conclusion,
    from: readonly Status[],
    untouched?: boolean,
  ): Promise<Verification | undefined>;
  /** Ends the life of one id, whatever came of it. */
  expire(id: string, now: number): Promise<void>;
  /** What the kind adds and whose it is, unless what the kind adds was changed since. @returns whether it was done */
  revise(one: Verification, changed: Pick<Verification, 'data' | 'subject' | 'person'>): Promise<boolean>;
  /** How many of a subject failed in verifications of a kind, for one of the reasons since an instant, and count. */
  failuresSince(kind: string, subject: string, reasons: readonly string[], since: number): Promise<number>;
}

const STATE = ['status', 'reason', 'counts', 'endings', 'asked', 'created_at', 'concluded_at', 'result'];
const OWN = ['kind', 'id', 'name', 'scope', 'shared', 'subject', 'person', 'data', 'issued_at', 'expires_at'];
const COLUMNS = ['seq', ...OWN, ...STATE].filter((column) => column !== 'counts').join(', ');

const LATEST = 'account = ? AND name = ? AND kind = ? AND scope = ?';
const LATEST_SEQ = `account = ? AND seq = (SELECT MAX(seq) FROM verifications WHERE ${LATEST})`;

/** VALUES, not SELECT: what reads the table it inserts into costs SQLite a copy of each page it touches. */
const ADD = `INSERT INTO verifications (account, seq, ${[...OWN, ...STATE].join(', ')})
  VALUES (?, (SELECT COALESCE(MAX(seq), 0) + 1 FROM verifications WHERE account = ?), ${OWN.map(() => '?').join(', ')},
    'open', NULL, 0, 0, 0, ?, NULL, NULL)`;

/** Asked for by an id only where there is a former one: most have none, and then nothing is looked for a second time. */
const GO_ON = `UPDATE verifications SET (${STATE.join(', ')}, over_at) =
    (SELECT ${STATE.join(', ').replace('endings', "CASE status WHEN 'open' THEN 0 ELSE endings END")},
       CASE WHEN status IN ('open', 'review') THEN NULL ELSE verifications.expires_at END FROM verifications AS former
     WHERE ${['account', 'name', 'kind', 'scope'].map((column) => `former.${column} = verifications.${column}`).join(' AND ')}
       AND former.id <> verifications.id ORDER BY former.seq DESC LIMIT 1)
  WHERE account = ? AND id = (SELECT ? FROM verifications WHERE ${LATEST} AND id <> ? LIMIT 1)`;

/** Those it goes on with are over; the state is the latest one's. */
const SUPERSEDE = `UPDATE verifications SET later = 1, over_at = COALESCE(over_at, ?) WHERE ${LATEST} AND id <> ? AND later = 0`;

/** @param told of each callback that is owed since then, and of each end */
export function verifications(
  db: Database,
  account: string,
  told: { owed(id: string, callback: ReadyCallback): void; ended(one: Verification): void; touched(): void },
): Verifications {
  const select = (where: string, ...args: Arg[]) =>
    db.get<Verification>(`SELECT ${COLUMNS} FROM verifications WHERE ${where}`, args);
  const latest = ({ name, kind, scope }: Key): Arg[] => [account, account, name, kind, scope];
  /** Where the state of one is kept. */
  const placeOf = (one: Verification): [where: string, args: Arg[]] =>
    one.shared ? [LATEST_SEQ, latest(one)] : ['account = ? AND id = ?', [account, one.id]];
  const current = (one: Verification) => {
    const [where, args] = placeOf(one);
    return select(where, ...args);
  };
  return {
    addRows: ({ kind, id, name, scope, shared, subject, person, data, issued_at, expires_at }) => {
      const own = [kind, id, name, scope, Number(shared), subject ?? null, person ?? null, data, issued_at, expires_at];
      const add: Statement = [ADD, [account, account, ...own, issued_at]];
      if (!shared) return [add];
      const group = [account, name, kind, scope, id];
      return [add, [GO_ON, [account, id, ...group]], [SUPERSEDE, [issued_at, ...group]]];
    },
    byId: (id) => select('account = ? AND id = ?', account, id),
    bySeq: (seq) => select('account = ? AND seq = ?', account, seq),
    find: async (idOrName) =>
      (await select('account = ? AND id = ?', account, idOrName)) ??
      select('account = ? AND name = ? ORDER BY seq DESC LIMIT 1', account, idOrName),
    current,
    ...listing(db, account, COLUMNS, current),
    ask: (key) => {
      const [where, args]: [string, Arg[]] =
        key.id === undefined
          ? [LATEST_SEQ, latest(key)]
          : [`${LATEST} AND id = ?`, [account, key.name, key.kind, key.scope, key.id]];
      return db.get<Verification>(
        `UPDATE verifications SET asked = asked + 1 WHERE ${where}
         RETURNING ${COLUMNS.replace('asked', 'asked - 1 AS asked')}`,
        args,
      );
    },
    async conclude(one, { status, reason, counts, result, callback, at }, from, untouched = false) {
      const [where, args] = placeOf(one);
      const open = status === 'open';
      const done = await db.get<Verification>(
        `UPDATE verifications SET status = ?, reason = ?, counts = ?, endings = endings + 1, concluded_at = ?, result = ?,
           callback = ?, over_at = ?
         WHERE ${where} AND status IN (${from.map(() => '?').join(', ')})${untouched ? ' AND endings = 0' : ''}
         RETURNING ${COLUMNS}`,
        [
          ...[status, reason ?? null, Number(counts), open ? null : at, result ? JSON.stringify(result) : null],
          ...[callback ? JSON.stringify(callback) : null, open || status === 'review' ? null : at, ...args],
          ...from,
        ],
      );
      if (done && callback) told.owed(done.id, callback);
      if (done) {
        told.ended(done);
        told.touched();
      }
      return done;
    },
    expire: (id, now) =>
      db.run('UPDATE verifications SET expires_at = ? WHERE account = ? AND id = ?', [now, account, id]),
    async revise(one, { data, subject, person }) {
      const done = await db.get(
        'UPDATE verifications SET data = ?, subject = ?, person = ? WHERE account = ? AND id = ? AND data = ? RETURNING 1',
        [data, subject, person, account, one.id, one.data],
      );
      return done !== undefined;
    },
    async failuresSince(kind, subject, reasons, since) {
      const row = await db.get<{ n: number }>(
        `SELECT COUNT(*) AS n FROM verifications
         WHERE account = ? AND subject = ? AND concluded_at >= ? AND kind = ? AND status = 'failed' AND counts = 1
           AND reason IN (${reasons.map(() => '?').join(', ')})`,
        [account, subject, since, kind, ...reasons],
      );
      return row?.n ?? 0;
    },
  };
}
