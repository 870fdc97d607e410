/** The recipes of docs/testing.md, run as they stand in a project like a user's. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Project, project } from '../support/project.js';
import { recipesOf } from '../support/recipes.js';

const english = recipesOf('docs/testing.md');
let user: Project;

beforeAll(async () => {
  user = await project();
  for (const { name, code } of english.files) user.write(name, code);
});
afterAll(() => user[Symbol.asyncDispose]());

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
