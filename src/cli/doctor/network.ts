/** Checks of what lies between a client and the emulator: the port, the clocks, proxy variables, the hosts file. */
import { closeSync, openSync, readSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Env, Options } from '../../config/options.js';
import { SIGNATURE_WINDOW_MS } from '../../gateway/common-params.js';
import type { Clock } from '../../platform/clock.js';
import { hostName, isLoopback } from '../../platform/hosts.js';
import { vendorHost } from '../../platform/vendor-hosts.js';
import { VERSION } from '../../platform/version.js';
import { hostsFile } from '../hosts-file.js';
import type { Answer } from './answer.js';
import { type Finding, failed, ok, unchecked, warning } from './finding.js';

type Bound = Pick<Options, 'host' | 'port'>;

/** @param bound where one would be started; undefined where an address was asked about */
export async function checkPort(url: string, answer: Answer, bound: Bound | undefined): Promise<Finding> {
  if (answer.by === 'other') {
    const advice = 'stop it, or use another --port, in the endpoint of clients too';
    return failed('port', `${url} is no cloudauth-mock: ${answer.said}`, advice);
  }
  if (answer.by === 'nobody') {
    if (bound) return checkFree('port', bound);
    return failed('port', `no answer from ${url}: ${answer.why}`, 'start the emulator there, or correct --url');
  }
  if (!answer.ready) return failed('port', `${url} is not ready: ${answer.said}`, 'its log says more');
  const who = `cloudauth-mock ${answer.version} answers at ${url}`;
  if (answer.version === VERSION) return ok('port', who);
  return warning('port', `${who}; this is ${VERSION}`, 'stop it and start this one, or use another --port');
}

export function checkFree(check: string, { host, port }: Bound): Promise<Finding> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', ({ message }) => {
        resolve(failed(check, `cannot listen: ${message}`, 'use another port, or another --host'));
      })
      .listen(port, host, () => {
        server.close(() => resolve(ok(check, port === 0 ? 'any free one' : `${host}:${port} is free`)));
      });
  });
}

/** A Date header has whole seconds. */
const NO_SKEW_MS = 2_000;

export function checkClock(answer: Answer, clock: Clock): Finding {
  if (answer.by !== 'emulator' || Number.isNaN(Date.parse(answer.date)))
    return unchecked('clock', 'no emulator answers; start one and ask again');
  const ahead = Date.parse(answer.date) - clock.now();
  const off = Math.abs(ahead);
  if (off <= NO_SKEW_MS) return ok('clock', 'the emulator has the time of this machine');
  const message = `the emulator is ${Math.round(off / 1000)} s ${ahead > 0 ? 'ahead of' : 'behind'} this machine`;
  const advice = 'set the clocks of both; a virtual machine that slept may need a restart';
  if (off < SIGNATURE_WINDOW_MS) return warning('clock', message, advice);
  return failed('clock', `${message}: signatures are good for 15 minutes either way`, advice);
}

const PROXIES = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];

/** @param host that clients call */
export function checkProxy(host: string, env: Env): Finding {
  const set = PROXIES.filter((name) => env[name]);
  if (set.length === 0) return ok('proxy', 'no proxy variable is set');
  const except = [env.NO_PROXY, env.no_proxy].flatMap((list) => list?.split(/[\s,]+/).filter(Boolean) ?? []);
  const covers = (entry: string) => {
    const name = hostName(entry).replace(/^\*?\.(?=.)/, '');
    return name === '*' || name === host || host.endsWith(`.${name}`);
  };
  if (except.some(covers)) return ok('proxy', `${set.join(', ')}; NO_PROXY leaves out ${host}`);
  const names = [...new Set([...except, host, ...(isLoopback(host) ? ['localhost'] : [])])];
  return warning(
    'proxy',
    `${set.join(', ')}, and NO_PROXY does not name ${host}: an SDK that follows them sends its calls to the proxy`,
    `export NO_PROXY=${names.join(',')}`,
  );
}

const MOST_OF_HOSTS = 1024 * 1024;

/** @param ports the emulator's: by name SDKs call those of http and https */
export function checkHosts(ports: readonly number[], file = hostsFile(process.platform, process.env)): Finding {
  const text = beginning(file);
  if (text === undefined) return unchecked('hosts', `${file} cannot be read`);
  const entries = text.split(/\r?\n/).flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    return names.filter((name) => vendorHost(name.toLowerCase())).map((name) => ({ address, name }));
  });
  if (entries.length === 0) return ok('hosts', `${file} redirects no host of the vendor`);
  const shown = `${file}: ${entries
    .slice(0, 5)
    .map(({ address, name }) => `${name} → ${address}`)
    .join(', ')}${entries.length > 5 ? `, … (${entries.length})` : ''}`;
  if (entries.some(({ address }) => !isLoopback(address) && address !== '0.0.0.0'))
    return warning('hosts', shown, 'calls of these names go there; take out what is not meant');
  if (ports.some((port) => port === 80 || port === 443)) return ok('hosts', shown);
  return warning(
    'hosts',
    `${shown}; by name SDKs call port 80 or 443, and the emulator is on another`,
    'start with --https --https-port 443 --port 80, or take them out: cloudauth-mock hosts --remove',
  );
}

function beginning(file: string): string | undefined {
  try {
    const fd = openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(MOST_OF_HOSTS);
      return bytes.toString('utf8', 0, readSync(fd, bytes));
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}
