/** The image's commands run as processes: as it starts by itself, and with what each manifest says to it. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { cloudauth2019, signedParams } from '../support/call.js';
import { runCli, scratch, startCli } from '../support/child.js';
import { signedHeaders } from '../support/oss.js';
import { freePort, request, sendRaw } from '../support/raw.js';

const read = (name: string) => readFileSync(join('examples/containers', name), 'utf8');

/** Its variables, its command and its healthcheck. */
function image() {
  const text = readFileSync('Dockerfile', 'utf8').replaceAll('\\\n', ' ');
  const listOf = (instruction: string): string[] =>
    JSON.parse(new RegExp(`${instruction} (\\[.*\\])$`, 'm').exec(text)![1]!);
  const env = Object.fromEntries(
    [...text.matchAll(/\b(CLOUDAUTH_MOCK_\w+|NODE_ENV)=(\S+)/g)].map(([, name, value]) => [name!, value!]),
  );
  return { env, entry: listOf('^ENTRYPOINT'), command: listOf('^CMD'), healthcheck: listOf('HEALTHCHECK.* CMD') };
}

/** As the image runs it, but for its port and its volume. */
async function container(port: number, data: string, variables: Record<string, string> = {}) {
  const { env, entry, command, healthcheck } = image();
  expect([entry, healthcheck.slice(0, 2)]).toEqual([['node', 'dist/cli.js'], entry]);
  const here = { ...env, CLOUDAUTH_MOCK_DATA_DIR: data, CLOUDAUTH_MOCK_DB: join(data, 'cloudauth-mock.db') };
  const options = { env: { ...here, ...variables, CLOUDAUTH_MOCK_PORT: String(port) } };
  const check = () => runCli(healthcheck.slice(entry.length), options);
  return { check, start: (...args: string[]) => startCli([...command, '--port', String(port), ...args], options) };
}

test("the image's command answers, and its healthcheck says whether it does", async () => {
  await using folder = await scratch();
  const { start, check } = await container(await freePort(), folder.path);
  expect((await check()).code).toBe(1);
  await using emulator = await start();
  expect((await check()).code).toBe(0);
  expect((await emulator.call(cloudauth2019('DescribeOssUploadToken'))).status).toBe(200);
});

const { services } = parse(read('compose.yaml'));
const [pods] = parseAllDocuments(read('kubernetes.yaml')).map((each) => each.toJS());
const [pod] = pods.spec.template.spec.containers;
const github = parse(read('github-actions.yml')).jobs.test;
const snippets = Object.fromEntries(
  [...readFileSync('docs/containers.md', 'utf8').matchAll(/```(java|js|python|go)\n(.*?)```/gs)].map(
    ([, language, code]) => [language!, code!],
  ),
);
/** The words the snippet gives to the image: each quoted, or all of them in one string. */
function wordsOf(snippet: string): string[] {
  const [, list] = /(?:with_?command\(|Cmd:.*?\{)(.*?)[)}]/i.exec(snippet)!;
  return [...list!.matchAll(/["'](.*?)["']/g)].flatMap(([, quoted]) => quoted!.split(' '));
}

interface Manifest {
  readonly args?: string[];
  readonly variables?: Record<string, string>;
  /** What the application calls it by. */
  readonly name: string;
}

const MANIFESTS: Readonly<Record<string, Manifest>> = {
  'compose.yaml': { args: services['cloudauth-mock'].command, name: 'cloudauth-mock' },
  'gitlab-ci.yml': { args: parse(read('gitlab-ci.yml')).test.services[0].command, name: 'cloudauth-mock' },
  'kubernetes.yaml': { args: pod.args, name: 'cloudauth-mock' },
  'github-actions.yml': { variables: github.services['cloudauth-mock'].env, name: 'localhost' },
  ...Object.fromEntries(
    ['java', 'js', 'python', 'go'].map((language) => [
      `the snippet in ${language}`,
      { args: wordsOf(snippets[language]!), name: 'localhost' },
    ]),
  ),
};

test.each(Object.entries(MANIFESTS))(
  'as %s starts it, it becomes healthy and takes calls, uploads and the control side',
  async (_file, manifest) => {
    await using folder = await scratch();
    const { start, check } = await container(await freePort(), folder.path, manifest.variables);
    await using emulator = await start(...(manifest.args ?? []));
    expect((await check()).code).toBe(0);
    const headers = { Host: `${manifest.name}:${emulator.port}`, Connection: 'close' };
    const say = (line: string) => sendRaw(emulator.url, request(line, headers));
    const own = { accessKeyId: 'LTAI5tYourOwnKeyIdHere01', secret: 'your own secret' };
    const answer = await say(
      `GET /?${signedParams(cloudauth2019('DescribeOssUploadToken'), { method: 'GET', ...own })}`,
    );
    const { EndPoint, Bucket, Path, Key, Secret, Token } = answer.json.OssUploadToken;
    // below a name without a dot no bucket is resolved
    expect(EndPoint).toBe(`http://127.0.0.1:${emulator.port}`);
    const sts = { accessKeyId: Key, secret: Secret, token: Token, bucket: Bucket, path: Path };
    const photo = `${Path}1.jpg`;
    const put = {
      method: 'PUT',
      headers: signedHeaders(sts, 'PUT', photo, { headers: { 'content-type': 'image/jpeg' } }),
      body: 'a photo',
    };
    expect((await fetch(`${EndPoint}/${Bucket}/${photo}`, put)).status).toBe(200);
    expect((await say('GET /_mock/requests')).status).toBe(200);
  },
);

test('the application of compose.yaml gets its answer from the emulator of compose.yaml', async () => {
  await using folder = await scratch();
  const { start } = await container(await freePort(), folder.path);
  await using emulator = await start(...services['cloudauth-mock'].command);
  const { command, environment, volumes } = services.app;
  const cwd = join('examples/containers', volumes[0].split(':')[0]);
  const env = { ...process.env, NODE_OPTIONS: '', ...environment, CLOUDAUTH_ENDPOINT: emulator.url };
  const [, ...args] = command;
  expect((await promisify(execFile)(process.execPath, args, { cwd, env })).stdout.trim()).toBe('200 200 success 1');
});
