/** docs/control-api.md in both languages: each example is run as it stands, in order; only the port is another. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { examplesOf, likeValue } from '../support/doc-examples.js';

const PAGES = ['docs/control-api.md', 'docs/control-api.zh-CN.md'];

describe.each(PAGES)('%s', (page) => {
  let mock: ReturnType<typeof createCloudauthMock>;
  beforeAll(async () => {
    mock = await createCloudauthMock({ port: 0, device: 'manual', signature: 'off' }).listen();
  });
  afterAll(() => mock.close());

  test.each(examplesOf(page))('$code', async ({ code, answer }) => {
    const here = code.replaceAll('http://127.0.0.1:4520', mock.url);
    const { stdout } = await promisify(execFile)('bash', ['--norc', '-euo', 'pipefail', '-c', here]);
    expect(JSON.parse(stdout)).toEqual(likeValue(JSON.parse(answer)));
  });
});

test.each(PAGES)('%s has an example of every route', async (page) => {
  await using mock = createCloudauthMock();
  const { paths } = (await admin(mock, '/nope')).json as { paths: string[] };
  const commands = examplesOf(page).map(({ code }) => code);
  const shown = paths.filter((route) => {
    const [method = '', path = ''] = route.split(' ');
    const url = new RegExp(`4520${path.replaceAll(/:\w+/g, '[\\w%-]+')}(?=$|[?' ])`);
    return commands.some((command) => url.test(command) && methodOf(command) === method);
  });
  expect(shown).toEqual(paths);
});

const methodOf = (command: string): string =>
  / -X (\w+)/.exec(command)?.[1] ?? (command.includes(' -d ') ? 'POST' : 'GET');

test('both pages have the same examples', () => {
  const [one, other] = PAGES.map(examplesOf);
  expect(other).toEqual(one);
});
