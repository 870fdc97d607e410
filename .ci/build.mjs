// Bundles our sources, and the packages they load, into a few files that plain `node` runs: finding and reading some
// thirty files of hono and nanoid took a seventh of a start. Types come from tsc.
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { commonJs, commonJsTypes } from './commonjs.mjs';
import { loadOnDemand } from './on-demand.mjs';
import { joinShared } from './one-file.mjs';
import { forEsbuild, noticeOf, packagesInPages, packagesOf } from './page-scripts.mjs';
import { writeSbom } from './sbom.mjs';
import { distInputs, hash } from './stamp.mjs';

const stamp = hash(distInputs());
rmSync('dist', { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: {
    ...{ cli: 'src/cli/main.ts', index: 'src/index.ts', msw: 'src/msw.ts', lazy: 'src/platform/lazy.ts' },
    ...{ thread: 'src/embed/thread.ts', vitest: 'src/vitest.ts', playwright: 'src/playwright.ts' },
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  // CommonJS that only downloads and app packages need, and what users bring
  external: ['ipaddr.js', 'jiti', 'msw', 'pg', 'vitest', 'yauzl'],
  // what it offers to Node is CommonJS
  alias: { yaml: resolve('node_modules/yaml/browser/dist/index.js') },
  plugins: [
    forEsbuild,
    {
      // stays one file under its own name: the others load by it
      name: 'lazy',
      setup: ({ onResolve }) =>
        onResolve({ filter: /\/platform\/lazy\.js$/ }, () => ({ path: './lazy.js', external: true })),
    },
  ],
  metafile: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
});

loadOnDemand(metafile.outputs, ['cli.js', 'index.js', 'msw.js', 'thread.js', 'vitest.js', 'playwright.js', 'lazy.js']);

// what is loaded by Node or Jest before or without the rest: `node -r` and `node --import` alike, and handlers for the user's msw
const before = await build({
  metafile: true,
  entryPoints: ['src/register.ts', 'src/msw.ts'],
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  external: ['msw'],
  define: { 'import.meta.dirname': '__dirname' },
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  logLevel: 'warning',
});

const joined = new Map();
for (const [into, entries, kept] of [
  ['core.js', ['cli.js', 'index.js'], ['lazy.js']],
  ['command.js', ['cli.js'], ['lazy.js', 'core.js']],
]) {
  for (const file of await joinShared(into, metafile.outputs, entries, kept))
    joined.set(`dist/${file}`, `dist/${into}`);
}

// V8 keeps the text of a file as long as its code, and one character that is not ASCII makes each take two bytes. esbuild
// leaves them in comments and regular expressions
for (const name of readdirSync('dist').filter((file) => file.endsWith('.js'))) {
  const text = readFileSync(`dist/${name}`, 'utf8');
  const plain = text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  if (plain !== text) writeFileSync(`dist/${name}`, plain);
}

// contracts of operations without behaviour, which src/products/sampled.ts reads from beside itself
for (const name of readdirSync('src/products', { recursive: true }))
  if (name.endsWith('.json')) cpSync(`src/products/${name}`, `dist/${name}`);

// their licences ask for their notices in every copy
const notices = new Map();
for (const [file, { inputs }] of Object.entries(metafile.outputs)) {
  const holder = joined.get(file) ?? file;
  notices.set(holder, new Set([...(notices.get(holder) ?? []), ...packagesOf(Object.keys(inputs))]));
}
for (const [file, names] of notices) {
  for (const name of names) appendFileSync(file, noticeOf(name));
}

const outputs = [metafile, before.metafile].flatMap(({ outputs }) => Object.values(outputs));
const inputs = outputs.flatMap(({ inputs }) => Object.keys(inputs));
writeSbom(new Set([...packagesOf(inputs), ...packagesInPages]));

for (const name of ['index', 'playwright']) await commonJs(name);
commonJsTypes();

if (process.argv.includes('--types-later')) {
  // who starts the emulator need not wait for declarations: they are there some seconds later
  spawn(process.execPath, ['.ci/types.mjs'], { detached: true, stdio: 'ignore', windowsHide: true }).unref();
} else {
  const types = spawnSync(process.execPath, ['.ci/types.mjs'], { stdio: 'inherit' });
  if (types.status !== 0) process.exit(1);
}
writeFileSync('dist/.stamp', stamp);
