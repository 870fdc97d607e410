/** Clients that keep to a connection each, as SDKs do: of an emulator with several workers each has one to itself. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { Agent, request as send } from 'node:http';
import { call, type Reply } from './call.js';

export interface Connection extends Disposable {
  /** Its port on this side, once something was sent. */
  local(): number;
  fetch(request: Request): Promise<Response>;
  call(params: Record<string, string>, options?: Parameters<typeof call>[2]): Promise<Reply>;
  /** Of the control side. */
  ask(method: string, path: string, body?: object): Promise<Reply>;
}

export function connectTo(url: string): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let local = 0;
  const fetchOver = async (request: Request): Promise<Response> => {
    const body = Buffer.from(await request.arrayBuffer());
    return new Promise((resolve, reject) => {
      const { method } = request;
      const headers = { ...Object.fromEntries(request.headers), 'content-length': String(body.length) };
      send(request.url, { method, agent, headers }, async (answer) => {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk as Buffer);
        const { statusCode: status = 0 } = answer;
        const told = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as [string, string]);
        resolve(new Response(status === 204 ? null : Buffer.concat(chunks), { status, headers: told }));
      })
        .on('socket', (socket) => {
          const known = () => {
            local = socket.localPort ?? 0;
          };
          if (socket.localPort) known();
          else socket.once('connect', known);
        })
        .on('error', reject)
        .end(body);
    });
  };
  return {
    fetch: fetchOver,
    call: (params, options) => call({ fetch: fetchOver }, params, { url: `${url}/`, ...options }),
    async ask(method, path, body) {
      const given = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      const answer = await fetchOver(new Request(`${url}/_mock/${path}`, { method, ...given }));
      const text = await answer.text();
      return {
        status: answer.status,
        headers: answer.headers,
        text,
        json: /^[[{]/.test(text) ? JSON.parse(text) : undefined,
      };
    },
    local: () => local,
    [Symbol.dispose]: () => agent.destroy(),
  };
}

/** Which process has the other end of a connection, as the kernel tells. */
export function holderOf(connection: Connection, processes: readonly number[]): number | undefined {
  const hex = connection.local().toString(16).toUpperCase().padStart(4, '0');
  const rows = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((row) => row.trim().split(/\s+/));
  const inode = rows.find(([, , remote = '']) => remote.endsWith(`:${hex}`))?.[9];
  return processes.find((pid) => readdirSync(`/proc/${pid}/fd`).some((fd) => isSocket(`/proc/${pid}/fd/${fd}`, inode)));
}

function isSocket(file: string, inode: string | undefined): boolean {
  try {
    return readlinkSync(file) === `socket:[${inode}]`;
  } catch {
    return false;
  }
}
