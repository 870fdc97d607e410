/** What the console gives to copy is what the README says. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RECIPES, snippetsFor } from '../../src/control/snippets.js';

const README = readFileSync('README.md', 'utf8');

test.each(RECIPES)('$name is the recipe of the README', ({ name, language, code }) => {
  const section = README.slice(README.indexOf(`### ${name}\n`));
  const [, recipe] = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(section)!;
  expect(code).toBe(recipe);
});

test('each has the address and the key of the client in place of what the README says', () => {
  const client = { host: '127.0.0.1:1', accessKeyId: 'LTAImockA', accessKeySecret: 'secret' };
  for (const { code } of snippetsFor(client)) {
    expect(code).toContain('127.0.0.1:1');
    expect(code).toContain('LTAImockA');
    expect(code).not.toMatch(/127\.0\.0\.1:4520|LTAImockDefault|cloudauth-mock-secret/);
  }
});
