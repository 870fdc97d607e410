/** PostgreSQL behind Database. */
import { type Database, type Statement, StorageError } from '../database.js';
import { migrate } from '../migrations.js';
import { shownDatabase } from './address.js';
import { inPostgres, prepare } from './dialect.js';
import { failure, isOfStatement } from './failure.js';
import { openSessions, type Session, type Sessions } from './sessions.js';
import { createWriter, rowsOf } from './writer.js';

/** What answers and changes nothing needs no turn among the writes. */
const isPlain = (sql: string): boolean => /^\s*(SELECT|WITH)\b/.test(sql);

/** @param tell is told once when the server cannot be used, and when it is back */
export async function openPostgres(url: string, tell: (message: string) => void = () => {}): Promise<Database> {
  return overSessions(await openSessions(url), shownDatabase(url), tell);
}

/** @param shown how people are told of it. @throws StorageError */
export async function overSessions(
  sessions: Sessions,
  shown: string,
  tell: (message: string) => void = () => {},
): Promise<Database> {
  try {
    await prepareSchema(sessions);
  } catch (error) {
    await sessions.end();
    const [known, why] = [failure(error, shown), (error as Error).message];
    throw known instanceof StorageError
      ? known
      : new StorageError(`cannot use the database ${shown}: ${why}`, { cause: error });
  }
  return telling(overOne(sessions), shown, tell);
}

function overOne(sessions: Sessions): Database {
  const writer = createWriter(sessions);
  const read = async (...statement: Statement) => {
    const session = await sessions.take();
    let broken = false;
    try {
      return await rowsOf(session, statement);
    } catch (error) {
      broken = !isOfStatement(error);
      throw error;
    } finally {
      session.release(broken);
    }
  };
  const all = async (sql: string, args: Statement[1] = []) =>
    isPlain(sql) ? read(sql, args) : (await writer.batch([[sql, args]]))[0]!;
  return {
    get: async <Row>(sql: string, args?: Statement[1]) => (await all(sql, args))[0] as Row | undefined,
    all: async <Row>(sql: string, args?: Statement[1]) => (await all(sql, args)) as Row[],
    run: async (sql, args) => void (await all(sql, args)),
    async batch<Row>(statements: readonly Statement[]) {
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

/** Of emulators that start together one makes the tables. */
async function prepareSchema({ take }: Sessions): Promise<void> {
  const session = await take();
  let broken = true;
  try {
    const [row] = await session.query(prepare('SELECT current_schema() AS name'), []);
    if (typeof row?.name !== 'string')
      throw new StorageError(
        'the schema that the address names in its search_path is not there; make it with CREATE SCHEMA, or name another',
      );
    await session.query({ text: `SELECT ${LOCK}` }, []);
    const alone: Session = { query: session.query, release() {} };
    await migrate(overOne({ take: async () => alone } as Sessions), inPostgres);
    await session.query({ text: `SELECT ${LOCK.replace('lock', 'unlock')}` }, []);
    broken = false;
  } finally {
    // the lock goes with the connection
    session.release(broken);
  }
}

/** Failures as the rest of the emulator knows them; the first of a row of them is told, and its end. */
function telling(database: Database, shown: string, tell: (message: string) => void): Database {
  let lost = false;
  const told = async <T>(work: Promise<T>): Promise<T> => {
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
  return {
    get: (sql, args) => told(database.get(sql, args)),
    all: (sql, args) => told(database.all(sql, args)),
    run: (sql, args) => told(database.run(sql, args)),
    batch: (statements) => told(database.batch(statements)),
    close: () => database.close(),
  };
}
