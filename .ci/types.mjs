// Declarations of what users can import, and of what those name; tsc writes them for all of src. After the build.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const IMPORTED = /(?:from|import\(?)\s*['"](\.[^'"]+)\.(c?)js['"]/g;
const DECLARATION = /\.d\.c?ts$/;

const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(1);

const reached = new Set();
function follow(file) {
  if (reached.has(file)) return;
  reached.add(file);
  for (const [, name, kind] of readFileSync(file, 'utf8').matchAll(IMPORTED)) {
    follow(resolve(dirname(file), `${name}.d.${kind}ts`));
  }
}
const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const typesOf = (entry) => (entry.types ? [entry.types] : Object.values(entry).flatMap(typesOf));
const modules = Object.values(exports).filter((entry) => typeof entry === 'object');
for (const file of modules.flatMap(typesOf)) follow(resolve(file));

const all = readdirSync('dist', { recursive: true }).map((name) => resolve('dist', name));
for (const file of all) if (DECLARATION.test(file) && !reached.has(file)) rmSync(file);
// the deepest first, so that a folder of empty folders goes too
for (const path of all.sort().reverse())
  if (existsSync(path) && statSync(path).isDirectory() && readdirSync(path).length === 0) rmdirSync(path);
