/** What a system asks of whoever wants ports 443 and 80, and whether somebody has them. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

export interface System {
  readonly platform: string;
  /** Undefined where there are no such numbers. */
  readonly uid: number | undefined;
  /** Linux: the first port anybody may open. */
  readonly anybodyFrom: number;
}

/** Where it cannot be read: what it is unless somebody changed it. */
const ANYBODY_FROM = 1024;

export function thisSystem(): System {
  let anybodyFrom = ANYBODY_FROM;
  try {
    anybodyFrom = Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8'));
  } catch {
    // another system, or a sandbox
  }
  return { platform: process.platform, uid: process.getuid?.(), anybodyFrom };
}

/** @param instead a port anybody may open, for a redirect */
export function needs(port: number, instead: number, { platform, uid, anybodyFrom }: System): string {
  if (platform === 'win32') return `port ${port} can be opened by anybody on Windows`;
  if (uid === 0) return `port ${port} can be opened by root, who you are`;
  if (platform === 'darwin')
    return `port ${port} of 127.0.0.1 needs root on macOS: sudo, or a redirect: echo "rdr pass on lo0 inet proto tcp from any to 127.0.0.1 port ${port} -> 127.0.0.1 port ${instead}" | sudo pfctl -ef -`;
  if (platform === 'linux' && anybodyFrom <= port) return `port ${port} can be opened by anybody on this system`;
  return `port ${port} needs a right: sudo setcap cap_net_bind_service=+ep "$(readlink -f "$(command -v node)")", or a redirect: sudo iptables -t nat -A OUTPUT -o lo -p tcp --dport ${port} -j REDIRECT --to-ports ${instead}`;
}

const TIMEOUT_MS = 500;

/** Whether somebody answers at a port of this machine. */
export const isTaken = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: TIMEOUT_MS });
    const end = (taken: boolean) => {
      socket.destroy();
      resolve(taken);
    };
    socket.on('connect', () => end(true));
    socket.on('timeout', () => end(false));
    socket.on('error', () => end(false));
  });
