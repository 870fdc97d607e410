// `npm run fuzz`: hostile calls by the hundred thousand. Bundles the generator, which is TypeScript, and runs it against dist.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

process.chdir(new URL('../..', import.meta.url).pathname);
const prepared = spawnSync(process.execPath, ['.ci/prepare.mjs'], { stdio: ['ignore', 2, 2] });
if (prepared.status !== 0) process.exit(1);
const folder = 'node_modules/.cache/cloudauth-mock';
mkdirSync(folder, { recursive: true });
// contracts that are data lie beside what reads them
cpSync('src/products', folder, {
  recursive: true,
  filter: (path) => path.endsWith('.json') || statSync(path).isDirectory(),
});
const outfile = `${folder}/fuzz.mjs`;
await build({
  entryPoints: ['test/hostile/run.ts'],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
  plugins: [
    {
      // the emulator is the one that is built
      name: 'dist',
      setup: ({ onResolve }) =>
        onResolve({ filter: /\/src\/index\.js$/ }, () => ({
          path: pathToFileURL(resolve('dist/index.js')).href,
          external: true,
        })),
    },
  ],
});
const child = spawn(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' });
child.on('exit', (code, signal) => process.exit(signal ? 3 : (code ?? 3)));
