/**
 * The whole backend contract: five methods, and one of files. SQL is portable, arguments are `?`, integers come back as numbers; no
 * transaction outlives a call. Calls made together may be done in any order: what belongs together is one batch.
 */
export type Arg = string | number | null;
export type Statement = readonly [sql: string, args: readonly Arg[]];

export interface Database {
  get<Row>(sql: string, args?: readonly Arg[]): Promise<Row | undefined>;
  all<Row>(sql: string, args?: readonly Arg[]): Promise<Row[]>;
  run(sql: string, args?: readonly Arg[]): Promise<void>;
  /** All of them or none, with nothing between them. @returns the rows of each: of a SELECT, or of what RETURNING names */
  batch<Row = unknown>(statements: readonly Statement[]): Promise<Row[][]>;
  /** For long work, now and then: left to itself what a WAL holds is copied into the file all at once. */
  copyBack?(): Promise<void>;
  close(): Promise<void>;
}

/** The database cannot be opened or used: the message says which and what to do. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

/** The text last made for a table: most rows of one have the same columns. */
const texts = new Map<string, { readonly names: readonly string[]; readonly sql: string }>();

/** `INSERT INTO table (a, b) VALUES (?, ?)` from a row; undefined becomes NULL. */
export function insert(table: string, row: Record<string, Arg | undefined>): Statement {
  const names = Object.keys(row);
  let text = texts.get(table);
  if (text?.names.length !== names.length || !names.every((name, index) => name === text!.names[index])) {
    text = { names, sql: `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})` };
    texts.set(table, text);
  }
  return [text!.sql, names.map((name) => row[name] ?? null)];
}
