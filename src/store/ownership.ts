/**
 * One emulator owns a database file: a second one would take unfinished uploads of the first for leftovers. Drivers do not
 * see each other's locks, so an owner listens on a local socket that is named after the file: the system lets one process
 * have a name, and takes it back however that process ends. Beside it the driver holds `FILE.lock` in its own way, since
 * such a name is not known in another container. So it lies beside the real file, whatever link was opened, and a file with
 * two real names is refused: each would have a lock, a journal and objects of its own.
 */
import { once } from 'node:events';
import { closeSync, openSync, realpathSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StorageError } from './database.js';
import type { Driver } from './drivers/driver.js';

export interface Owned {
  /** The real file, to which `file` may be a symbolic link. */
  readonly real: string;
  /** Gives it free, once. */
  release(): void;
}

/** @throws StorageError when somebody has it, or it has another name besides */
export async function own(driver: Driver, file: string): Promise<Owned> {
  // names, numbers and secrets: for its owner alone, as are the files SQLite puts beside it
  closeSync(openSync(file, 'a', 0o600));
  const real = realpathSync(file);
  const { nlink } = statSync(real);
  if (nlink > 1)
    throw new StorageError(
      `the database ${file} has ${nlink} names (hard links), and each would get a journal of its own; remove the others, which find -samefile lists, or copy the file and choose the copy with --db`,
    );
  const lock = `${real}.lock`;
  const claim = await claimName(addressOf(real));
  try {
    if (claim) removeFolder(lock);
    const release = claim && driver.hold(lock);
    if (!release) {
      throw new StorageError(
        `the database ${file} is in use by another cloudauth-mock; stop that one, or choose another --db file`,
      );
    }
    return {
      real,
      release() {
        if (!claim.listening) return;
        try {
          // before somebody else can have it; Windows removes no open file, there it stays, empty
          rmSync(lock, { force: true });
        } catch {}
        release();
        claim.close();
      },
    };
  } catch (error) {
    claim?.close();
    throw error;
  }
}

/** The same file has the same address, whatever path leads to it. */
function addressOf(file: string): string {
  const { dev, ino } = statSync(file, { bigint: true });
  const name = `cloudauth-mock-${dev}-${ino}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  // a name that begins with NUL is in no folder: nothing is left of it
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

/** @returns undefined when somebody listens there */
export async function claimName(address: string): Promise<Server | undefined> {
  const claim = await listen(address);
  if (claim || (await answers(address))) return claim;
  // the file of a socket stays when its process is killed; a pipe of Windows does not
  rmSync(address, { force: true });
  return listen(address);
}

async function listen(address: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  try {
    await once(server.listen({ path: address, exclusive: true }), 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
  // an owner alone is no reason for the process to stay
  return server.unref();
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address, () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}

/** What a killed process with a driver of folders left: the owner decides, and that is us. */
function removeFolder(lock: string): void {
  if (statSync(lock, { throwIfNoEntry: false })?.isDirectory()) rmdirSync(lock);
}
