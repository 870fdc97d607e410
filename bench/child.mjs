// Servers under measurement: child processes, and what the machine knows of them. None outlives the bench.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const START_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 5_000;

const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
  ['SIGHUP', 1],
])
  process.on(signal, () => process.exit(128 + number));

/** @param more a further channel: 'ipc' where it is to be asked. @returns `said` the last it wrote; `closed` its exit code */
export function launch(command, args, { env = {}, cwd, shell = false } = {}, ...more) {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    cwd,
    shell,
    stdio: ['ignore', 'pipe', 'pipe', ...more],
  });
  running.add(child);
  const said = { out: '', errors: '' };
  // read and forgotten: a pipe nobody reads would stop the child
  child.stdout.on('data', (chunk) => {
    said.out = (said.out + chunk).slice(-2000);
  });
  child.stderr.on('data', (chunk) => {
    said.errors = (said.errors + chunk).slice(-2000);
  });
  const closed = new Promise((resolve) => {
    child.once('error', (error) => {
      said.errors += error.message;
      running.delete(child);
      resolve(-1);
    });
    child.once('close', (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  return { pid: child.pid, child, said, closed, stop: () => stop(child, closed) };
}

async function stop(child, closed) {
  const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  child.kill('SIGTERM');
  await closed;
  clearTimeout(impatient);
}

/** A script of ours. @returns once it has said on stdout where it listens */
export async function start(args, env = {}, ...more) {
  const { child, said, closed, stop, pid } = launch(process.execPath, args, { env }, ...more);
  const impatient = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
  const port = new Promise((resolve) => {
    child.stdout.on('data', () => {
      const found = /http=http:\/\/[^ ]*:(\d+) /.exec(said.out)?.[1];
      if (found) resolve(Number(found));
    });
  });
  const code = closed.then((code) => {
    throw new Error(`'node ${args.join(' ')}' did not start (exit code ${code}): ${said.errors}`);
  });
  code.catch(() => {});
  try {
    return { pid, port: await Promise.race([port, code]), stop, ask: (what) => ask(child, what) };
  } finally {
    clearTimeout(impatient);
  }
}

/** @returns what it says to that, by its channel */
function ask(child, what) {
  return new Promise((resolve) => {
    child.once('message', resolve);
    child.send(what);
  });
}

/** User and system time of all threads so far, in µs: nanosecond accounting where Linux keeps it, else what `ps` rounds. */
export function cpuMicros(pid) {
  const tasks = `/proc/${pid}/task`;
  if (existsSync(`${tasks}/${pid}/schedstat`)) {
    const nanos = readdirSync(tasks).map((task) => nanosOf(`${tasks}/${task}/schedstat`));
    return nanos.reduce((sum, one) => sum + one, 0) / 1000;
  }
  const time = ps(pid, 'time').split(/[:-]/).map(Number);
  return time.reduce((sum, part) => sum * 60 + part, 0) * 1e6;
}

/** 0 of a thread that has ended meanwhile. */
function nanosOf(file) {
  try {
    return Number(readFileSync(file, 'utf8').split(' ')[0]);
  } catch {
    return 0;
  }
}

/** Resident memory, MB. */
export function residentMegabytes(pid) {
  const status = `/proc/${pid}/status`;
  const kilobytes = existsSync(status) ? /VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))[1] : ps(pid, 'rss');
  return Number(kilobytes) / 1024;
}

const ps = (pid, column) =>
  spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
