/** How our SQL is said to PostgreSQL: statements differ in their arguments, definitions of tables in a few words. */

/** What a definition says, and what PostgreSQL calls it. Text is in the order of its bytes, as in SQLite. */
const WORDS: readonly [RegExp, string][] = [
  [/\bTEXT\b/g, 'TEXT COLLATE "C"'],
  // SQLite's holds 64 bits
  [/\bINTEGER\b/g, 'BIGINT'],
  [/\bREAL\b/g, 'DOUBLE PRECISION'],
  [/\s*\bWITHOUT ROWID\b/g, ''],
];

/** A step of the migrations; only what defines columns has words of its own. */
export const inPostgres = (sql: string): string =>
  /^\s*(CREATE|ALTER) TABLE\b/.test(sql)
    ? WORDS.reduce((text, [word, theirs]) => text.replace(word, theirs), sql)
    : sql;

/** A statement as the server knows it. */
export interface Prepared {
  readonly text: string;
  /** Under which each connection keeps it; absent: it is read anew each time. */
  readonly name?: string;
}

const prepared = new Map<string, Prepared>();

/** `?` → `$1`, `$2` …; made once for each text, of which there are few. */
export function prepare(sql: string): Prepared {
  let found = prepared.get(sql);
  if (!found) {
    let number = 0;
    const text = sql.replace(/'(?:[^']|'')*'|\?/g, (part) => (part === '?' ? `$${++number}` : part));
    // what it answers with may not change while it is kept: `table.*` does by a migration, and definitions come once
    const isKept = /^\s*(SELECT|INSERT|UPDATE|DELETE)\b/.test(sql) && !sql.includes('.*');
    found = isKept ? { text, name: `cloudauth_mock_${prepared.size}` } : { text };
    prepared.set(sql, found);
  }
  return found;
}
