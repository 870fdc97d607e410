/** docs/control-api.md in both languages: each example is run as it stands, in order; only the port is another. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { admin } from '../support/admin.js';

const PAGES = ['docs/control-api.md', 'docs/control-api.zh-CN.md'];
const EXAMPLE = /^```bash\n(?<command>.*?)\n```\n\n```json\n(?<answer>.*?)\n```$/gms;

const examplesOf = (page: string) =>
  [...readFileSync(page, 'utf8').matchAll(EXAMPLE)].map(({ groups }) => groups as { command: string; answer: string });

/** `…` stands for any text, alone for any value, and at the end of a list for more of it. */
function expected(shown: unknown): unknown {
  if (shown === '…') return expect.anything();
  if (typeof shown === 'string' && shown.includes('…'))
    return expect.stringMatching(new RegExp(`^${shown.split('…').map(escaped).join('.*')}$`, 's'));
  if (Array.isArray(shown))
    return shown.at(-1) === '…' ? expect.arrayContaining(shown.slice(0, -1).map(expected)) : shown.map(expected);
  if (shown === null || typeof shown !== 'object') return shown;
  return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, expected(value)]));
}

describe.each(PAGES)('%s', (page) => {
  let mock: ReturnType<typeof createCloudauthMock>;
  beforeAll(async () => {
    mock = await createCloudauthMock({ port: 0, device: 'manual', signature: 'off' }).listen();
  });
  afterAll(() => mock.close());

  test.each(examplesOf(page))('$command', async ({ command, answer }) => {
    const here = command.replaceAll('http://127.0.0.1:4520', mock.url);
    const { stdout } = await promisify(execFile)('bash', ['--norc', '-euo', 'pipefail', '-c', here]);
    expect(JSON.parse(stdout)).toEqual(expected(JSON.parse(answer)));
  });
});

test.each(PAGES)('%s has an example of every route', async (page) => {
  await using mock = createCloudauthMock();
  const { paths: all } = (await admin(mock, '/nope')).json as { paths: string[] };
  // the phone is a page: its answer is no JSON
  const paths = all.filter((route) => !route.endsWith('/phone'));
  const commands = examplesOf(page).map(({ command }) => command);
  const shown = paths.filter((route) => {
    const [method = '', path = ''] = route.split(' ');
    const url = new RegExp(`4520${path.replaceAll(/:\w+/g, '[\\w-]+')}(?=$|[?' ])`);
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

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
