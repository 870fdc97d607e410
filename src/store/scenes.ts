/** Verification scenes (认证场景): what CreateVerifySetting makes, and one named after each documented solution. */
import { solutions } from '../verification/solutions.js';
import type { Database } from './database.js';

export interface Scene {
  readonly biz: string;
  readonly name: string;
  readonly solution: string;
  readonly guide: boolean;
  readonly privacy: boolean;
  readonly result: boolean;
}

export interface Scenes {
  /** @returns undefined when neither the account nor the documents have a scene of this name */
  find(biz: string): Promise<Scene | undefined>;
  /** A repeated `biz` replaces the setting. */
  put(scene: Scene): Promise<void>;
}

type Row = Omit<Scene, 'guide' | 'privacy' | 'result'> & { guide: number; privacy: number; result: number };

export const scenes = (db: Database, account: string): Scenes => ({
  async find(biz) {
    const row = await db.get<Row>(
      'SELECT biz, name, solution, guide, privacy, result FROM scenes WHERE account = ? AND biz = ?',
      [account, biz],
    );
    if (row) return { ...row, guide: row.guide === 1, privacy: row.privacy === 1, result: row.result === 1 };
    return Object.hasOwn(solutions, biz)
      ? { biz, name: biz, solution: biz, guide: true, privacy: true, result: true }
      : undefined;
  },
  put: (scene) =>
    db.run(
      `INSERT INTO scenes (account, biz, name, solution, guide, privacy, result) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (account, biz) DO UPDATE SET name = excluded.name, solution = excluded.solution,
         guide = excluded.guide, privacy = excluded.privacy, result = excluded.result`,
      [
        account,
        scene.biz,
        scene.name,
        scene.solution,
        Number(scene.guide),
        Number(scene.privacy),
        Number(scene.result),
      ],
    ),
});
