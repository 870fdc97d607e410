/** Words for shells and for variables that hold options: read back by what reads them, where it is here. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cmdWord, javaWord, nodeWord, posixWord, wordsOf } from '../../src/platform/shell.js';

const ODD = [
  '',
  'plain',
  'a b',
  "it's",
  'say "so"',
  'a\\b c',
  '$HOME `id` !x',
  '=ls',
  '*.*',
  '~',
  '张三',
  'a\nb',
  '#x',
  '{a,b}',
];

test.each(ODD)('sh reads %j as one word, as it was', (text) => {
  expect(execFileSync('sh', ['-c', `printf '<%s>' ${posixWord(text)}`], { encoding: 'utf8' })).toBe(`<${text}>`);
});

test.each(['plain.cjs', 'a b.cjs', `"it's".cjs`, 'back\\slash.cjs'])('Node requires %j of its NODE_OPTIONS', (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'cloudauth-mock-'));
  try {
    const file = join(folder, name);
    writeFileSync(file, "process.stdout.write('required ')");
    const env = { ...process.env, NODE_OPTIONS: `--require ${nodeWord(file)}` };
    expect(execFileSync(process.execPath, ['-p', '1'], { env, encoding: 'utf8' })).toBe('required 1\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// as the documents of cmd.exe and CommandLineToArgvW have it
test.each([
  ['npm', 'npm'],
  ['C:\\tools\\', 'C:\\tools\\'],
  ['', '""'],
  ['a b', '"a b"'],
  ['a&b|c', '"a&b|c"'],
  ['C:\\Program Files\\', '"C:\\Program Files\\\\"'],
  ['say "so"', '^"say^ \\^"so\\^"^"'],
  ['a\\"b', '^"a\\\\\\^"b^"'],
  ['100%', '^"100^%^"'],
])('for cmd.exe %j is %s', (text, word) => {
  expect(cmdWord(text)).toBe(word);
});

// as Arguments::parse_options_buffer of HotSpot reads it
test.each([
  ['C:\\Users\\a\\store.p12', 'C:\\Users\\a\\store.p12'],
  ['/home/a b/store.p12', '"/home/a b/store.p12"'],
  ["/home/it's/store.p12", '"/home/it\'s/store.p12"'],
  ['/home/"a"/store.p12', `"/home/"'"'"a"'"'"/store.p12"`],
])('for JAVA_TOOL_OPTIONS %j is %s', (text, word) => {
  expect(javaWord(text)).toBe(word);
});

test('people type into cmd.exe on Windows, and into a POSIX shell elsewhere', () => {
  expect(['win32', 'darwin', 'linux'].map((platform) => wordsOf(platform as NodeJS.Platform)("a'b"))).toEqual([
    `"a'b"`,
    `'a'\\''b'`,
    `'a'\\''b'`,
  ]);
});
