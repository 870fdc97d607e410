/** Nonces seen within the signature window, per AccessKeyId; kept with the database, so a restart forgets none. */
import type { Database } from './database.js';

export interface Nonces {
  /** @returns false when this key used the nonce within the window */
  use(accessKeyId: string, nonce: string, now: number): Promise<boolean>;
}

/** @param windowMs how long a nonce must not repeat */
export function nonces(db: Database, windowMs: number): Nonces {
  let sweptAt = 0;
  return {
    async use(accessKeyId, nonce, now) {
      if (now - sweptAt > windowMs || now < sweptAt) {
        sweptAt = now;
        await db.run('DELETE FROM nonces WHERE seen_at < ?', [now - windowMs]);
      }
      const row = await db.get(
        `INSERT INTO nonces (access_key_id, nonce, seen_at) VALUES (?, ?, ?)
         ON CONFLICT (access_key_id, nonce) DO UPDATE SET seen_at = excluded.seen_at WHERE nonces.seen_at < ? RETURNING nonce`,
        [accessKeyId, nonce, now, now - windowMs],
      );
      return row !== undefined;
    },
  };
}
