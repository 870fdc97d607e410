/** Reads a long scenario in a thread whose time and memory are bounded. One at a time: many of them have no more. */
import { Worker } from 'node:worker_threads';
import { InputError } from '../platform/input-error.js';
import type { Sought } from './problem.js';
import { type ReadYaml, readYaml } from './yaml.js';

/** How deep collections may lie in each other: a rule needs six. With a full stack even a thread ends the process. */
export const MAX_DEPTH = 30;
/** Values, those that aliases repeat included. */
export const MAX_VALUES = 200_000;
/** ms. A megabyte of honest rules takes two or three seconds. */
const TIMEOUT = 15_000;
const MEMORY_MB = 256;

export interface Limits {
  readonly timeoutMs: number;
  readonly memoryMb: number;
}

/** A text and not a file, as of the reader of app packages: it runs from the sources in tests, and bundled once released. */
const THREAD = `
const { parentPort, workerData: { library, text, sought, maxDepth, maxValues } } = require('node:worker_threads');
Error.stackTraceLimit = 0;
const readYaml = ${readYaml};
import(library).then(({ default: yaml }) => parentPort.postMessage(readYaml(yaml, text, sought, maxDepth, maxValues)));
`;

let last: Promise<unknown> = Promise.resolve();

/** @throws InputError naming the limit it exceeds */
export function readInThread(text: string, sought: readonly Sought[], limits?: Limits): Promise<ReadYaml> {
  const read = last.then(() => inThread(text, sought, limits ?? { timeoutMs: TIMEOUT, memoryMb: MEMORY_MB }));
  last = read.catch(() => {});
  return read;
}

function inThread(text: string, sought: readonly Sought[], { timeoutMs, memoryMb }: Limits): Promise<ReadYaml> {
  const worker = new Worker(THREAD, {
    eval: true,
    // options such as --import, given to the process, are not meant for this thread
    execArgv: [],
    workerData: { library: import.meta.resolve('yaml'), text, sought, maxDepth: MAX_DEPTH, maxValues: MAX_VALUES },
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, stackSizeMb: 4 },
  });
  return new Promise<ReadYaml>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new InputError(`takes longer than ${timeoutMs / 1000} s to read, the limit of a scenario`)),
      timeoutMs,
    );
    worker
      .once('message', resolve)
      .once('error', (error: NodeJS.ErrnoException) =>
        reject(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? new InputError(`takes more than ${memoryMb} MB of memory to read, the limit of a scenario`)
            : error,
        ),
      )
      .once('exit', () => {
        clearTimeout(late);
        reject(new Error('the thread that reads a scenario ended without an answer'));
      });
  }).finally(() => worker.terminate());
}
