/** What a container's HEALTHCHECK says of an emulator whose database file was taken away. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli, scratch, startCli } from '../support/child.js';

test('healthcheck fails within a second, and says why', async () => {
  await using folder = await scratch();
  const db = join(folder.path, 'state.db');
  await using emulator = await startCli(['--db', db]);
  const ask = () => runCli(['healthcheck', '--port', String(emulator.port)]);
  const before = (await ask()).code;
  rmSync(db);
  let after = await ask();
  while (after.code === 0) after = await ask();
  expect([before, after.code, after.stderr]).toEqual([
    0,
    1,
    expect.stringMatching(/not ready on .*: \/readyz answered 503 .*state\.db was deleted or renamed/),
  ]);
});
