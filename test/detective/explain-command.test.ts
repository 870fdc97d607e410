/** `cloudauth-mock explain` as a user meets it: a child process that reads a captured request. */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli, scratch } from '../support/child.js';
import { acs3Call, rpcCall, type Sent } from '../support/wrong-client.js';

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const asCurl = ({ method, url, headers, body }: Sent): string =>
  [
    `curl -sS -X ${method} ${quoted(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body ? [`--data-raw ${quoted(body)}`] : []),
  ].join(' \\\n  ');
const targetOf = (url: string) => url.slice(url.indexOf('/', 8));
const asHttp = ({ method, url, headers, body }: Sent): string =>
  [
    `${method} ${targetOf(url)} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n');
const asJson = ({ method, url, headers, body }: Sent): string =>
  JSON.stringify({ method, target: targetOf(url), headers: { host: new URL(url).host, ...headers }, body });

async function explained(text: string, ...args: string[]) {
  await using folder = await scratch();
  const file = join(folder.path, 'captured');
  await writeFile(file, text);
  return await runCli(['explain', file, '--json', ...args]);
}

describe.each([
  ['a curl command', asCurl],
  ['raw HTTP', asHttp],
  ['JSON', asJson],
] as const)('%s', (_form, write) => {
  test.each([
    ['RPC', rpcCall([], { method: 'POST' }), 0, 'none'],
    ['RPC', rpcCall(['raw-star'], { method: 'POST' }), 1, 'raw-star'],
    ['ACS3', acs3Call([]), 0, 'none'],
    ['ACS3', acs3Call(['host-without-port']), 1, 'host-without-port'],
  ] as const)('%s is judged', async (scheme, sent, code, cause) => {
    const exit = await explained(write(sent));
    expect([exit.code, JSON.parse(exit.stdout)]).toMatchObject([code, { scheme, cause, matches: code === 0 }]);
  });
});

test('a URL is taken as the argument itself', async () => {
  const { code, stdout } = await runCli(['explain', rpcCall(['unsorted']).url, '--json']);
  expect([code, JSON.parse(stdout).cause]).toEqual([1, 'unsorted']);
});

test.each([[[]], [['-']]])('the request comes from stdin: explain %j', async (args) => {
  const input = asHttp(rpcCall(['raw-star'], { method: 'POST' }));
  const { code, stdout } = await runCli(['explain', ...args, '--json'], { input });
  expect([code, JSON.parse(stdout).cause]).toEqual([1, 'raw-star']);
});

test.each(['-d', '--data', '--data-binary'])(
  'a curl command with %s @file reads the body from there',
  async (option) => {
    const { url, body } = rpcCall(['raw-star'], { method: 'POST' });
    await using folder = await scratch();
    const file = join(folder.path, 'body');
    await writeFile(file, body);
    const { code, stdout } = await explained(`curl ${quoted(url)} ${option} @${file}`);
    expect([code, JSON.parse(stdout).cause]).toEqual([1, 'raw-star']);
  },
);

test('a file that a curl command names and that is not there is a usage error', async () => {
  const { code, stderr } = await explained('curl http://127.0.0.1/ -d @/nowhere/body');
  expect([code, stderr]).toEqual([2, expect.stringContaining('/nowhere/body')]);
});

test('a curl command with -G and --data-urlencode puts its data into the query', async () => {
  const pairs = [...new URL(rpcCall([]).url).searchParams];
  const data = pairs.map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`).join(' \\\n ');
  const { code } = await explained(`curl -G --url https://cloudauth.aliyuncs.com/ ${data}`);
  expect(code).toBe(0);
});

test('text for people names the cause, the difference and the fix', async () => {
  const { stdout } = await runCli(['explain', rpcCall(['raw-star']).url]);
  for (const part of [
    'verdict  raw-star',
    'first difference at byte',
    'fix: replace * by %2A',
    '编码后把 * 替换为 %2A',
  ])
    expect(stdout).toContain(part);
});

test('that nothing fits is said plainly', async () => {
  const { code, stdout } = await runCli(['explain', rpcCall([], { secret: 'nobody knows' }).url]);
  expect(code).toBe(1);
  expect(stdout).toContain('no hypothesis fits');
});

test('local time sent as UTC is a note, and the signature is judged all the same', async () => {
  const { code, stdout } = await runCli(['explain', rpcCall([], { at: Date.now() + 8 * 3_600_000 }).url, '--json']);
  const { notes } = JSON.parse(stdout);
  expect([code, notes.join()]).toEqual([0, expect.stringMatching(/InvalidTimeStamp\.Expired.*off by 8 whole hours/s)]);
});

test('a key of --access-key is known, and no secret is printed', async () => {
  const [secret, otherSecret] = ['s3cret-of-mine', 's3cret-of-theirs'];
  const sent = rpcCall(['secret-of-another-key'], { accessKeyId: 'LTAImine', secret, otherSecret });
  const keys = ['--access-key', `LTAImine:${secret}`, '--access-key', `LTAItheirs:${otherSecret}`];
  const { code, stdout, stderr } = await runCli(['explain', sent.url, ...keys]);
  expect([code, stdout]).toEqual([1, expect.stringContaining('LTAItheirs')]);
  expect(stdout + stderr).not.toMatch(/s3cret/);
});

test.each([
  ['the key is not known', [rpcCall([], { accessKeyId: 'nobody' }).url], /pass it with --access-key/],
  ['the file does not exist', ['/no/such/file'], /cannot read/],
  ['there are two', ['a', 'b'], /takes one/],
])('usage: %s', async (_title, args, message) => {
  const { code, stderr, stdout } = await runCli(['explain', ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(message);
});

test.each(['hello', '[]', '{"method": 1}', '{oops', 'curl', ''])('usage: %j is no request', async (text) => {
  expect((await explained(text)).code).toBe(2);
});

test('every recorded request of a real client matches', async () => {
  const { code, stdout } = await runCli(['explain', 'fixtures/wire/node-pop-core.json', '--json']);
  const recorded = JSON.parse(readFileSync('fixtures/wire/node-pop-core.json', 'utf8'));
  expect([code, JSON.parse(stdout).length]).toEqual([0, recorded.length]);
});
