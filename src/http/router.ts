/** Sorts calls: OSS first, then those of the gateway, which need nothing more, and all others, which have routes. No behaviour of its own. */
import type { ServerResponse } from 'node:http';
import {
  type Head,
  headOf,
  type RawIncoming,
  type RpcRequest,
  receiveFetched,
  receiveRaw,
} from '../gateway/request.js';
import { isOss } from '../oss/classify.js';
import { LoadError, lazy } from '../platform/lazy.js';
import { StorageError } from '../store/database.js';
import type { AppDeps, Env } from './app-deps.js';
import { createDoor, responseOf } from './door.js';
import { deliverOn } from './faults.js';
import { createRefuse, type ParserError } from './refuse.js';
import { isCall } from './sorting.js';

export interface App {
  fetch(request: Request, env?: Env['Bindings']): Promise<Response>;
  /** Answers a gateway call on its socket: no Request, Response or router in between, they cost a third of a call. */
  call(incoming: RawIncoming, outgoing: ServerResponse): Promise<void>;
  isOss(incoming: RawIncoming): boolean;
  /** Answers an OSS call on its socket: bodies are streamed both ways. */
  oss(incoming: RawIncoming, outgoing: ServerResponse): Promise<void>;
  /** Answers a call that no client has sent: nobody waits for its reply. @returns its number in the journal */
  again(request: RpcRequest): Promise<number | undefined>;
  /** Answers in the place of what could not: 503 while code cannot be loaded, else 500. */
  fail(error: unknown, incoming: RawIncoming, outgoing: ServerResponse): Promise<void>;
  /** @param error of Node's parser @returns the whole answer, as text for the socket */
  refuse(error: ParserError): Promise<string>;
}

const ossHttp = lazy(() => import('../oss/http.js'));

export function createApp(given: AppDeps): App {
  const { publicHost, log, closing } = given;
  const door = createDoor(given);
  const routes = lazy(
    () => import('./routes.js'),
    ({ createRoutes }) => createRoutes(given, door),
  );
  /** In process whoever called sees what went wrong, but for what can be tried again. */
  async function orFailed(host: string, answered: () => Promise<Response>): Promise<Response> {
    try {
      return await answered();
    } catch (error) {
      if (!(error instanceof LoadError || error instanceof StorageError)) throw error;
      return responseOf(await door.failed(error, host), { closing });
    }
  }
  const stored = async (request: Request, head: Head): Promise<Response> => {
    const { fromFetch, toResponse } = await ossHttp();
    return toResponse(await door.oss(fromFetch(request, head)));
  };
  return {
    async fetch(request, env) {
      // its headers are read by who wants them
      if (env?.incoming) return orFailed(new URL(request.url).host, async () => (await routes()).fetch(request, env));
      const head = headOf(request);
      const { target, host, headers } = head;
      if (isOss(target, host, headers, publicHost)) return orFailed(host, () => stored(request, head));
      return orFailed(host, async () =>
        isCall({ url: target, method: request.method, headers })
          ? responseOf(await door.gateway(receiveFetched(request, head)), { signal: request.signal, closing })
          : (await routes()).fetch(request, env),
      );
    },
    isOss: (incoming) =>
      isOss(incoming.rawTarget ?? incoming.url!, incoming.rawHost ?? '', incoming.headers, publicHost),
    async oss(incoming, outgoing) {
      const { fromSocket, reply } = await ossHttp();
      try {
        await reply(outgoing, incoming, await door.oss(fromSocket(incoming)));
      } catch (error) {
        if (error instanceof LoadError) throw error;
        // a client that left in mid-upload is nobody's failure
        if (!incoming.errored && incoming.complete) log.crash(error);
        outgoing.destroy();
      }
    },
    async call(incoming, outgoing) {
      const { status, headers, body, intervention } = await door.gateway(receiveRaw(incoming));
      if (intervention)
        await deliverOn(outgoing, new Response(body, { status, headers }), intervention, { incoming, closing });
      else {
        headers['content-length'] = String(Buffer.byteLength(body));
        outgoing.writeHead(status, headers).end(body);
      }
      // of an endless body not all was read
      incoming.resume();
    },
    again: async (request) => (await door.gateway(Promise.resolve(request))).entry,
    async fail(error, incoming, outgoing) {
      const { status, headers, body } = await door.failed(error, incoming.headers.host);
      if (outgoing.headersSent) return void outgoing.destroy();
      headers['content-length'] = String(Buffer.byteLength(body));
      outgoing.writeHead(status, headers).end(body);
      incoming.resume();
    },
    refuse: createRefuse(given),
  };
}
