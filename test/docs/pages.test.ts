/** docs/pages.md and docs/flows in both languages: each example is run as it stands, in order; only the port is another. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { taskFlow } from '../../src/pages/cloudauth/flows.js';
import { verifyStatuses } from '../../src/products/cloudauth/classic.js';
import { taskEndings } from '../../src/products/cloudauth/task.js';
import { type Emulator, startCli } from '../support/child.js';
import { examplesOf, likeText } from '../support/doc-examples.js';
import { type Project, project } from '../support/project.js';

const PAGES = ['docs/pages.md', 'docs/pages.zh-CN.md'];
const FLOWS = ['docs/flows/classic.md', 'docs/flows/classic.zh-CN.md'];
const ALL = [...PAGES, ...FLOWS];
const read = (page: string): string => readFileSync(page, 'utf8');

describe.each(ALL)('%s', (page) => {
  let emulator: Emulator;
  let user: Project;
  beforeAll(async () => {
    emulator = await startCli(['--device', 'manual', '--signature', 'off', '--log', 'silent']);
    user = await project();
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await user[Symbol.asyncDispose]();
  });

  test.each(examplesOf(page))('$code', async ({ language, code, answer }) => {
    const output = await user.run(language, code.replaceAll('127.0.0.1:4520', `127.0.0.1:${emulator.port}`));
    expect(output.trimEnd()).toEqual(likeText(answer));
  });
});

test.each(ALL)('%s: every block a reader could run has its answer', (page) => {
  const blocks = read(page).match(/^```(?:bash|js)$/gm)?.length;
  expect(examplesOf(page).length).toBe(blocks);
});

test.each(PAGES)('%s lists how a task can end on the page, and nothing else', (page) => {
  const [, table = ''] = /^ +\| `auto` .*\n((?: +\|.*\n)+)/m.exec(read(page)) ?? [];
  const words = [...table.matchAll(/`([\w-]+)`/g)].map(([, word]) => word);
  const reasons = taskEndings.reasons.map(({ reason }) => reason);
  expect(words).toEqual(expect.arrayContaining([...taskFlow.choices.map(([word]) => word), 'fail']));
  expect(words).toHaveLength(taskFlow.choices.length + 1);
  expect(reasons.filter((reason) => !table.includes(`${reason} |`))).toEqual([]);
});

test.each(FLOWS)('%s lists each VerifyStatus, in the words it fails with', (page) => {
  const rows = [...read(page).matchAll(/^\| (\d+) \| ([^|:；]+)/gm)].map(([, status, words]) => [
    status,
    words!.trim(),
  ]);
  const failures = Object.entries(verifyStatuses).map(([status, { text }]) => [status, text.zh]);
  expect(rows).toEqual([['1', '认证通过'], ...failures]);
});

test.each([PAGES, FLOWS])('%s and %s have the same headings, tables and code', (page, other) => {
  const shape = (page: string) => [
    read(page).match(/^#+ /gm),
    read(page).match(/^ *\|/gm)?.length,
    examplesOf(page).map(({ code, answer }) => [code.replace(/ (?:\/\/|#) .*$/gm, ''), answer]),
  ];
  expect(shape(other!)).toEqual(shape(page!));
});
