// What runs in a browser (src/pages/browser) is TypeScript here and a text where it is served: one file without imports, in
// the JavaScript of 2018, which engines since then read. `import text from './file.ts?script'` gives that text, the same in
// the bundle (by esbuild) and in tests (by vite).
import { dirname, relative, resolve } from 'node:path';
import { build } from 'esbuild';

const SUFFIX = '?script';
/** With a NUL, as vite asks of what is no file. */
const VITE_PREFIX = '\0page-script:';

/** The text that is served. @param file a path on this machine */
export async function pageScript(file) {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2018',
    charset: 'utf8',
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}

export const forEsbuild = {
  name: 'page-scripts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?script$/ }, ({ path, resolveDir }) => ({
      path: relative('', resolve(resolveDir, path.slice(0, -SUFFIX.length))),
      namespace: 'page-script',
    }));
    onLoad({ filter: /./, namespace: 'page-script' }, async ({ path }) => ({
      contents: await pageScript(path),
      loader: 'text',
    }));
  },
};

export const forVite = {
  name: 'page-scripts',
  enforce: 'pre',
  resolveId: (id, importer) =>
    id.endsWith(SUFFIX) && importer ? VITE_PREFIX + resolve(dirname(importer), id.slice(0, -SUFFIX.length)) : undefined,
  load: async (id) =>
    id.startsWith(VITE_PREFIX)
      ? `export default ${JSON.stringify(await pageScript(id.slice(VITE_PREFIX.length)))};`
      : undefined,
};
