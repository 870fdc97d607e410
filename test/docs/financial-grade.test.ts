/** docs/flows/financial-grade.md in both languages: each example is run as it stands, and its tables are what there is. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { choices } from '../../src/pages/certify/screens.js';
import { faceErrors } from '../../src/products/cloudauth/2019-03-07/face-errors.js';
import { subCodes } from '../../src/products/cloudauth/financial-grade.js';
import { type Emulator, startCli } from '../support/child.js';
import { examplesOf, likeText } from '../support/doc-examples.js';
import { type Project, project } from '../support/project.js';

const PAGES = ['docs/flows/financial-grade.md', 'docs/flows/financial-grade.zh-CN.md'] as const;
const read = (page: string): string => readFileSync(page, 'utf8');
const here = (code: string, port: number) => code.replaceAll('127.0.0.1:4520', `127.0.0.1:${port}`);

describe.each(PAGES)('%s', (page) => {
  let emulator: Emulator;
  let user: Project;
  beforeAll(async () => {
    emulator = await startCli(['--log', 'silent']);
    user = await project();
  });
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
    await user[Symbol.asyncDispose]();
  });

  test.each(examplesOf(page))('$code', async ({ language, code, answer }) => {
    expect((await user.run(language, here(code, emulator.port))).trimEnd()).toEqual(likeText(answer));
  });

  test('every block a reader could run has its answer', () => {
    expect(examplesOf(page).length).toBe(read(page).match(/^```(?:bash|js)$/gm)?.length);
  });

  test('every SubCode, every Code and every word of &auto= is named', () => {
    const codes = [...read(page).matchAll(/(\d{3})(?:–(\d{3}))?/g)].flatMap(([, from, to = from]) =>
      Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => String(Number(from) + index)),
    );
    const known = [...Object.keys(subCodes), ...Object.keys(faceErrors)];
    expect(known.filter((code) => !codes.includes(code))).toEqual([]);
    const words = choices.map(([word]) => word).filter((word) => !(word in subCodes));
    expect(words.filter((word) => !read(page).includes(`\`${word}\``))).toEqual([]);
  });
});

test('both pages have the same headings, tables and code', () => {
  const shape = (page: string) => [
    read(page).match(/^#+ /gm),
    read(page).match(/^\|/gm)?.length,
    examplesOf(page).map(({ code, answer }) => [code.replace(/^\/\/ .*$/gm, ''), answer]),
  ];
  expect(shape(PAGES[1])).toEqual(shape(PAGES[0]));
});
