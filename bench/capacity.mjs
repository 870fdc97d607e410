// What a signed GetVerifyToken costs, and whom: in memory, on a file, on PostgreSQL by one, two and three emulators. By turns,
// each time with fresh processes and an empty schema; the ratios of a round are of neighbours. Called by bench/replicas.mjs.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuMicros, start } from './child.mjs';
import { load } from './load.mjs';
import { markdown, median } from './report.mjs';
import { signedRequests } from './requests.mjs';

const CONNECTIONS = 32;
/** Of all emulators together. */
const [WARM_UP, CALLS] = [4000, 4000];
const BARE_MS = 1000;
/** A disk that confirms slowly takes its time. */
const MAX_MS = 300_000;

const sum = (values) => values.reduce((all, one) => all + one, 0);

/** Every call once, shared out among the emulators. @returns ms */
async function shared(emulators, count) {
  const part = (whole) => Math.floor(whole / emulators.length);
  const requests = emulators.map(({ port }) => signedRequests(port, part(count)));
  const before = performance.now();
  const own = process.cpuUsage();
  await Promise.all(
    emulators.map(({ port }, index) => load(port, requests[index], part(CONNECTIONS), { maxMs: MAX_MS })),
  );
  const { user, system } = process.cpuUsage(own);
  return { ms: performance.now() - before, calls: part(count) * emulators.length, own: user + system };
}

/** What PostgreSQL has done so far: transactions that wrote, bytes of its log, CPU of each of its processes, µs. */
async function done(server) {
  const [{ xid, wal }] = await server.query(
    "SELECT txid_snapshot_xmax(txid_current_snapshot())::float8 AS xid, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS wal",
  );
  const pids = await server.query('SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()');
  return { xid, wal, cpu: new Map(pids.map(({ pid }) => [pid, cpuMicros(pid)])) };
}

async function measure(args, count, server) {
  const emulators = await Promise.all(
    Array.from({ length: count }, () => start(['dist/cli.js', '--port', '0', '--log', 'silent', ...args])),
  );
  try {
    await shared(emulators, WARM_UP);
    const cpu = () => sum(emulators.map(({ pid }) => cpuMicros(pid)));
    const [before, began] = [await done(server), cpu()];
    const { ms, calls, own } = await shared(emulators, CALLS);
    const [micros, after] = [cpu() - began, await done(server)];
    const database = sum([...after.cpu].map(([pid, now]) => now - (before.cpu.get(pid) ?? now)));
    return {
      rate: (calls / ms) * 1000,
      emulator: micros / calls,
      database: database / calls,
      cores: [micros, database, own].map((each) => each / 1000 / ms),
      commits: ((after.xid - before.xid) / ms) * 1000,
      perCommit: calls / (after.xid - before.xid),
      wal: (after.wal - before.wal) / calls,
    };
  } finally {
    await Promise.all(emulators.map(({ stop }) => stop()));
  }
}

/** Of one connection that writes a row at a time: what the server's disk allows a writer. */
async function bareCommits(server) {
  const client = await server.connect();
  await client.query('CREATE TABLE bare (n INT)');
  const began = performance.now();
  let commits = 0;
  for (; performance.now() - began < BARE_MS; commits++) await client.query('INSERT INTO bare VALUES (1)');
  const rate = (commits / (performance.now() - began)) * 1000;
  await client.query('DROP TABLE bare');
  await client.end();
  return rate;
}

/** Bytes of each row of the tables that calls fill, with their indexes. */
async function bytesIn(server, db) {
  const schema = /search_path%3D(\w+)/.exec(db)[1];
  const tables = await server.query(
    `SELECT oid::regclass::text AS name, pg_total_relation_size(oid)::float8 AS bytes
     FROM pg_class WHERE relkind = 'r' AND relnamespace = $1::regnamespace ORDER BY relname`,
    [schema],
  );
  const sizes = [];
  for (const { name, bytes } of tables) {
    const [{ rows }] = await server.query(`SELECT count(*)::float8 AS rows FROM ${name}`);
    if (rows >= CALLS) sizes.push(`${Math.round(bytes / rows)} bytes a row of ${name.split('.').pop()}`);
  }
  return sizes.join(', ');
}

/** @param rounds how often each is measured. @param say told of what is measured now. @returns text */
export async function capacity(server, rounds, say) {
  const folder = mkdtempSync(join(tmpdir(), 'cloudauth-capacity-'));
  let db;
  const setups = [
    ['in memory', 1, async () => []],
    ['on a file', 1, async (round) => ['--db', join(folder, `${round}.db`)]],
    ...[1, 2, 3].map((count) => [
      `PostgreSQL, ${count}`,
      count,
      async () => {
        db = await server.schema();
        return ['--db', db];
      },
    ]),
  ];
  const measured = setups.map(() => []);
  const bare = [];
  try {
    for (let round = 0; round < rounds; round++) {
      bare.push(await bareCommits(server));
      for (const [index, [name, count, args]] of setups.entries()) {
        say(`capacity ${round + 1}/${rounds}: ${name}`);
        measured[index].push(await measure(await args(round), count, server));
      }
    }
    const lines = setups.map(([name], index) => line(name, measured[index], measured[0]));
    const rows = await bytesIn(server, db);
    return `${CONNECTIONS} connections, medians of ${rounds} rounds.\n\n${markdown(HEAD, lines)}\n
${rows}; one connection that writes one row at a time commits ${median(bare).toFixed(0)} times a second.`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const HEAD = [
  ...['', 'calls/s', 'to memory', 'emulator µs/call', 'PostgreSQL µs/call', 'cores: emulators', 'PostgreSQL', 'load'],
  ...['commits/s', 'calls a commit', 'log bytes/call'],
];

function line(name, found, base) {
  const of = (what) => median(found.map(what));
  const cores = [0, 1, 2].map((which) => of(({ cores }) => cores[which]).toFixed(2));
  const ratio = median(found.map(({ rate }, round) => rate / base[round].rate));
  const micros = [of(({ emulator }) => emulator), of(({ database }) => database)].map((each) => each.toFixed(0));
  const written = [of(({ commits }) => commits), of(({ perCommit }) => perCommit), of(({ wal }) => wal)];
  const [commits, perCommit, wal] = written;
  const rates = [of(({ rate }) => rate).toFixed(0), `${ratio.toFixed(2)} ×`];
  if (!name.startsWith('PostgreSQL')) return [name, ...rates, micros[0], '–', cores[0], '–', cores[2], '–', '–', '–'];
  return [name, ...rates, ...micros, ...cores, commits.toFixed(0), perCommit.toFixed(1), wal.toFixed(0)];
}
