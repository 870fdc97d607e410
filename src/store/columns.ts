import type { Database } from './database.js';

/** The columns of a table: it is asked for one row, whether or not there are any. */
export async function columnsOf(db: Database, table: string): Promise<string[]> {
  // nobody's: where nothing can match, SQLite still looks at each
  const none = `LEFT JOIN ${table} ON ${table}.account = '' AND 1 = 0`;
  return Object.keys((await db.get<object>(`SELECT one.n, ${table}.* FROM (SELECT 1 AS n) AS one ${none}`))!).slice(1);
}
