// Files of the bundle that are loaded on demand are loaded by load() of src/platform/lazy.ts, also where another such file
// imports them: Node 20 keeps a failed import for ever, with everything that imports it, and load() can try again.
import { readFileSync, writeFileSync } from 'node:fs';

/** Of another file of the bundle, as esbuild writes it. */
export const IMPORT = /^import (?:\{([^}]*)\} from )?"\.\/([\w-]+\.js)";/gm;
const ON_DEMAND = /\bimport\(("\.\/[\w-]+\.js")\)/g;

/** @param outputs of esbuild's metafile @param entries names of the files that others start with */
export function loadOnDemand(outputs, entries) {
  const files = Object.keys(outputs).filter((file) => file.endsWith('.js'));
  const nameOf = (file) => file.slice('dist/'.length);
  // every entry imports the file of esbuild's own helpers, used or not: one more to read at each start
  const helpers = files.filter((file) => Object.keys(outputs[file].inputs).length === 0).map(nameOf);
  const unused = (statement, names, file) => (!names && helpers.includes(file) ? '' : statement);
  const texts = new Map(files.map((file) => [nameOf(file), readFileSync(file, 'utf8').replace(IMPORT, unused)]));

  const atStart = new Set();
  const follow = (file) => {
    if (atStart.has(file)) return;
    atStart.add(file);
    for (const [, , imported] of texts.get(file).matchAll(IMPORT)) follow(imported);
  };
  entries.forEach(follow);

  for (const [file, text] of texts) {
    const loading = text.replace(ON_DEMAND, 'loadFile($1)').replace(IMPORT, (statement, names, imported) => {
      if (atStart.has(imported)) return statement;
      const loaded = `await loadFile("./${imported}");`;
      return names === undefined ? loaded : `const {${names.replaceAll(' as ', ': ')}} = ${loaded}`;
    });
    const more = loading === text ? '' : '\nimport { load as loadFile } from "./lazy.js";\n';
    writeFileSync(`dist/${file}`, loading + more);
  }
}
