import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'));
const texts = new Map(files.map((file) => [file, readFileSync(join('src', file), 'utf8')]));
const source = (file: string) => texts.get(file)!;

/** Every file a file names: by value, by type alone, and on demand. */
const imports = (file: string): string[] =>
  [...source(file).matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)'(\.[^']*)\.js'/g)].map(
    ([, path]) => `${normalize(join(dirname(file), path!))}.ts`,
  );

/** From the inside out: a folder may know those before it, never those after it. docs/architecture.md says what each holds. */
const FOLDERS = [
  ...['platform', 'verification', 'store', 'gateway', 'config', 'oss', 'outgoing', 'media', 'products', 'scenarios'],
  ...['config-file', 'control', 'pages', 'admin', 'detective', 'tls', 'http', 'proxy', 'emulator', 'embed', 'cli'],
];
/** What the package exports; nothing else lies at the root. */
const ENTRY_POINTS = ['index.ts', 'msw.ts', 'playwright.ts', 'register.ts', 'vitest.ts'];
const folderOf = (file: string) => (file.includes('/') ? FOLDERS.indexOf(file.split('/')[0]!) : FOLDERS.length);

test('the folders of src are those of the architecture, and entry points alone lie at its root', () => {
  const found = new Set(files.map((file) => file.split('/')[0]!));
  expect([...found].sort()).toEqual([...FOLDERS, ...ENTRY_POINTS].sort());
});

test.each(files)('%s knows only what is further in', (file) => {
  expect(imports(file).filter((target) => !texts.has(target) || folderOf(target) > folderOf(file))).toEqual([]);
});

test('no files depend on each other in a circle', () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const follow = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (done.has(file) || path.includes(file)) return;
    for (const target of imports(file)) follow(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) follow(file, []);
  expect(circles).toEqual([]);
});

test('no file is longer than 250 lines', () => {
  expect(files.filter((file) => source(file).split('\n').length > 251)).toEqual([]);
});

const OWNERS: readonly [what: string, pattern: RegExp, owners: RegExp][] = [
  ['the machine’s clock', /Date\.now\(|new Date\(\)|performance\.now/, /^platform\/clock\.ts$/],
  ['randomness', /Math\.random\(|randomUUID|randomBytes|nanoid/, /^platform\/ids\.ts$/],
  ['fast-xml-parser', /'fast-xml-parser'/, /^(gateway\/render|oss\/xml-body)\.ts$/],
  ['@peculiar', /'@peculiar\//, /^tls\/certificate\.ts$/],
  ['ipaddr.js', /'ipaddr\.js'/, /^outgoing\/way-out\.ts$/],
  [
    'a driver of SQLite',
    /createRequire|\b(from |import\(|require\()'(better-sqlite3|node-sqlite3-wasm)/,
    /^store\/drivers\/(better-sqlite3|node-sqlite3-wasm)\.ts$/,
  ],
  ['pg', /\b(from |import\()'pg'/, /^store\/postgres\/sessions\.ts$/],
  ['@hono/node-server', /'@hono\/node-server/, /^http\/server\.ts$/],
  ['SQL', /\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/, /^store\//],
  ['hono', /from 'hono/, /^(http\/routes|admin\/.*|pages\/.*)\.ts$/],
  // code to copy
  ['console', /console\./, /^control\/snippets\.ts$/],
];

test.each(OWNERS)('%s is used in one place only', (_what, pattern, owners) => {
  expect(files.filter((file) => pattern.test(source(file)) && !owners.test(file))).toEqual([]);
});
