// What both the command and the library need at once lies in one file, core.js, and what the command alone needs in another:
// esbuild cuts it into as many files as there are sets of parts that share something, and finding and reading each takes a
// millisecond of a start.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { IMPORT } from './on-demand.mjs';

/**
 * @param into name of the file it makes
 * @param outputs of esbuild's metafile @param entries every one of them needs all of what is joined
 * @param kept names of files that stay by themselves
 * @returns names of the files that are no more
 */
export async function joinShared(into, outputs, entries, kept) {
  const files = Object.keys(outputs).filter((file) => file.endsWith('.js') && existsSync(file));
  const texts = new Map(files.map((file) => [file.slice('dist/'.length), readFileSync(file, 'utf8')]));
  const reached = (file, seen) => {
    if (seen.has(file) || kept.includes(file)) return seen;
    seen.add(file);
    for (const [, , imported] of texts.get(file).matchAll(IMPORT)) reached(imported, seen);
    return seen;
  };
  const [first, ...others] = entries.map((entry) => reached(entry, new Set()));
  const joined = [...first].filter((file) => !entries.includes(file) && others.every((seen) => seen.has(file)));

  // two files may export one name
  const prefix = new Map(joined.map((file, index) => [file, `c${index}_`]));
  const contents = joined.map((file) => {
    const names = outputs[`dist/${file}`].exports.map((name) => `${name} as ${prefix.get(file)}${name}`);
    return `export {${names.join(', ')}} from "./${file}";`;
  });
  await build({
    stdin: { contents: contents.join('\n'), resolveDir: 'dist' },
    outfile: `dist/${into}`,
    bundle: true,
    packages: 'external',
    external: kept.map((file) => `./${file}`),
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });

  for (const [file, text] of texts) {
    if (prefix.has(file)) continue;
    const renamed = text.replace(IMPORT, (statement, names, imported) => {
      const own = prefix.get(imported);
      if (own === undefined) return statement;
      if (names === undefined) return `import "./${into}";`;
      return `import {${names.replace(/([\w$]+)( as [\w$]+)?/g, (_, name, as) => `${own}${name}${as ?? ` as ${name}`}`)}} from "./${into}";`;
    });
    if (renamed !== text) writeFileSync(`dist/${file}`, renamed);
  }
  for (const file of joined) rmSync(`dist/${file}`);
  return joined;
}
