/**
 * `--workers N`: one process that owns the database file and hands out connections, and N that answer them, each a whole
 * emulator. They are started one after the other, so that the first makes what all need; one that ends is
 * replaced.
 */
import cluster from 'node:cluster';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { checkTogether, OptionError, type Options } from '../config/options.js';
import { createLoggingMock } from '../emulator/create-mock.js';
import { asItIs } from '../platform/translate.js';
import { loadDriver } from '../store/drivers/load.js';
import { own } from '../store/ownership.js';
import { isPostgres } from '../store/postgres/address.js';
import { announce } from './announce.js';
import type { Addresses } from './banner.js';
import type { Call } from './command.js';
import { createCrew, WorkerEnded } from './crew.js';
import { type FromWorker, fellowsOf } from './fellow.js';
import { stopsOnce } from './stop.js';

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
