/**
 * The emulator of a process, in a thread of its own: what the application does to its clock, its globals or its event loop
 * does not reach it, and it keeps no process alive.
 */
import { join } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { type Lang, langOfEnv } from '../platform/language.js';

/** What the thread says once it listens, or why it does not. */
export type Started = { readonly url: string } | { readonly failed: string };

export interface ThreadData {
  readonly started: Int32Array;
  readonly port: MessagePort;
  readonly lang: Lang;
}

const PATIENCE_MS = 30_000;

/** Waits until it listens: what is loaded next may call at once, or start processes that need its address. */
export function startEmulator(env: NodeJS.ProcessEnv): Started {
  const started = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(join(import.meta.dirname, 'thread.js'), {
    ...{ name: 'cloudauth-mock', execArgv: [], env: { ...env, NODE_OPTIONS: '' } },
    workerData: { started, port: port2, lang: langOfEnv(env) } satisfies ThreadData,
    transferList: [port2],
  });
  // an error of it stays without a listener: then it is one of the process
  worker.unref();
  Atomics.wait(started, 0, 0, PATIENCE_MS);
  const said = receiveMessageOnPort(port1)?.message as Started | undefined;
  port1.close();
  return said ?? { failed: `the emulator has not started within ${PATIENCE_MS / 1000} s` };
}
