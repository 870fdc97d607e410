/**
 * An emulator at the vendor's own names and ports, by a hosts file that counts for some processes alone: mounted over the
 * system's in namespaces of theirs, whose network has nothing but loopback. Where nobody may make these, as in some
 * containers, by nss_wrapper, with which a process reads another hosts file.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from './child.js';

export interface HostsWay {
  readonly name: string;
  /** Where the names lead to. */
  readonly address: string;
  /** It holds no more than a hundred names. */
  readonly small?: boolean;
  /** Words before a command that starts it all. */
  starting(hosts: string): readonly string[];
  /** Words before one that joins what a process has started. */
  joining(hosts: string, pid: number): readonly string[];
}

/** `ip link set lo up`, for there may be no `ip`: ioctl SIOCSIFFLAGS with IFF_UP. */
const LOOPBACK_UP = `import fcntl, socket, struct
fcntl.ioctl(socket.socket(), 0x8914, struct.pack('16sh', b'lo', 1))`;
const INSIDE = 'mount --bind "$0" /etc/hosts && python3 -c "$1" && shift && exec "$@"';

const namespaces = (flags: string, entered: readonly string[]): HostsWay => ({
  name: `unshare ${flags}`,
  address: '127.0.0.1',
  starting: (hosts) => ['unshare', flags, 'sh', '-c', INSIDE, hosts, LOOPBACK_UP],
  joining: (_hosts, pid) => ['nsenter', '-t', String(pid), ...entered, '--'],
});

const wrapped = (hosts: string) => ['env', 'LD_PRELOAD=libnss_wrapper.so', `NSS_WRAPPER_HOSTS=${hosts}`];

/** Anybody may do the first, where users may make user namespaces; root the second; all the last, where ports 443 and 80 are free. */
const WAYS: readonly HostsWay[] = [
  namespaces('-rmn', ['-U', '--preserve-credentials', '-m', '-n']),
  namespaces('-mn', ['-m', '-n']),
  // of loopback an address that nobody else has taken
  { name: 'nss_wrapper', address: '127.83.69.1', small: true, starting: wrapped, joining: wrapped },
];

/**
 * The first that works on this machine, and its hosts file: what `cloudauth-mock hosts` prints, and a line for each name
 * of which that has none.
 * @param folder of the test's own
 * @param names that the clients use
 * @throws with why each does not
 */
export async function hostsWay(folder: string, names: readonly string[]) {
  const hosts = join(folder, 'hosts');
  const reasons: string[] = [];
  for (const way of WAYS) {
    const { stdout } = await runCli(['hosts', '--address', way.address]);
    const printed = stdout.trim().split('\n');
    const own = names.map((name) => `${way.address} ${name}`).filter((line) => !printed.includes(line));
    const kept = way.small ? printed.filter((line) => names.includes(line.split(' ')[1]!)) : printed;
    writeFileSync(hosts, [...kept, ...own, '127.0.0.1 localhost', ''].join('\n'));
    const failure = failureOf([...way.starting(hosts), 'getent', 'hosts', 'cloudauth.aliyuncs.com'], way.address);
    if (failure === undefined) return { way, hosts };
    reasons.push(`${way.name}: ${failure}`);
  }
  throw new Error(`no hosts file of one's own can be had here; allow one of these\n${reasons.join('\n')}`);
}

function failureOf([command = '', ...words]: readonly string[], expected: string): string | undefined {
  try {
    const found = execFileSync(command, words, { encoding: 'utf8', stdio: 'pipe' });
    return found.startsWith(`${expected} `) ? undefined : `the name leads to ${found}`;
  } catch (error) {
    return String((error as { stderr?: string }).stderr ?? error).trim();
  }
}
