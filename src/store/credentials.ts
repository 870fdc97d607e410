/** STS credentials handed out for uploads: each is bound to one bucket and path, and expires on the business clock. */
import { type Database, insert, type Statement } from './database.js';

export interface Credential {
  readonly access_key_id: string;
  readonly secret: string;
  readonly security_token: string;
  readonly bucket: string;
  readonly path: string;
  /** Business clock, ms. */
  readonly expires_at: number;
}

export interface Credentials {
  addRow(credential: Credential): Statement;
  find(accessKeyId: string): Promise<Credential | undefined>;
}

export const credentials = (db: Database, account: string): Credentials => ({
  addRow: (credential) => insert('credentials', { account, ...credential }),
  find: (accessKeyId) =>
    db.get<Credential>(
      'SELECT access_key_id, secret, security_token, bucket, path, expires_at FROM credentials WHERE account = ? AND access_key_id = ?',
      [account, accessKeyId],
    ),
});
