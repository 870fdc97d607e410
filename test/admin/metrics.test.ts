/** `GET /_mock/metrics`: the text format of Prometheus, read as strictly as it is specified. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { call, cloudauth2019 } from '../support/call.js';

type Mock = ReturnType<typeof createCloudauthMock>;

interface Family {
  readonly type: string;
  readonly samples: { readonly name: string; readonly labels: Record<string, string>; readonly value: number }[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const SUFFIXES: Record<string, RegExp> = { counter: /^_total$|^$/, gauge: /^$/, summary: /^_(sum|count)$/ };

/** @throws Error at what the exposition format 0.0.4 does not allow */
function parsed(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const families = new Map<string, Family>();
  const seen = new Set<string>();
  let helped: string | undefined;
  let current: [name: string, family: Family] | undefined;
  for (const line of text.slice(0, -1).split('\n')) {
    const [, help] = new RegExp(`^# HELP (${NAME}) [^\\\\]+$`).exec(line) ?? [];
    const [, typed, type] = new RegExp(`^# TYPE (${NAME}) (counter|gauge|summary)$`).exec(line) ?? [];
    const [, name, labels, value] =
      new RegExp(`^(${NAME})(\\{.*\\})? (-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)$`).exec(line) ?? [];
    if (help !== undefined) helped = help;
    else if (typed !== undefined) {
      if (typed !== helped || families.has(typed)) throw new Error(`TYPE out of place: ${line}`);
      if (type === 'counter' && !typed.endsWith('_total')) throw new Error(`a counter ends in _total: ${line}`);
      current = [typed, { type: type!, samples: [] }];
      families.set(...current);
    } else if (name !== undefined && current && name.startsWith(current[0])) {
      const suffix = name.slice(current[0].length);
      if (!SUFFIXES[current[1].type]!.test(suffix)) throw new Error(`not of its family: ${line}`);
      const series = `${name}${labels ?? ''}`;
      if (seen.has(series)) throw new Error(`twice: ${line}`);
      seen.add(series);
      current[1].samples.push({ name, labels: labelsOf(labels), value: Number(value) });
    } else throw new Error(`neither comment nor sample: ${line}`);
  }
  return families;
}

function labelsOf(text = '{}'): Record<string, string> {
  const found: Record<string, string> = {};
  const pair = /^([a-zA-Z_]\w*)="((?:[^"\\]|\\["\\n])*)"(,|$)/;
  for (let rest = text.slice(1, -1); rest !== ''; ) {
    const [whole, name, value] = pair.exec(rest) ?? [];
    if (whole === undefined) throw new Error(`no label: ${rest}`);
    found[name!] = value!.replace(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one));
    rest = rest.slice(whole.length);
  }
  return found;
}

const scraped = async (mock: Mock) => parsed((await admin(mock, '/metrics')).text);

/** @returns the value of one series; 0 where there is none */
async function value(mock: Mock, name: string, labels: Record<string, string> = {}): Promise<number> {
  const all = [...(await scraped(mock)).values()].flatMap(({ samples }) => samples);
  return (
    all.find((one) => one.name === name && Object.entries(labels).every(([k, v]) => one.labels[k] === v))?.value ?? 0
  );
}

const TOKEN = cloudauth2019('DescribeOssUploadToken');
const OPERATION = 'cloudauth/2019-03-07/DescribeOssUploadToken';

test('it is the text format 0.0.4, and nothing else, before the first call too', async () => {
  await using mock = createCloudauthMock();
  const { status, headers, text } = await admin(mock, '/metrics');
  expect([status, headers.get('content-type')]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  expect([...parsed(text).keys()]).toEqual([
    ...['cloudauth_mock_accounts', 'cloudauth_mock_info', 'process_cpu_seconds_total'],
    ...['process_resident_memory_bytes', 'process_uptime_seconds', 'nodejs_heap_size_used_bytes'],
    ...['nodejs_external_memory_bytes', 'nodejs_eventloop_lag_seconds'],
  ]);
});

test('calls are counted by operation and code', async () => {
  await using mock = createCloudauthMock();
  await call(mock, TOKEN);
  await call(mock, TOKEN);
  await call(mock, TOKEN, { secret: 'wrong' });
  await call(mock, { ...TOKEN, Version: '1999-01-01' });
  const { samples } = (await scraped(mock)).get('cloudauth_mock_calls_total')!;
  expect(samples.map(({ labels, value }) => [labels.operation, labels.code, value])).toEqual([
    [OPERATION, 'ok', 2],
    ['-', 'SignatureDoesNotMatch', 1],
    ['-', 'InvalidVersion', 1],
  ]);
});

test('and timed by operation', async () => {
  await using mock = createCloudauthMock();
  await call(mock, TOKEN);
  const seconds = 'cloudauth_mock_call_duration_seconds';
  expect(await value(mock, `${seconds}_count`, { operation: OPERATION })).toBe(1);
  expect(await value(mock, `${seconds}_sum`, { operation: OPERATION })).toBeGreaterThan(0);
});

test('the name of a rule may have any character, and is one label', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'metrics-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const name = 'a "quoted" name\\with, {braces="}"';
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, 'rules: [{ on: DescribeOssUploadToken, times: 2, then: { delay: 0ms } }]');
  await using mock = createCloudauthMock({ scenario: [file] });
  await call(mock, TOKEN);
  await call(mock, TOKEN);
  const { samples } = (await scraped(mock)).get('cloudauth_mock_rule_fired_total')!;
  expect(samples).toEqual([
    { name: 'cloudauth_mock_rule_fired_total', labels: { rule: expect.any(String) }, value: 2 },
  ]);
  expect(samples[0]!.labels.rule).toContain(name);
});

test('two rules whose names look alike once they are masked are one series', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'metrics-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const scenario = ['330103199001011233', '330103199001021233'].map((number) => join(folder, `${number}.yaml`));
  for (const [at, file] of scenario.entries())
    writeFileSync(file, `rules: [{ on: DescribeOssUploadToken, when: { call: ${at + 1} }, then: { delay: 0ms } }]`);
  await using mock = createCloudauthMock({ scenario });
  await call(mock, TOKEN);
  await call(mock, TOKEN);
  const { samples } = (await scraped(mock)).get('cloudauth_mock_rule_fired_total')!;
  expect([samples.length, samples[0]!.value]).toEqual([1, 2]);
  expect(samples[0]!.labels.rule).not.toContain('19900101');
});

test('what --qps refused is counted apart from what a rule orders', async () => {
  await using mock = createCloudauthMock({ qps: 999_999 });
  mock.failNext('DescribeOssUploadToken', 'Throttling.User');
  await call(mock, TOKEN);
  expect((await scraped(mock)).has('cloudauth_mock_throttled_total')).toBe(false);
  await using narrow = createCloudauthMock({ qps: 1, clock: { now: () => 1_800_000_000_000 } });
  for (let made = 0; made < 3; made++) await call(narrow, TOKEN, { at: 1_800_000_000_000 });
  expect(await value(narrow, 'cloudauth_mock_throttled_total', { operation: OPERATION })).toBe(2);
});

test('no reset lowers a count', async () => {
  await using mock = createCloudauthMock();
  await call(mock, TOKEN);
  await mock.reset();
  expect(await value(mock, 'cloudauth_mock_calls_total', { operation: OPERATION, code: 'ok' })).toBe(1);
});

test('it is kept from strangers, and lets in the token as Prometheus sends it', async () => {
  await using mock = await createCloudauthMock({ port: 0, adminToken: 'secret' }).listen();
  const ask = (headers = {}) => fetch(`${mock.url}/_mock/metrics`, { headers });
  expect((await ask()).status).toBe(403);
  const reply = await ask({ authorization: 'Bearer secret' });
  expect([reply.status, parsed(await reply.text()).has('cloudauth_mock_info')]).toEqual([200, true]);
});

test('neither an account nor a key is named', async () => {
  await using mock = createCloudauthMock({ accessKeys: ['LTAIsecretive:hidden@team-nine'] });
  await call(mock, TOKEN, { accessKeyId: 'LTAIsecretive', secret: 'hidden' });
  expect((await admin(mock, '/metrics')).text).not.toMatch(/LTAI|team-nine|hidden/);
});
