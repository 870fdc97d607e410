/** What clients do with a certificate that the CA's own key has signed for a name outside its list: they refuse it. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect, createServer, type Server } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/platform/clock.js';
import { readAuthority, serverCertificate } from '../../src/tls/authority.js';
import { newKey } from '../../src/tls/certificate.js';
import { openTrust } from '../../src/tls/trust.js';
import { scratch } from '../support/child.js';

const HOUR = 3_600_000;
const INSIDE = 'cloudauth.aliyuncs.com';
const OUTSIDE = ['example.com', 'aliyuncs.com', 'oss-cn-shanghai.aliyuncs.com.example.com', '8.8.8.8'];

let folder: Awaited<ReturnType<typeof scratch>>;
let ca: string;
let store: string;
const servers = new Map<string, Server>();

beforeAll(async () => {
  folder = await scratch();
  const { caFile, storeFile } = openTrust({ dataDir: folder.path, clock: systemClock, tell: () => {} });
  [ca, store] = [caFile, storeFile];
  const read = (name: string) => readFileSync(join(folder.path, 'ca', name), 'utf8');
  const files = { 'ca.crt': read('ca.crt'), 'issuer.crt': read('issuer.crt'), 'issuer.key': read('issuer.key') };
  const now = systemClock.now();
  const key = newKey();
  for (const name of [INSIDE, ...OUTSIDE]) {
    const cert = serverCertificate(readAuthority(files, now), [name], key, { from: now - HOUR, to: now + HOUR });
    const pem = key.export({ type: 'pkcs8', format: 'pem' });
    const server = createServer({ key: pem, cert }, (socket) => {
      socket.on('error', () => {}).end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    server.on('tlsClientError', () => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.set(name, server);
  }
});
afterAll(async () => {
  for (const server of servers.values()) server.close();
  await folder[Symbol.asyncDispose]();
});

const portOf = (name: string) => (servers.get(name)!.address() as AddressInfo).port;
const run = (command: string, ...words: string[]) =>
  promisify(execFile)(command, words).then(
    ({ stdout }) => ({ ok: true, said: stdout }),
    ({ stdout, stderr }: { stdout: string; stderr: string }) => ({ ok: false, said: `${stdout}${stderr}` }),
  );
const outcome = ({ ok, said }: Awaited<ReturnType<typeof run>>) => (ok ? 'trusted' : said);

const PYTHON = `
import socket, ssl, sys
ca, port, name = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)
if sys.version_info >= (3, 13): assert context.verify_flags & ssl.VERIFY_X509_STRICT
context.wrap_socket(socket.create_connection(('127.0.0.1', int(port))), server_hostname=name).close()
`;

const CLIENTS: Record<string, (name: string) => Promise<string>> = {
  async Node(name) {
    const isName = !/^[\d.]+$/.test(name);
    const socket = connect({
      ...{ host: '127.0.0.1', port: portOf(name), ca: readFileSync(ca) },
      ...(isName ? { servername: name } : { checkServerIdentity: () => undefined }),
    });
    const end = await once(socket, 'secureConnect').then(
      () => 'trusted',
      (error: Error) => error.message,
    );
    socket.destroy();
    return end;
  },
  curl: (name) => {
    const at = `${name}:${portOf(name)}`;
    const to = `${at}:127.0.0.1:${portOf(name)}`;
    return run('curl', '-sS', '--cacert', ca, '--connect-to', to, `https://${at}/`).then(outcome);
  },
  Python: (name) => run('python3', '-c', PYTHON, ca, `${portOf(name)}`, name).then(outcome),
  async openssl(name) {
    const words = ['s_client', '-CAfile', ca, '-connect', `127.0.0.1:${portOf(name)}`, '-servername', name];
    // its exit code says how the connection ended, not whether it was trusted
    const { said } = await run('openssl', ...words);
    return /Verify return code: 0 \(ok\)/.test(said) ? 'trusted' : said;
  },
  // with the trust store it is told to use
  Java: askedOnce(() => [
    'java',
    `-Djavax.net.ssl.trustStore=${store}`,
    '-Djavax.net.ssl.trustStorePassword=changeit',
    'test/support/clients/Handshake.java',
  ]),
  Go: askedOnce(() => ['go', 'run', 'test/support/clients/handshake.go', ca]),
};

/** A program that asks for every name in one run, for it is slow to start. It prints a line for each. */
function askedOnce(command: () => string[]): (name: string) => Promise<string> {
  let lines: Promise<string[]> | undefined;
  const all = async () => {
    const [program = '', ...words] = command();
    const { said } = await run(program, ...words, ...[...servers.keys()].map((name) => `${name}:${portOf(name)}`));
    return said.split('\n');
  };
  return async (name) => {
    lines ??= all();
    const line = (await lines).find((one) => one.startsWith(`${name} `));
    return line?.slice(name.length + 1) ?? `nothing was said of it: ${await lines}`;
  };
}

/** OpenSSL's and Schannel's words, Java's, Go's. */
const REFUSED =
  /permitted subtree violation|SEC_E_|certificate verify failed|name constraints check failed|is not permitted by any constraint/;

test.each(Object.keys(CLIENTS))('%s trusts what is inside', async (client) => {
  expect(await CLIENTS[client]!(INSIDE)).toBe('trusted');
});

test.each(Object.keys(CLIENTS).flatMap((client) => OUTSIDE.map((name) => [client, name] as const)))(
  '%s refuses %s',
  async (client, name) => {
    expect(await CLIENTS[client]!(name)).toMatch(REFUSED);
  },
);
