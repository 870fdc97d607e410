/** Connections to a PostgreSQL server, by the package `pg`, which is loaded here and nowhere else. */
import type { Client } from 'pg';
import { StorageError } from '../database.js';
import type { Prepared } from './dialect.js';

/** One connection, for as long as it is held. Statements may be sent before the last is answered: they are done in order. */
export interface Session {
  query(statement: Prepared, args: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** @param broken nothing is asked of this connection any more */
  release(broken?: boolean): void;
}

export interface Sessions {
  take(): Promise<Session>;
  /** Tells of what is notified on the channel, until the connection that listens is lost. @returns what ends it */
  listen(channel: string, heard: (payload: string) => void, lost: () => void): Promise<() => Promise<void>>;
  /** What the server calls itself. */
  readonly name: string;
  /** Waits for those that are held. */
  end(): Promise<void>;
}

/** Connections of one emulator; each holds memory of the server. */
const MOST = 10;
/** A server that does not answer a connection is away, ms. */
const CONNECT_MS = 5000;
/** A statement that takes longer is given up, waiting for others included, ms. */
const STATEMENT_MS = 10_000;
/** An answer that has not come by then comes no more, ms: the network swallows it. */
const ANSWER_MS = 15_000;
/**
 * Of a transaction whose end has not come by then the machine has vanished, ms: what it sends is sent at once. The server ends
 * the connection, for its lock keeps all others from writing.
 */
const AMID_MS = 3000;
/** Of a connection on which nothing is said for so long it is asked whether it is still there, ms: a network forgets it in minutes, and tells nobody. */
const SILENT_MS = 30_000;

/** BIGINT, which counts and sums are, and NUMERIC, which sums of those are. */
const NUMBERS = [20, 1700];

/** @throws StorageError when the package is not installed */
export async function openSessions(url: string): Promise<Sessions> {
  const pg = await load();
  const settings = {
    connectionString: url,
    application_name: 'cloudauth-mock',
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: SILENT_MS,
    types: {
      getTypeParser: (type: number, format?: 'text' | 'binary') =>
        NUMBERS.includes(type) ? Number : pg.types.getTypeParser(type as never, format as never),
    } as never,
  };
  const pool = new pg.Pool({
    ...settings,
    ...{ max: MOST, statement_timeout: STATEMENT_MS, query_timeout: ANSWER_MS, pipeline: true },
    idle_in_transaction_session_timeout: AMID_MS,
  });
  const quiet = (client: Client) => client.on('error', () => {});
  // who asks is told; a connection that breaks while nobody asks is replaced by the next
  pool.on('connect', quiet as never);
  pool.on('error', () => {});
  return {
    name: 'PostgreSQL',
    async take() {
      const client = await pool.connect();
      return {
        query: async ({ text, name }, args) =>
          (await client.query({ text, values: [...args], ...(name && { name }) })).rows,
        release: (broken) => client.release(broken),
      };
    },
    async listen(channel, heard, lost) {
      const client = new pg.Client(settings);
      quiet(client);
      await client.connect();
      client.on('notification', ({ payload = '' }) => heard(payload));
      const end = () => client.end().catch(() => {});
      try {
        await client.query(`LISTEN ${channel}`);
      } catch (error) {
        await end();
        throw error;
      }
      // not before: of one that never listened the error tells
      client.once('end', lost);
      return async () => {
        client.removeListener('end', lost);
        await end();
      };
    },
    end: () => pool.end(),
  };
}

async function load(): Promise<typeof import('pg')> {
  try {
    return (await import('pg')).default as never;
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
    const why = isMissing ? 'it is not installed; try: npm install pg' : (error as Error).message.split('\n')[0];
    throw new StorageError(`--db postgres://… needs the package pg: ${why}`, { cause: error });
  }
}
