/** Verification scenes (认证场景): what CreateVerifySetting makes, beside those that are there without it. */
import type { Scene } from '../verification/solutions.js';
import type { Database } from './database.js';

export interface Scenes {
  /** The account's own, else one that every account has. */
  find(biz: string): Promise<Scene | undefined>;
  /** The account's own, by `biz`. */
  list(): Promise<Scene[]>;
  /** A repeated `biz` replaces the setting. */
  put(scene: Scene): Promise<void>;
}

const COLUMNS = 'biz, name, solution, guide, privacy, result';
type Row = Omit<Scene, 'guide' | 'privacy' | 'result'> & { guide: number; privacy: number; result: number };
const sceneOf = (row: Row): Scene => ({
  ...row,
  guide: row.guide === 1,
  privacy: row.privacy === 1,
  result: row.result === 1,
});

/** @param standing a scene that every account has, by its Biz: no reset forgets it */
export const scenes = (db: Database, account: string, standing: (biz: string) => Scene | undefined): Scenes => ({
  async find(biz) {
    const row = await db.get<Row>(`SELECT ${COLUMNS} FROM scenes WHERE account = ? AND biz = ?`, [account, biz]);
    return row ? sceneOf(row) : standing(biz);
  },
  list: async () =>
    (await db.all<Row>(`SELECT ${COLUMNS} FROM scenes WHERE account = ? ORDER BY biz`, [account])).map(sceneOf),
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
