// Bundles our sources, and the small packages every start needs, into a few files that plain `node` runs: finding and
// reading some thirty files of hono and nanoid took a seventh of a start. Types come from tsc.
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { distInputs, hash } from './stamp.mjs';

const stamp = hash(distInputs());
rmSync('dist', { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { cli: 'src/cli/main.ts', index: 'src/index.ts', msw: 'src/msw.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  // what only XML, scenarios, downloads or packages need (ipaddr.js, yaml and yauzl are CommonJS: bundled, they would make
  // every start load one file more), and what users bring
  external: ['fast-xml-parser', 'ipaddr.js', 'msw', 'yaml', 'yauzl', 'zod'],
  metafile: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
});

// their licences ask for their notices in every copy
for (const [file, { inputs }] of Object.entries(metafile.outputs)) {
  const packages = Object.keys(inputs).map((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
  for (const name of new Set(packages.filter(Boolean))) {
    appendFileSync(file, `\n/*! ${name}\n\n${readFileSync(`node_modules/${name}/LICENSE`, 'utf8')}*/\n`);
  }
}
const types = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
if (types.status === 0) writeFileSync('dist/.stamp', stamp);
process.exit(types.status ?? 1);
