/**
 * PostgreSQL in this process, as WebAssembly: two seconds and 700 MB to start, so one for all that is tested. It has one session, which is held by one at a time: it proves that our SQL is understood, not that races end well.
 */
import { PGlite } from '@electric-sql/pglite';
import type { Database } from '../../src/store/database.js';
import { overSessions } from '../../src/store/postgres/open.js';
import type { Session, Sessions } from '../../src/store/postgres/sessions.js';

const NUMBERS = { 20: Number, 1700: Number };

export interface Lite extends AsyncDisposable {
  /** A database without rows, and without tables but ours. */
  open(): Promise<Database>;
  /** Ends the databases, and empties what the next one finds. */
  clear(): Promise<void>;
}

/** Tables are made once: it would take longer than most tests. */
const EMPTY = `DO $$ DECLARE name TEXT; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'meta' LOOP
    EXECUTE 'TRUNCATE ' || quote_ident(name) || ' CASCADE';
  END LOOP;
  DROP TABLE IF EXISTS things, numbers;
END $$`;

export async function startLite(): Promise<Lite> {
  const lite = await PGlite.create();
  let opened: Database[] = [];
  let last: Promise<unknown> = Promise.resolve();

  const sessions: Sessions = {
    name: 'PGlite',
    async take() {
      const before = last;
      let release = () => {};
      last = new Promise<void>((done) => {
        release = done;
      });
      await before;
      // one after the other, as a connection does them
      let done: Promise<unknown> = Promise.resolve();
      const session: Session = {
        query({ text }, args) {
          const asked = done.then(async () => (await lite.query(text, [...args], { parsers: NUMBERS })).rows as never);
          done = asked.catch(() => {});
          return asked;
        },
        release: () => release(),
      };
      return session;
    },
    listen: async (channel, heard) => lite.listen(channel, heard),
    async end() {},
  };
  return {
    async open() {
      const { database } = await overSessions(sessions, 'PGlite');
      opened.push(database);
      return database;
    },
    async clear() {
      for (const each of opened) await each.close();
      opened = [];
      await lite.exec(EMPTY);
    },
    async [Symbol.asyncDispose]() {
      await last;
      await lite.close();
    },
  };
}
