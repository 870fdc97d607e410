/** A request by its absolute address that leads elsewhere: sent on, and its answer handed back. */
import { type IncomingMessage, request as overHttp, ServerResponse } from 'node:http';
import { request as overHttps } from 'node:https';
import { pipeline } from 'node:stream';
import { type Address, leadingTo } from '../outgoing/way-out.js';

/** Of one connection (RFC 9110, 7.6.1), beside those that Connection names. Node has answered Expect. */
const HOP_BY_HOP =
  /^(connection|proxy-connection|keep-alive|proxy-authenticate|proxy-authorization|te|trailer|transfer-encoding|upgrade|expect)$/i;

/** As they were written, and as often. @param raw names and values, flat */
function endToEnd(raw: readonly string[], except: RegExp = HOP_BY_HOP): string[] {
  const named = new Set<string>();
  const pairs = raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1]!] as const] : []));
  for (const [name, value] of pairs)
    if (/^connection$/i.test(name)) for (const one of value.split(',')) named.add(one.trim().toLowerCase());
  return pairs
    .filter(([name]) => !HOP_BY_HOP.test(name) && !except.test(name) && !named.has(name.toLowerCase()))
    .flat();
}

/** Rejects where there is no answer. */
export function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  url: URL,
  addresses: readonly Address[],
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const chunked = incoming.headers['transfer-encoding'] !== undefined;
    const sent = (url.protocol === 'https:' ? overHttps : overHttp)(url, {
      agent: false,
      method: incoming.method,
      lookup: leadingTo(addresses),
      // the authority of the address counts, whatever Host says (RFC 9112, 3.2.2)
      headers: [
        ...['Host', url.host, ...endToEnd(incoming.rawHeaders, /^host$/i)],
        ...(chunked ? ['Transfer-Encoding', 'chunked'] : []),
      ] as never,
    });
    const late = () => sent.destroy(new Error('late'));
    signal.addEventListener('abort', late);
    const heard = () => signal.removeEventListener('abort', late);
    sent.once('socket', (socket) => socket.once('connect', heard));
    outgoing.once('close', () => sent.destroy());
    sent.once('error', (error) => {
      heard();
      if (!outgoing.headersSent) return reject(error);
      outgoing.destroy();
      resolve();
    });
    sent.once('response', (answer) => {
      // not as the emulator's own answers are written: names and values are another's
      const head = [answer.statusCode!, answer.statusMessage, endToEnd(answer.rawHeaders)];
      ServerResponse.prototype.writeHead.apply(outgoing, head as never);
      pipeline(answer, outgoing, () => resolve());
    });
    pipeline(incoming, sent, () => {});
  });
}
