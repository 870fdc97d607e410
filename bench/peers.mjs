// Servers of other projects that answer one static GET: where they come from, what they are told, how they are started.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { launch } from './child.mjs';
import { ask } from './load.mjs';
import { progress } from './progress.mjs';
import { getRequest } from './requests.mjs';

const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cloudauth-mock', 'peers');
const [INSTALL_MS, START_MS, LOOK_MS] = [300_000, 30_000, 5];
const PATH = '/static';
const BODY = '{"ok":true}';

const mockoonFile = {
  ...{ uuid: 'e0', lastMigration: 33, name: 'bench', port: 0, hostname: '127.0.0.1', endpointPrefix: '', latency: 0 },
  ...{ folders: [], data: [], callbacks: [], headers: [], proxyReqHeaders: [], proxyResHeaders: [], cors: false },
  rootChildren: [{ type: 'route', uuid: 'r0' }],
  routes: [
    {
      ...{ uuid: 'r0', type: 'http', method: 'get', endpoint: PATH.slice(1), responseMode: null, documentation: '' },
      responses: [
        {
          ...{ uuid: 's0', statusCode: 200, default: true, body: BODY, bodyType: 'INLINE', latency: 0, label: '' },
          ...{ disableTemplating: true, rules: [], rulesOperator: 'OR', callbacks: [] },
          headers: [{ key: 'Content-Type', value: 'application/json' }],
        },
      ],
    },
  ],
};

const openapi = {
  openapi: '3.0.3',
  info: { title: 'bench', version: '1' },
  paths: {
    [PATH]: {
      get: {
        responses: { 200: { description: 'ok', content: { 'application/json': { example: JSON.parse(BODY) } } } },
      },
    },
  },
};

const wiremockStub = {
  request: { method: 'GET', urlPath: PATH },
  response: { status: 200, body: BODY, headers: { 'Content-Type': 'application/json' } },
};

/** Versions are fixed, so that figures of two days compare; `file` is what is there once the package is installed. */
export const PEERS = {
  Mockoon: {
    install: '@mockoon/cli@9.9.0',
    file: '@mockoon/cli/bin/run.js',
    writes: { 'mockoon.json': mockoonFile },
    command: (file, folder, port) => [
      process.execPath,
      [file, 'start', '--data', join(folder, 'mockoon.json'), '--port', port, '-X', '--disable-admin-api'],
    ],
  },
  Prism: {
    install: '@stoplight/prism-cli@5.14.2',
    file: '@stoplight/prism-cli/dist/index.js',
    writes: { 'openapi.json': openapi },
    command: (file, folder, port) => [
      process.execPath,
      [file, 'mock', join(folder, 'openapi.json'), '-p', port, '-h', '127.0.0.1', '-v', 'silent'],
    ],
  },
  WireMock: {
    install: 'wiremock@3.13.2',
    file: 'wiremock/build/wiremock-standalone-3.13.2.jar',
    writes: { 'mappings/static.json': wiremockStub },
    command: (file, folder, port) => [
      'java',
      ['-jar', file, '--port', port, '--bind-address', '127.0.0.1', '--root-dir', folder].concat([
        '--no-request-journal',
        '--disable-banner',
        '--use-chunked-encoding',
        'never',
      ]),
    ],
  },
};

/** @returns what the peer is run by. @throws when npm cannot install it */
export async function install(name) {
  const peer = PEERS[name];
  const folder = join(CACHE, peer.install.replaceAll('/', '+'));
  const file = join(folder, 'node_modules', peer.file);
  const complete = join(folder, 'complete');
  if (existsSync(complete) && existsSync(file)) return file;
  progress(`installing ${peer.install} into ${folder}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const args = ['install', peer.install, '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'];
  const npm = launch('npm', [...args, '--loglevel=error'], { cwd: folder, shell: process.platform === 'win32' });
  const impatient = setTimeout(npm.stop, INSTALL_MS);
  const code = await npm.closed;
  clearTimeout(impatient);
  if (code !== 0 || !existsSync(file)) throw new Error(`npm could not install it: ${npm.said.errors.trim()}`);
  writeFileSync(complete, '');
  return file;
}

export function writeFiles(name, scratch) {
  const folder = join(scratch, name);
  for (const [path, content] of Object.entries(PEERS[name].writes)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), JSON.stringify(content));
  }
  return folder;
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

export const peerRequest = (port) => getRequest(port, PATH);

/** @returns once it has answered; `firstAnswer` is ms since it was launched. @throws when it ends or never answers */
export async function startPeer(name, file, folder) {
  const port = await freePort();
  const startedAt = performance.now();
  const { pid, said, closed, stop } = launch(...PEERS[name].command(file, folder, String(port)));
  let code;
  closed.then((ended) => {
    code = ended;
  });
  for (let failure; performance.now() - startedAt < START_MS; ) {
    if (code !== undefined) throw new Error(`ended with exit code ${code}: ${said.errors || said.out || failure}`);
    try {
      await ask(port, peerRequest(port));
      return { pid, port, stop, firstAnswer: performance.now() - startedAt };
    } catch (error) {
      failure = error.message;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
  await stop();
  throw new Error(`no answer within ${START_MS / 1000} s: ${said.errors || said.out}`);
}
