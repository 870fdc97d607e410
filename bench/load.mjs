// A lean HTTP client over bare sockets, so that on two cores the server is what is measured: one request at a time per connection.
import { connect } from 'node:net';

const HEADERS_END = '\r\n\r\n';
const MAX_MS = 30_000;

/** Reads whole answers off one socket; they carry a Content-Length. */
export class Connection {
  #socket;
  #received = [];
  #bytes = 0;
  #wanted = 0;
  #answer;

  static open(port) {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(new Connection(socket)));
      socket.once('error', reject);
    });
  }

  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('close', () => this.#answer?.reject(new Error('the server closed a connection')));
  }

  /** @returns the whole answer as it came */
  send(request) {
    return new Promise((resolve, reject) => {
      this.#answer = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close() {
    this.#socket.destroy();
  }

  #take(chunk) {
    this.#received.push(chunk);
    this.#bytes += chunk.length;
    if (this.#wanted === 0) this.#wanted = wholeLength(this.#received);
    if (this.#wanted === 0 || this.#bytes < this.#wanted) return;
    const whole = this.#received.length === 1 ? chunk : Buffer.concat(this.#received);
    const { resolve } = this.#answer;
    this.#answer = undefined;
    this.#received = [];
    this.#bytes = 0;
    this.#wanted = 0;
    resolve(whole);
  }
}

/** @returns 0 while the headers are not complete */
function wholeLength(chunks) {
  const text = (chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)).latin1Slice();
  const end = text.indexOf(HEADERS_END);
  if (end < 0) return 0;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end));
  if (!length) throw new Error(`an answer without Content-Length: ${text.slice(0, end)}`);
  return end + HEADERS_END.length + Number(length[1]);
}

const isOk = (answer) => answer.latin1Slice(0, 13) === 'HTTP/1.1 200 ';

export const assertOk = (answer) => {
  if (!isOk(answer)) throw new Error(`expected 200, got: ${answer.toString().slice(0, 1500)}`);
};

/** Sends one request on a connection of its own. @returns status 200's headers and body */
export async function ask(port, request) {
  const connection = await Connection.open(port);
  try {
    const answer = await connection.send(request);
    assertOk(answer);
    const [head, body] = answer.toString().split(HEADERS_END);
    const headers = Object.fromEntries(
      head
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(/: */, 2)),
    );
    return { headers, body };
  } finally {
    connection.close();
  }
}

/**
 * Sends every request once, keeping all connections busy.
 * @param waited where given, how many ms each answer took is added to it
 * @param maxMs an error after that
 * @returns how many ms it took
 */
export async function load(port, requests, connections, { waited, maxMs = MAX_MS } = {}) {
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
  let next = 0;
  const startedAt = performance.now();
  const work = async (connection) => {
    while (next < requests.length) {
      if (performance.now() - startedAt > maxMs) throw new Error(`no end after ${maxMs} ms of load`);
      const sentAt = performance.now();
      assertOk(await connection.send(requests[next++]));
      waited?.push(performance.now() - sentAt);
    }
  };
  try {
    await Promise.all(open.map(work));
    return performance.now() - startedAt;
  } finally {
    for (const connection of open) connection.close();
  }
}
