/** Which databases are PostgreSQL's, and how their addresses are shown: an address holds a password. Loads nothing. */

/** `postgres://USER:PASSWORD@HOST:PORT/DATABASE`, or with `postgresql`. */
export const isPostgres = (db: string): boolean => /^postgres(ql)?:\/\//i.test(db);

/** How people are told of a database: without user, password and settings of the connection. A file as it is. */
export function shownDatabase(db: string): string {
  if (!isPostgres(db)) return db;
  const { protocol, host, pathname } = new URL(db);
  return `${protocol}//${host}${pathname}`;
}
