/** Clients that keep to a connection each, as SDKs do: of an emulator with several workers each has one to itself. */
import { Agent, request as send } from 'node:http';
import { call, type Reply } from './call.js';

export interface Connection extends Disposable {
  fetch(request: Request): Promise<Response>;
  call(params: Record<string, string>, options?: Parameters<typeof call>[2]): Promise<Reply>;
  /** Of the control side. */
  ask(method: string, path: string, body?: object): Promise<Reply>;
}

export function connectTo(url: string): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
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
      return { status: answer.status, headers: answer.headers, text, json: /^[[{]/.test(text) ? JSON.parse(text) : undefined };
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}
