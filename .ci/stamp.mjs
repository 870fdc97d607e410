// What `dist` is built from, as one number: it says whether a build is still that of these sources.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';

const DIST_STAMP = 'dist/.stamp';

export const hash = (files) => {
  const sum = createHash('sha256');
  for (const file of files) sum.update(file).update(readFileSync(file));
  return sum.digest('hex');
};

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => `${folder}/${name}`)
    .filter((name) => statSync(name).isFile())
    .sort();

export const distInputs = () => [
  ...filesBelow('src'),
  ...[
    'package.json',
    'package-lock.json',
    '.ci/build.mjs',
    '.ci/commonjs.mjs',
    '.ci/on-demand.mjs',
    '.ci/one-file.mjs',
    '.ci/page-scripts.mjs',
    '.ci/sbom.mjs',
    '.ci/types.mjs',
    'tsconfig.json',
    'tsconfig.build.json',
  ],
];

export const isDistFresh = () => existsSync(DIST_STAMP) && readFileSync(DIST_STAMP, 'utf8') === hash(distInputs());
