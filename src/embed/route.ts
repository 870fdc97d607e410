/**
 * Connections to the vendor's hosts lead to an emulator, whoever opens them: http, https, fetch, undici and every agent end
 * in `net.Socket.connect` or `tls.connect`. All other connections are Node's own, down to their arguments.
 */
import { type EventEmitter, errorMonitor } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';
import { vendorHost } from '../platform/vendor-hosts.js';
import { likeTls } from './like-tls.js';

export interface Place {
  readonly host: string;
  readonly port: number;
  /** What is said where nobody listens there. */
  readonly refused: string;
}

type Options = net.TcpNetConnectOpts & tls.ConnectionOptions;
type Arguments = readonly unknown[];
type Connect = (this: net.Socket, options: net.SocketConnectOpts, connected?: () => void) => net.Socket;

/** Whether a host is one of them. Those of pages and scripts serve much else, and answers over a socket do not name them. */
export function isRouted(name: unknown): boolean {
  if (typeof name !== 'string') return false;
  const host = vendorHost(name.toLowerCase().replace(/\.$/, ''));
  return host !== undefined && host.product !== 'web';
}

/** From now on, in this thread. @returns ends it */
export function routeVendorHosts(place: Place): () => void {
  const { connect: connectTls } = tls;
  const { connect } = net.Socket.prototype;

  const routed = function (this: net.Socket, ...args: unknown[]) {
    const [options, connected] = read(args);
    if (!isRouted(options.host) || options.path) return connect.apply(this, args as never);
    (this as EventEmitter).on(errorMonitor, (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') error.message += `; ${place.refused}`;
    });
    return (connect as Connect).call(this, leading(options, place), connected);
  };
  const routedTls = (...args: unknown[]) => {
    const [options, connected] = read(args);
    const { host, servername, socket } = options;
    if (!isRouted(host ?? servername) || options.path) return connectTls(...(args as Parameters<typeof connectTls>));
    // a tunnel through a proxy: it would end at the vendor
    socket?.destroy();
    const plain = likeTls(new net.Socket(), options);
    if (connected) plain.once('secureConnect', connected);
    return plain.connect({ ...options, host: host ?? servername! });
  };
  net.Socket.prototype.connect = routed as typeof connect;
  tls.connect = routedTls as typeof tls.connect;
  syncBuiltinESMExports();

  return () => {
    net.Socket.prototype.connect = connect;
    tls.connect = connectTls;
    syncBuiltinESMExports();
  };
}

/** Both functions take options, or port and host before them, and a listener; Node hands over a list it has read already. */
function read(args: Arguments): [Options, (() => void) | undefined] {
  const given = Array.isArray(args[0]) ? (args[0] as Arguments) : args;
  const listener = given.findLast((each) => typeof each === 'function') as (() => void) | undefined;
  const options = given.find((each) => typeof each === 'object' && each !== null);
  const [port, host] = given;
  const isPort = typeof port === 'number' || typeof port === 'string';
  return [
    {
      ...(isPort && { port: Number(port) }),
      ...(isPort && typeof host === 'string' && { host }),
      ...options,
    } as Options,
    listener,
  ];
}

/** What chose the way to the vendor makes no sense on the way to this machine. */
const leading = (options: Options, { host, port }: Place): net.TcpNetConnectOpts => ({
  ...options,
  ...{ host, port, lookup: undefined, family: undefined, localAddress: undefined, localPort: undefined },
});
