/** `--watch` and wrong scenario files, as a user of the command meets them. */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { call } from '../support/call.js';
import { type Emulator, runCli, scratch, startCli } from '../support/child.js';
import { UPLOAD } from '../support/scenario.js';
import { getStatus, openTask, submit } from '../support/tasks.js';

const BUSY = '  - on: DescribeOssUploadToken\n    times: 2\n    then: { fail: ServiceUnavailable }\n';
const THROTTLED = '  - on: DescribeOssUploadToken\n    times: 2\n    then: { fail: Throttling }\n';
const SLOW = '  - on: GetMaterials\n    then: { delay: 10ms }\n';

const client = ({ url }: Emulator) =>
  ({ fetch: (request: Request) => fetch(new Request(`${url}/`, request)) }) as never;
const code = async (emulator: Emulator) => (await call(client(emulator), UPLOAD)).json.Code ?? 'ok';

/** An emulator that watches one file, and a way to change it. */
async function watched(rules: string, args: string[] = []) {
  const folder = await scratch();
  const file = join(folder.path, 'rules.yaml');
  const write = (text: string) => writeFileSync(file, `rules:\n${text}`);
  write(rules);
  const emulator = await startCli(['--scenario', file, '--watch', ...args]);
  return {
    emulator,
    file,
    write,
    async [Symbol.asyncDispose]() {
      await emulator[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

test('a changed file is read again: what changed is said, unchanged rules keep their counts, state stays', async () => {
  await using watching = await watched(BUSY + SLOW);
  const { emulator, write } = watching;
  await submit(client(emulator), await openTask(client(emulator)));
  expect(await code(emulator)).toBe('ServiceUnavailable');

  write(SLOW + BUSY + THROTTLED);
  await emulator.logged(/scenarios reloaded: 1 added \(.*rules\.yaml#3\)\n/);
  // one is left of the first rule, which stands elsewhere now
  expect([await code(emulator), await code(emulator)]).toEqual(['ServiceUnavailable', 'Throttling']);
  expect((await getStatus(client(emulator))).json.Data.StatusCode).toBe(1);

  write(SLOW);
  await emulator.logged(/scenarios reloaded: 2 removed \(.*rules\.yaml#2, .*rules\.yaml#3\)\n/);
  expect(await code(emulator)).toBe('ok');

  write(BUSY);
  await emulator.logged(/scenarios reloaded: 1 changed \(.*rules\.yaml#1\)\n/);
  expect([await code(emulator), await code(emulator), await code(emulator)]).toEqual([
    ...['ServiceUnavailable', 'ServiceUnavailable', 'ok'],
  ]);
});

test('a broken file keeps the old rules and says where it is broken', async () => {
  await using watching = await watched(BUSY);
  const { emulator, write } = watching;
  write('  - on: GetStatus\n    then: { fail: Z1146 }\n');
  await emulator.logged(
    /warning: scenarios left as they were: .*rules\.yaml:3:\d+: GetStatus documents no error 'Z1146'/,
  );
  expect(await code(emulator)).toBe('ServiceUnavailable');
  write('  - on: face_verify.init\n    when: { params: { certNumber: 330103199001011234 } }\n    then: { delay: 1 }\n');
  await emulator.logged(/certNumber: \S*\*\S*, which|quote it: "\S*\*/);
  expect(emulator.stderr()).not.toContain('330103199001011234');
  write(BUSY + SLOW);
  await emulator.logged(/scenarios reloaded: 1 added/);
  expect([await code(emulator), await code(emulator)]).toEqual(['ServiceUnavailable', 'ok']);
});

test('a file that is put in the place of the old one is noticed too, in JSON as well', async () => {
  await using watching = await watched(SLOW, ['--log', 'json']);
  const { emulator, file } = watching;
  writeFileSync(`${file}.new`, '{"rules": [{"on": "*", "then": {"fail": "Throttling"}}]}');
  renameSync(`${file}.new`, file);
  await emulator.logged(/"level":"info","message":"scenarios reloaded: 1 changed/);
  expect(await code(emulator)).toBe('Throttling');
});

test('it stops as fast as without', async () => {
  await using watching = await watched(SLOW);
  watching.emulator.kill('SIGTERM');
  expect((await watching.emulator.exit).code).toBe(0);
});

test.each([
  [
    'rules:\n  - on: GetStatus\n    then: { fail: Z1146 }\n',
    /:3:19: GetStatus documents no error 'Z1146'; what answers it: face_verify\.query/,
  ],
  [
    'rules:\n  - on: GetStatus\n    than: {}\n',
    /:3:5: no key 'than'; did you mean then\? there are: on, when, after, times/,
  ],
  ['rules: [', /:1:9: the indentation does not fit .*\n {2}1 \| rules: \[/],
])('a wrong file ends the start with exit code 2, its line and no stack: %j', async (text, message) => {
  await using folder = await scratch();
  const file = join(folder.path, 'wrong.yaml');
  writeFileSync(file, text);
  const { code: exit, stdout, stderr } = await runCli(['--port', '0', '--scenario', file]);
  expect([exit, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(message);
  expect(stderr.startsWith(`cloudauth-mock: ${file}:`)).toBe(true);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('an unknown name ends the start with exit code 2 and where the names are listed', async () => {
  const { code: exit, stderr } = await runCli(['--port', '0', '--scenario', 'nothing']);
  expect(exit).toBe(2);
  expect(stderr).toMatch(/^cloudauth-mock: no scenario 'nothing'; “cloudauth-mock scenarios” lists them/);
});
