/** PostgreSQL behind Database. */
import { type Database, type Statement, StorageError } from '../database.js';
import { JOURNAL } from '../journal.js';
import { migrate } from '../migrate.js';
import { COUNTS } from '../rule-counts.js';
import { shownDatabase } from './address.js';
import { type StoredBytes, storedBytes, TABLES } from './bytes.js';
import { type Heard, hear, TRIGGERS } from './changes.js';
import { inPostgres, prepare } from './dialect.js';
import { failure, isOfStatement } from './failure.js';
import { openSessions, type Session, type Sessions } from './sessions.js';
import { createWriter, rowsOf } from './writer.js';

/** Of one that was never reached. */
const MEND = 'start the server, or mend the address';

export interface OpenPostgres {
  readonly database: Database;
  readonly bytes: StoredBytes;
  /** Tells from now on of what other emulators change. @returns what ends it */
  hear(heard: Heard): Promise<() => Promise<void>>;
}

/** What answers and changes nothing needs no turn among the writes. */
const isPlain = (sql: string): boolean => /^\s*(SELECT|WITH)\b/.test(sql);

/** @param tell is told once when the server cannot be used, and when it is back */
export async function openPostgres(url: string, tell: (message: string) => void = () => {}): Promise<OpenPostgres> {
  return overSessions(await openSessions(url), shownDatabase(url), tell);
}

/** What the server calls itself; nothing is made there. @throws StorageError */
export async function askPostgres(url: string): Promise<string> {
  const sessions = await openSessions(url);
  const shown = shownDatabase(url);
  try {
    const [row] = await held(sessions, (session) =>
      session.query({ text: "SELECT current_setting('server_version') AS version, current_schema() AS name" }, []),
    );
    if (typeof row?.name !== 'string') throw new StorageError(NO_SCHEMA);
    return `PostgreSQL ${row.version}`;
  } catch (error) {
    throw failure(error, shown, MEND);
  } finally {
    await sessions.end();
  }
}

/** @param shown how people are told of it. @throws StorageError */
export async function overSessions(
  sessions: Sessions,
  shown: string,
  tell: (message: string) => void = () => {},
): Promise<OpenPostgres> {
  let schema: string;
  try {
    schema = await prepareSchema(sessions);
  } catch (error) {
    await sessions.end();
    const [known, why] = [failure(error, shown, MEND), (error as Error).message];
    throw known instanceof StorageError
      ? known
      : new StorageError(`cannot use the database ${shown}: ${why}`, { cause: error });
  }
  const told = telling(shown, tell);
  const { get, all, run, batch, close } = overOne(sessions);
  return {
    database: {
      get: (sql, args) => told(get(sql, args)),
      all: (sql, args) => told(all(sql, args)),
      run: (sql, args) => told(run(sql, args)),
      batch: (statements) => told(batch(statements)),
      close,
    },
    bytes: storedBytes((statement, args) => told(held(sessions, (session) => session.query(statement, args)))),
    hear: (heard) => told(hear(sessions, schema, heard)),
  };
}

/** A session for one statement. */
async function held<T>({ take }: Sessions, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await take();
  let broken = false;
  try {
    return await work(session);
  } catch (error) {
    broken = !isOfStatement(error);
    throw error;
  } finally {
    session.release(broken);
  }
}

/**
 * How a statement is done is decided when its table is empty, and all ways are alike then; the server looks again once rows have
 * been counted. By itself it does that in a minute, in which calls would walk whole accounts.
 */
const COUNT = { text: 'ANALYZE verifications, credentials, nonces, objects' };
/** After so many batches. */
const COUNT_AT = [100, 1000, 10_000];

function overOne(sessions: Sessions): Database {
  const writer = createWriter(sessions);
  let batches = 0;
  const read = (...statement: Statement) => held(sessions, (session) => rowsOf(session, statement));
  const all = async (sql: string, args: Statement[1] = []) =>
    isPlain(sql) ? read(sql, args) : (await writer.batch([[sql, args]]))[0]!;
  return {
    get: async <Row>(sql: string, args?: Statement[1]) => (await all(sql, args))[0] as Row | undefined,
    all: async <Row>(sql: string, args?: Statement[1]) => (await all(sql, args)) as Row[],
    run: async (sql, args) => void (await all(sql, args)),
    async batch<Row>(statements: readonly Statement[]) {
      if (COUNT_AT.includes(++batches)) held(sessions, (session) => session.query(COUNT, [])).catch(() => {});
      if (statements.length > 0) return (await writer.batch(statements)) as Row[][];
      // whoever asks for nothing wants to know whether the server is there
      await read('SELECT 1', []);
      return [];
    },
    async close() {
      await writer.idle();
      await sessions.end();
    },
  };
}

const LOCK = `pg_advisory_lock(hashtextextended('cloudauth-mock migrations/' || current_schema(), 0))`;

const NO_SCHEMA =
  'the schema that the address names in its search_path is not there; make it with CREATE SCHEMA, or name another';

/** Of emulators that start together one makes the tables. @returns the name of the schema */
async function prepareSchema({ take }: Sessions): Promise<string> {
  const session = await take();
  let broken = true;
  try {
    const [row] = await session.query(prepare('SELECT current_schema() AS name'), []);
    if (typeof row?.name !== 'string') throw new StorageError(NO_SCHEMA);
    await session.query({ text: `SELECT ${LOCK}` }, []);
    const alone: Session = { query: session.query, release() {} };
    await migrate(overOne({ take: async () => alone } as Sessions), inPostgres);
    for (const text of [...TABLES, ...[COUNTS, ...JOURNAL].map(inPostgres), ...TRIGGERS])
      await session.query({ text }, []);
    await session.query({ text: `SELECT ${LOCK.replace('lock', 'unlock')}` }, []);
    broken = false;
    return row.name;
  } finally {
    // the lock goes with the connection
    session.release(broken);
  }
}

/** Failures as the rest of the emulator knows them; the first of a row of them is told, and its end. */
function telling(shown: string, tell: (message: string) => void): <T>(work: Promise<T>) => Promise<T> {
  let lost = false;
  return async (work) => {
    try {
      const result = await work;
      if (lost) tell(`the database ${shown} is back, and calls are answered again`);
      lost = false;
      return result;
    } catch (error) {
      const known = failure(error, shown);
      if (known instanceof StorageError && !lost) tell(known.message);
      lost = lost || known instanceof StorageError;
      throw known;
    }
  };
}
