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

/** The same where nothing else outlives the process either. Two generations: the older one is dropped as a whole. */
export function memoryNonces(windowMs: number): Nonces {
  let young = new Map<string, number>();
  let old = new Map<string, number>();
  let turnedAt = 0;
  return {
    async use(accessKeyId, nonce, now) {
      if (now - turnedAt > windowMs) {
        old = now - turnedAt > 2 * windowMs ? new Map() : young;
        young = new Map();
        turnedAt = now;
      }
      const key = `${accessKeyId} ${nonce}`;
      const seenAt = young.get(key) ?? old.get(key);
      if (seenAt !== undefined && seenAt >= now - windowMs) return false;
      young.set(key, now);
      return true;
    },
  };
}
