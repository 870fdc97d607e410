// Servers under measurement: child processes that say on stdout where they listen, and what the machine knows of them.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const START_TIMEOUT_MS = 20_000;

/** @returns once the child has said its ready line. @param more a further channel: 'ipc' where it is to be asked */
export function start(args, env = {}, ...more) {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...more],
  });
  let errors = '';
  // read and forgotten: a pipe nobody reads would stop the child
  child.stderr.on('data', (chunk) => {
    errors = (errors + chunk).slice(-2000);
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const port = /http=http:\/\/[^ ]*:(\d+) /.exec(said)?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve({ pid: child.pid, port: Number(port), stop: () => stop(child), ask: (what) => ask(child, what) });
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`'node ${args.join(' ')}' did not start (exit code ${code}): ${errors}`));
    });
  });
}

/** @returns what it says to that, by its channel */
function ask(child, what) {
  return new Promise((resolve) => {
    child.once('message', resolve);
    child.send(what);
  });
}

function stop(child) {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('close', resolve);
    child.kill('SIGTERM');
  });
}

/** User and system time of all threads so far, in µs: nanosecond accounting where Linux keeps it, else what `ps` rounds. */
export function cpuMicros(pid) {
  const tasks = `/proc/${pid}/task`;
  if (existsSync(`${tasks}/${pid}/schedstat`)) {
    const nanos = readdirSync(tasks).map((task) =>
      Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]),
    );
    return nanos.reduce((sum, one) => sum + one, 0) / 1000;
  }
  const time = ps(pid, 'time').split(/[:-]/).map(Number);
  return time.reduce((sum, part) => sum * 60 + part, 0) * 1e6;
}

/** Resident memory, MB. */
export function residentMegabytes(pid) {
  const status = `/proc/${pid}/status`;
  const kilobytes = existsSync(status) ? /VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))[1] : ps(pid, 'rss');
  return Number(kilobytes) / 1024;
}

const ps = (pid, column) =>
  spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
