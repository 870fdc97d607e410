/**
 * STS credentials that were handed out, which expire on the business clock: for uploads, bound to one bucket and path, or of a
 * role, which is the account.
 */
import type { Ids } from '../platform/ids.js';
import { type Database, insert, type Statement } from './database.js';

export interface Credential {
  readonly access_key_id: string;
  readonly secret: string;
  readonly security_token: string;
  /** `*`: any. */
  readonly bucket: string;
  /** Keys must begin with it. */
  readonly path: string;
  /** The session of a role: `acs:ram::<uid>:role/<role>/<session>`. Absent, or null: for uploads. */
  readonly role?: string | null;
  /** Business clock, ms. */
  readonly expires_at: number;
}

/** Later than any clock goes: what never expires ends so long after it was made, and is found in that order. */
export const NEVER = 8_000_000_000_000_000;

export interface Credentials {
  addRow(credential: Credential): Statement;
  find(accessKeyId: string): Promise<Credential | undefined>;
  hasToken(securityToken: string): Promise<boolean>;
  /** The emulator's own: it presigns the addresses of pictures, never expires and is told to nobody. */
  reader(ids: Pick<Ids, 'readerKey' | 'stsSecret'>): Promise<Credential>;
}

const COLUMNS = 'access_key_id, secret, security_token, bucket, path, expires_at, role';

export const credentials = (db: Database, account: string): Credentials => ({
  addRow: (credential) => insert('credentials', { account, ...credential }),
  find: (accessKeyId) =>
    db.get<Credential>(`SELECT ${COLUMNS} FROM credentials WHERE account = ? AND access_key_id = ?`, [
      account,
      accessKeyId,
    ]),
  async hasToken(securityToken) {
    const sql = 'SELECT 1 FROM credentials WHERE account = ? AND security_token = ? LIMIT 1';
    return (await db.get(sql, [account, securityToken])) !== undefined;
  },
  async reader(ids) {
    const find = () =>
      db.get<Credential>(`SELECT ${COLUMNS} FROM credentials WHERE account = ? AND bucket = '*' LIMIT 1`, [account]);
    const found = await find();
    if (found) return found;
    await db.run(
      `INSERT INTO credentials (account, ${COLUMNS}) SELECT ?, ?, ?, '', '*', '', ?, NULL
       WHERE NOT EXISTS (SELECT 1 FROM credentials WHERE account = ? AND bucket = '*')`,
      [account, ids.readerKey(), ids.stsSecret(), Number.MAX_SAFE_INTEGER, account],
    );
    return (await find())!;
  },
});
