/**
 * `--workers N`: one process that owns the database file and hands out connections, and N that answer them, each a whole
 * emulator. They are started one after the other, so that the first makes what all need; one that ends is
 * replaced.
 */
import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { checkTogether, OptionError, type Options } from '../config/options.js';
import { createLoggingMock } from '../emulator/create-mock.js';
import { asItIs } from '../platform/translate.js';
import { loadDriver } from '../store/drivers/load.js';
import { own } from '../store/ownership.js';
import { isPostgres } from '../store/postgres/address.js';
import { announce } from './announce.js';
import type { Addresses } from './banner.js';
import type { Call } from './command.js';
import { type FromWorker, fellowsOf, type Outcome, type ToWorker } from './fellow.js';
import { stopsOnce } from './stop.js';

/** One that cannot take the place of another is tried again so often, after so many ms, then twice that … */
const ATTEMPTS = 6;
const AGAIN_MS = 200;

/** One could not start, and has said why itself. */
class WorkerEnded extends Error {
  constructor(readonly code: number) {
    super('a worker could not start');
  }
}

/** @returns the exit code of a worker that could not start. @throws OptionError; StorageError */
export async function startWorkers(
  call: Call,
  options: Options,
  config: string | undefined,
): Promise<number | undefined> {
  if (!cluster.isPrimary) return work(call, options);
  checkTogether(options);
  const { err, translator } = call;
  const release = await owned(options);
  // in turn: one that takes them itself takes all that come together
  cluster.schedulingPolicy = cluster.SCHED_RR;
  // with this the policy is settled
  cluster.setupPrimary({ args: [...process.argv.slice(2), ...(await freePorts(options))] });
  const t = await translator().catch(() => asItIs);
  const crew = createCrew((message) => err(`cloudauth-mock: ${t(message)}\n`));
  const close = async () => {
    await crew.close();
    release();
  };
  const isStopping = stopsOnce(close);
  try {
    let addresses: Addresses | undefined;
    for (let n = 0; n < options.workers && !isStopping(); n++) addresses = await crew.start();
    if (!isStopping()) await announce(call, options, config, addresses!);
    return undefined;
  } catch (error) {
    if (isStopping()) return undefined;
    await close();
    if (error instanceof WorkerEnded) return error.code;
    throw error;
  }
}

/**
 * Any free port is found here, once: one that all workers have left, killed together, is taken again by the next.
 * @returns flags, of which the last of a kind counts
 */
async function freePorts({ host, port, https, httpsPort, proxy, proxyPort }: Options): Promise<string[]> {
  const flags: string[] = [];
  const held: Server[] = [];
  for (const [flag, wanted, given] of [
    ['--port', true, port],
    ['--https-port', https, httpsPort],
    ['--proxy-port', proxy, proxyPort],
  ] as const) {
    if (!wanted || given !== 0) continue;
    const server = createServer();
    await once(server.listen(0, host), 'listening');
    held.push(server);
    flags.push(flag, String((server.address() as AddressInfo).port));
  }
  for (const server of held) server.close();
  return flags;
}

async function owned({ db, driver }: Options): Promise<() => void> {
  if (isPostgres(db)) return () => {};
  const loaded = loadDriver(driver);
  if (!loaded.shares)
    throw new OptionError(
      `--workers: ${loaded.name} lets one process use a file; npm install better-sqlite3, or leave --workers out`,
    );
  return (await own(loaded, db)).release;
}

function createCrew(tell: (message: string) => void) {
  const ready = new Set<Worker>();
  let closing = false;
  let first: Worker | undefined;
  let asked = 0;
  /** What was passed on and is not answered: by whom it is to be, and what to do then. */
  const passed = new Map<number, { readonly by: Worker; done(outcome: Outcome): void }>();
  const send = (worker: Worker, message: ToWorker): void => {
    if (worker.isConnected()) worker.send(message, () => {});
  };
  const pass = (to: Worker, name: string, args: unknown[]): Promise<Outcome> =>
    new Promise((done) => {
      const id = ++asked;
      passed.set(id, { by: to, done });
      send(to, { kind: 'asked', id, name, args });
    });
  const atFirst = async (name: string, args: unknown[]): Promise<Outcome> => (first ? pass(first, name, args) : gone);
  /** What each of them answers; who ends meanwhile answers nothing. */
  const atOthers = async (worker: Worker, name: string, args: unknown[]): Promise<Outcome> => {
    const others = [...ready].filter((each) => each !== worker);
    const outcomes = await Promise.all(others.map((each) => pass(each, name, args)));
    return {
      value: outcomes.flatMap((outcome) => ('value' in outcome && outcome.value !== undefined ? [outcome.value] : [])),
    };
  };
  const gone: Outcome = {
    failure: { name: 'StorageError', message: 'the worker that was asked has ended; ask again' },
  };

  const hear = async (worker: Worker, message: FromWorker): Promise<void> => {
    if (message.kind === 'answer') {
      passed.get(message.id)?.done(message.outcome);
      passed.delete(message.id);
    } else if (message.kind === 'ask') {
      const { id, to, name, args } = message;
      send(worker, {
        kind: 'answered',
        id,
        outcome: await (to === 'first' ? atFirst(name, args) : atOthers(worker, name, args)),
      });
    }
  };
  const elect = (): void => {
    if (first || closing) return;
    [first] = ready;
    if (first) send(first, { kind: 'first' });
  };
  const start = async (): Promise<Addresses> => {
    const worker = cluster.fork();
    worker.on('error', () => {});
    const dropUntaken = watchHandOver(worker);
    const exited = once(worker, 'exit') as Promise<[code: number | null, signal: string | null]>;
    const began = new Promise<Addresses>((resolve) => {
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'ready') resolve(message.addresses);
        else void hear(worker, message);
      });
    });
    const early = exited.then(([code]) => Promise.reject(new WorkerEnded(code ?? 1)));
    const addresses = await Promise.race([began, early]);
    early.catch(() => {});
    ready.add(worker);
    elect();
    void exited.then(([code, signal]) => {
      dropUntaken();
      ended(worker, signal ?? `code ${code}`);
    });
    return addresses;
  };
  const ended = (worker: Worker, how: string): void => {
    ready.delete(worker);
    if (first === worker) first = undefined;
    elect();
    for (const [id, { by, done }] of passed) {
      if (by !== worker) continue;
      passed.delete(id);
      done(gone);
    }
    if (closing) return;
    tell(`worker ${worker.process.pid} has ended (${how})`);
    void replace(worker);
  };
  const replace = async (before: Worker): Promise<void> => {
    for (let n = 0; n < ATTEMPTS && !closing; n++) {
      try {
        await start();
        return tell(`another worker has taken the place of ${before.process.pid}`);
      } catch {
        // it has said why itself
        await wait(AGAIN_MS * 2 ** n, undefined, { ref: false });
      }
    }
    if (closing) return;
    tell(`no worker could take the place of ${before.process.pid}; ${ready.size} are left`);
    if (ready.size === 0) process.exit(1);
  };
  return {
    start,
    async close() {
      closing = true;
      const all = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
      await Promise.all(
        all.map(async (worker) => {
          if (worker.isDead()) return;
          const exited = once(worker, 'exit');
          worker.process.kill('SIGTERM');
          await exited;
        }),
      );
    },
  };
}

interface Handle {
  close(done?: () => void): void;
}

/**
 * Node forgets a connection that it has handed to a worker which ends before it takes it, and the client would wait for ever:
 * closed, it tries again. What Node says to workers is its own affair; should it say it otherwise, that is how it stays.
 * @returns closes those the worker has not taken
 */
function watchHandOver({ process: child }: Worker): () => void {
  const untaken = new Set<Handle>();
  const send = child.send.bind(child) as (...args: unknown[]) => boolean;
  child.send = ((message: { act?: string } | undefined, handle: Handle | undefined, ...more: unknown[]) => {
    if (message?.act === 'newconn' && handle) {
      untaken.add(handle);
      const close = handle.close.bind(handle);
      handle.close = (done) => {
        untaken.delete(handle);
        close(done);
      };
    }
    return send(message, handle, ...more);
  }) as typeof child.send;
  return () => {
    for (const handle of untaken) handle.close();
  };
}

/** What a worker does: it prints nothing but the log. */
async function work({ err, reader }: Call, options: Options): Promise<undefined> {
  const mock = createLoggingMock(options, err, reader, fellowsOf(process));
  const isStopping = stopsOnce(mock.close);
  await mock.listen().catch((error) => {
    if (!isStopping()) throw error;
  });
  if (isStopping()) return;
  const addresses = { url: mock.url, https: mock.https?.url, proxy: mock.proxy?.url };
  process.send!({ kind: 'ready', addresses } satisfies FromWorker);
}
