/** docs/flows/uploads.md in both languages. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('both languages have the same headings, tables and code', () => {
  const shape = (file: string) => {
    const text = readFileSync(file, 'utf8');
    return [text.match(/^(#+|\|)/gm), text.match(/^```[\s\S]*?^```/gm)];
  };
  expect(shape('docs/flows/uploads.zh-CN.md')).toEqual(shape('docs/flows/uploads.md'));
});
