/**
 * MD5, which OSS answers as the ETag of every object. Hashing takes longer than all else in an upload, so it has a
 * thread of its own; chunks go there and come back without being copied. Short bodies are hashed in place.
 */
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';

export interface Md5 {
  /** The chunks must not be used until they come back. @returns the same bytes, once they have been hashed */
  update(chunks: Chunks): Promise<Chunks>;
  /** The last of them. Called also when the digest is not needed any more, so that the thread can drop the hash. */
  end(chunks: Chunks): Promise<{ readonly chunks: Chunks; readonly md5: Buffer }>;
}

export type Chunks = readonly Uint8Array[];

export interface Hasher {
  begin(): Md5;
  /** Ends the thread; what is being hashed fails. */
  close(): Promise<void>;
}

/** A text and not a file: the sources run unbundled in tests, and as one bundle when released; a path would fit only one. */
const THREAD = `
const { createHash } = require('node:crypto');
const { parentPort } = require('node:worker_threads');
const hashes = new Map();
parentPort.on('message', ({ id, chunks, last }) => {
  const hash = hashes.get(id) ?? createHash('md5');
  for (const chunk of chunks) hash.update(chunk);
  if (last) hashes.delete(id);
  else hashes.set(id, hash);
  parentPort.postMessage({ chunks, md5: last ? hash.digest() : undefined }, chunks.map(({ buffer }) => buffer));
});`;

interface Task {
  readonly id: number;
  readonly chunks: Chunks;
  readonly last: boolean;
}

interface Done {
  readonly chunks: Chunks;
  /** After the last bytes. */
  readonly md5?: Uint8Array;
}

/** Handing a buffer to a thread takes it from everybody else, so a chunk that shares one with others is copied first. */
const ownBuffer = (chunk: Uint8Array): Uint8Array<ArrayBuffer> =>
  chunk.buffer instanceof ArrayBuffer && chunk.length === chunk.buffer.byteLength
    ? (chunk as Uint8Array<ArrayBuffer>)
    : new Uint8Array(chunk);

interface Thread {
  /** @throws Error when the thread has ended */
  ask(task: Task): Promise<Done>;
  end(): Promise<unknown>;
}

function startThread(onEnd: () => void): Thread {
  // options such as --import, given to the process, are not meant for this thread
  const worker = new Worker(THREAD, { eval: true, execArgv: [] });
  worker.unref();
  /** In the order of the answers. */
  const asked: { resolve(done: Done): void; reject(error: Error): void }[] = [];
  let failure: Error | undefined;
  worker.on('message', (done: Done) => {
    asked.shift()!.resolve(done);
    if (asked.length === 0) worker.unref();
  });
  worker.on('error', (error) => {
    failure = error;
  });
  worker.on('exit', () => {
    failure ??= new Error('the thread that takes the MD5 has ended');
    onEnd();
    for (const { reject } of asked.splice(0)) reject(failure);
  });
  return {
    ask: ({ chunks, ...task }) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        // the process stays alive as long as somebody waits for an answer
        if (asked.length === 0) worker.ref();
        const handed = chunks.map(ownBuffer);
        worker.postMessage(
          { ...task, chunks: handed },
          handed.map(({ buffer }) => buffer),
        );
        asked.push({ resolve, reject });
      }),
    end: () => worker.terminate(),
  };
}

export function createHasher(): Hasher {
  let current: Thread | undefined;
  let begun = 0;

  const begin = (): Md5 => {
    const id = begun++;
    // one hash stays with one thread: another has not seen its beginning
    let thread: Thread | undefined;
    return {
      async update(chunks) {
        thread ??= current ??= startThread(() => {
          current = undefined;
        });
        return (await thread.ask({ id, chunks, last: false })).chunks;
      },
      async end(chunks) {
        const done = await thread?.ask({ id, chunks, last: true });
        if (done) return { chunks: done.chunks, md5: Buffer.from(done.md5!) };
        const hash = createHash('md5');
        for (const chunk of chunks) hash.update(chunk);
        return { chunks, md5: hash.digest() };
      },
    };
  };
  return { begin, close: async () => void (await current?.end()) };
}
