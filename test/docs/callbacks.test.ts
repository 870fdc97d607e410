/** docs/callbacks.md in both languages: its example is run as it stands. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { examplesOf, likeText } from '../support/doc-examples.js';
import { project } from '../support/project.js';

const PAGES = ['docs/callbacks.md', 'docs/callbacks.zh-CN.md'];

test.each(PAGES)('the example of %s answers what stands below it', async (page) => {
  await using user = await project();
  const [example, ...more] = examplesOf(page);
  const output = await user.run(example!.language, example!.code);
  expect([output.trimEnd(), more]).toEqual([likeText(example!.answer), []]);
});

test('both pages have the same headings, tables and code', () => {
  const shape = (page: string) => {
    const text = readFileSync(page, 'utf8');
    return [text.match(/^#+ /gm), text.match(/^\|/gm)?.length, text.match(/^- /gm)?.length, examplesOf(page)];
  };
  expect(shape(PAGES[1]!)).toEqual(shape(PAGES[0]!));
});
