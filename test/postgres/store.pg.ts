/** The store over a real server: the suites of SQLite, and what one session cannot prove. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/platform/clock.js';
import { type Database, StorageError } from '../../src/store/database.js';
import { openPostgres } from '../../src/store/postgres/open.js';
import { createStore, type Store } from '../../src/store/store.js';
import type { Conclusion, NewVerification } from '../../src/verification/verification.js';
import { contract } from '../store/suites/contract.js';
import { journalSuite } from '../store/suites/journal.js';
import { lists } from '../store/suites/list.js';
import { nonceSuite } from '../store/suites/nonces.js';
import { races } from '../store/suites/races.js';
import { PASSWORD, type PostgresServer, startPostgres } from '../support/postgres-server.js';
import { slowDatabase } from '../support/slow-database.js';

const patient = { timeout: 60_000, interval: 5 };
let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server[Symbol.asyncDispose]());
const openAt = async (...given: Parameters<typeof openPostgres>) => (await openPostgres(...given)).database;
const open = async () => openAt(await server.schema());

contract('PostgreSQL', open);
lists('PostgreSQL', open);
nonceSuite('PostgreSQL', open);
journalSuite('PostgreSQL', open);
races('PostgreSQL', open);
races('PostgreSQL, every call delayed by 0 to 3 ms', open, (database) => slowDatabase(database, 'races'));

describe('several emulators on one schema', () => {
  const openSeveral = async (many: number): Promise<Database[]> => {
    const url = await server.schema();
    return Promise.all(Array.from({ length: many }, () => openAt(url)));
  };
  const closeAll = (all: readonly Database[]) => Promise.all(all.map((each) => each.close()));

  test('those that start together find the tables made once', async () => {
    const all = await openSeveral(6);
    const found = await Promise.all(all.map((each) => each.get("SELECT name FROM meta WHERE name = 'schema'")));
    await closeAll(all);
    expect(found).toEqual(all.map(() => ({ name: 'schema' })));
  });

  /** The statements that add one of a name. */
  const issue = (store: Store, id: string, name: string) =>
    store.write(
      ...store.verifications.addRows({
        ...{ kind: 'cloudauth', id, name, scope: 's', shared: true, subject: undefined, person: undefined },
        ...{ data: '{}', issued_at: 0, expires_at: 1 },
      } as NewVerification),
    );

  test('of rows that three add one after the other, all at once, each gets a number of its own', async () => {
    const all = await openSeveral(3);
    const add = async (at: number) => {
      const store = createStore(all[at]!, 'default', systemClock);
      for (let n = 0; n < 40; n++) await issue(store, `id${at}-${n}`, `n${at}-${n}`);
    };
    await Promise.all([0, 1, 2].map(add));
    const seqs = await all[0]!.all<{ seq: number }>('SELECT seq FROM verifications ORDER BY seq');
    await closeAll(all);
    expect(seqs.map(({ seq }) => seq)).toEqual(Array.from({ length: 120 }, (_, n) => n + 1));
  });

  test('an end that is under way at one is what another goes on with that issues a new id', async () => {
    const all = await openSeveral(2);
    const [ending, issuing] = all.map((each) => createStore(each, 'default', systemClock)) as [Store, Store];
    await issue(ending, 'first', 'n');
    const one = (await ending.verifications.byId('first'))!;
    const waiting = async (what: string) =>
      (await server.query(`SELECT 1 FROM pg_stat_activity WHERE ${what}`)).length > 0;
    const holder = await server.connect();
    await holder.query(
      `SET search_path = ${(await all[0]!.get<{ name: string }>('SELECT current_schema() AS name'))!.name}`,
    );
    await holder.query('BEGIN');
    await holder.query("SELECT 1 FROM verifications WHERE id = 'first' FOR UPDATE");
    const ended = ending.verifications.conclude(one, { status: 'passed', counts: false, at: 1 } as Conclusion, [
      'open',
    ]);
    await vi.waitUntil(() => waiting("query LIKE 'UPDATE verifications%' AND wait_event_type = 'Lock'"), patient);
    let isIssued = false;
    const issued = issue(issuing, 'second', 'n').then(() => {
      isIssued = true;
    });
    await vi.waitUntil(async () => isIssued || (await waiting("wait_event = 'advisory'")), patient);
    await holder.query('COMMIT');
    await holder.end();
    const [done] = await Promise.all([ended, issued]);
    const latest = await ending.verifications.current(one);
    await closeAll(all);
    expect([done?.status, latest?.id, latest?.status]).toEqual(['passed', 'second', 'passed']);
  });

  test('of 50 that end one verification at once, by three emulators, one does', async () => {
    const all = await openSeveral(3);
    const stores = all.map((each) => createStore(each, 'default', systemClock));
    const wins: number[] = [];
    for (const turn of [0, 1, 2, 3, 4]) {
      await issue(stores[0]!, `id${turn}`, 'n');
      const one = (await stores[0]!.verifications.byId(`id${turn}`))!;
      const ends = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          stores[n % 3]!.verifications.conclude(one, { status: 'passed', counts: false, at: 1 } as Conclusion, [
            'open',
          ]),
        ),
      );
      wins.push(ends.filter(Boolean).length);
      await stores[0]!.reset();
    }
    await closeAll(all);
    expect(wins).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('a server that goes', () => {
  test('a connection that it ends fails what is asked meanwhile, and the next call is answered', async () => {
    const said: string[] = [];
    const url = await server.schema();
    const database = await openAt(url, (message) => said.push(message));
    await database.run('CREATE TABLE things (name TEXT PRIMARY KEY)');
    const slow = database.run('INSERT INTO things SELECT CAST(pg_sleep(60) AS TEXT)').catch((error: Error) => error);
    const busy = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'INSERT INTO things%' AND state = 'active'";
    await vi.waitUntil(async () => (await server.query(busy)).length > 0, { timeout: 60_000 });
    await server.query(`SELECT pg_terminate_backend(pid) FROM (${busy}) AS it`);
    const failed = await slow;
    await database.run("INSERT INTO things VALUES ('a')");
    const kept = await database.all('SELECT name FROM things');
    await database.close();
    expect([failed, kept, said]).toEqual([
      expect.any(StorageError),
      [{ name: 'a' }],
      [expect.stringContaining('terminating connection'), expect.stringContaining('is back')],
    ]);
  });

  test('nothing that was acknowledged is lost when its processes are killed amid writes, 30 times', async () => {
    const database = await openAt(await server.schema());
    await database.run('CREATE TABLE things (name TEXT PRIMARY KEY)');
    const acknowledged: string[] = [];
    let killing = true;
    const write = async (writer: number) => {
      for (let n = 0; killing; n++) {
        const name = `${writer}-${n}`;
        const done = await database.batch([['INSERT INTO things VALUES (?)', [name]]]).then(
          () => true,
          () => false,
        );
        if (done) acknowledged.push(name);
      }
    };
    const writing = Array.from({ length: 8 }, (_, writer) => write(writer));
    let killed = 0;
    while (killed < 30) {
      const before = acknowledged.length;
      await vi.waitUntil(() => acknowledged.length > before, { timeout: 60_000, interval: 1 });
      const rows = await server.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cloudauth-mock'",
      );
      if (rows.length > 0) killed++;
    }
    killing = false;
    await Promise.all(writing);
    const kept = new Set((await database.all<{ name: string }>('SELECT name FROM things')).map(({ name }) => name));
    await database.close();
    expect([acknowledged.length > 30, acknowledged.filter((name) => !kept.has(name))]).toEqual([true, []]);
  });

  test('one that is stopped and started again is told of once each, without the password', async () => {
    const said: string[] = [];
    const url = await server.schema();
    const database = await openAt(url, (message) => said.push(message));
    await server.stop();
    const failed = await Promise.all([1, 2, 3].map(() => database.batch([]).catch((error: Error) => error)));
    await server.start();
    await database.batch([]);
    await database.close();
    expect(failed).toEqual([1, 2, 3].map(() => expect.any(StorageError)));
    expect([said, JSON.stringify(said).includes(PASSWORD)]).toEqual([
      [
        expect.stringMatching(/^the database postgres:\/\/127.0.0.1:\d+\/postgres cannot be used: .+ECONNREFUSED/),
        expect.stringContaining('is back'),
      ],
      false,
    ]);
  });

  test('a schema that is not there is refused with what to do', async () => {
    const url = (await server.schema()).replace(/search_path%3D\w+/, 'search_path%3Dnowhere');
    await expect(openAt(url)).rejects.toThrow(/search_path is not there; make it with CREATE SCHEMA/);
  });
});
