/** The recipes of docs/testing.md, run as they stand in a project like a user's. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBrowser } from '../../.ci/browser.mjs';
import { type Project, project } from '../support/project.js';
import { freePort } from '../support/raw.js';
import { recipesOf } from '../support/recipes.js';

const english = recipesOf('docs/testing.md');
let user: Project;

beforeAll(async () => {
  user = await project();
  const port = await freePort();
  for (const { name, code } of english.files) user.write(name, here(code, port));
});
afterAll(() => user[Symbol.asyncDispose]());

/** The application's port is another here, and the browser one that is there already. */
const here = (code: string, port: number): string =>
  code
    .replace(/(:|listen\()3000\b/g, `$1${port}`)
    .replace('use: {', `use: { launchOptions: { executablePath: ${JSON.stringify(findBrowser())} },`);

test.each(english.runs)('$name prints what the document shows', async ({ language, code, output }) => {
  expect(output).toBeTruthy();
  expect(await user.run(language, code)).toContain(output.trim());
});

test('every block of code is run, or used by one that is', () => {
  expect([english.blocks > 0, english.tested]).toEqual([true, english.blocks]);
});

test('both languages hold the same recipes', () => {
  expect(recipesOf('docs/testing.zh-CN.md')).toEqual(english);
});
