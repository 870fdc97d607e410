/**
 * A real PostgreSQL server of a test's own, of the binaries that are installed here: a free loopback port, a folder in the
 * system's temporary one. It refuses to run as root, so root gives it to the user `postgres`. Its words are sorted as
 * people sort them: our texts are in the order of their bytes all the same.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export interface PostgresServer extends AsyncDisposable {
  readonly port: number;
  /** @returns the address of a schema that was just made, with a password in it */
  schema(): Promise<string>;
  /** A connection of its own, as whoever runs the server. */
  connect(): Promise<pg.Client>;
  /** As whoever runs the server. */
  query(sql: string, args?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Ends it, and waits until it has ended. @param how SIGINT: it ends its connections; SIGQUIT: as after a power cut; SIGKILL: it alone, its processes notice */
  stop(how?: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Promise<void>;
  /** Once more, on what it has kept. */
  start(): Promise<void>;
}

/** Never sent on: the server of a test trusts whoever reaches it. */
export const PASSWORD = 'pa55-of-the-test';

const USER = process.getuid?.() === 0 ? { uid: numberOf('-u'), gid: numberOf('-g') } : undefined;

function numberOf(flag: string): number {
  return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
}

/** Debian has a folder for each version; others have them on the PATH. */
function binaries(): string {
  const folder = '/usr/lib/postgresql';
  const [newest] = existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a)) : [];
  return newest ? join(folder, newest, 'bin') : '';
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

export async function startPostgres(...settings: readonly string[]): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'cloudauth-mock-postgres-'));
  if (USER) chownSync(folder, USER.uid, USER.gid);
  const data = join(folder, 'data');
  const port = await freePort();
  execFileSync(
    join(binaries(), 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--no-sync',
      '--locale=C.UTF-8',
      '--locale-provider=icu',
      '--icu-locale=en-US',
    ],
    { ...USER, cwd: folder, stdio: 'pipe' },
  );
  const given = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', ...settings];
  let server: ChildProcess | undefined;
  let schemas = 0;
  const base = `127.0.0.1:${port}/postgres`;
  const made: PostgresServer = {
    port,
    async start() {
      server = spawn(
        join(binaries(), 'postgres'),
        ['-D', data, '-p', `${port}`, ...given.flatMap((one) => ['-c', one])],
        {
          ...USER,
          ...{ cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
        },
      );
      let said = '';
      server.stderr!.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      const ended = once(server, 'exit').then(() => Promise.reject(new Error(`PostgreSQL does not start: ${said}`)));
      ended.catch(() => {});
      while (!said.includes('ready to accept connections')) await Promise.race([once(server.stderr!, 'data'), ended]);
    },
    async stop(how = 'SIGINT') {
      const running = server;
      server = undefined;
      if (!running || running.exitCode !== null) return;
      const ended = once(running, 'exit');
      running.kill(how);
      await ended;
    },
    async connect() {
      const client = new pg.Client(`postgres://postgres@${base}`);
      await client.connect();
      return client;
    },
    async query(sql, args = []) {
      const client = await made.connect();
      try {
        return (await client.query(sql, args)).rows;
      } finally {
        await client.end();
      }
    },
    async schema() {
      const name = `s${++schemas}`;
      await made.query(`CREATE SCHEMA ${name}`);
      return `postgres://postgres:${PASSWORD}@${base}?options=-c%20search_path%3D${name}`;
    },
    async [Symbol.asyncDispose]() {
      await made.stop();
      await rm(folder, { recursive: true });
    },
  };
  await made.start();
  return made;
}
