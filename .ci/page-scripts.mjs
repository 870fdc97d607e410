// What runs in a browser (src/pages/browser) is TypeScript here and a text where it is served: one file without imports.
// `import text from './file.ts?script'` gives that text, the same in the bundle (by esbuild) and in tests (by vite): in the
// JavaScript of 2018, which engines since then read. `?app` is for what testers open in a browser of today: small, with what
// it takes of packages; also a stylesheet.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { build } from 'esbuild';

const SUFFIX = /\?(script|app)$/;
/** With a NUL, as vite asks of what is no file. */
const VITE_PREFIX = '\0page-script:';

const FORMS = {
  script: { format: 'iife', target: 'es2018' },
  app: {
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  },
};

/** The text that is served. @param file a path on this machine @param form `script` or `app` */
export async function pageScript(file, form) {
  const { outputFiles, metafile } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    charset: 'utf8',
    logLevel: 'warning',
    metafile: true,
    ...FORMS[form],
  });
  const packages = packagesOf(Object.keys(metafile.inputs));
  for (const one of packages) packagesInPages.add(one);
  return outputFiles[0].text + packages.map(noticeOf).join('');
}

const formOf = (id) => SUFFIX.exec(id)?.[1];
const withoutForm = (id) => id.replace(SUFFIX, '');

export const forEsbuild = {
  name: 'page-scripts',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: SUFFIX }, ({ path, resolveDir }) => ({
      path: relative('', resolve(resolveDir, withoutForm(path))),
      namespace: `page-${formOf(path)}`,
    }));
    onLoad({ filter: /./, namespace: 'page-script' }, async ({ path }) => textOf(path, 'script'));
    onLoad({ filter: /./, namespace: 'page-app' }, async ({ path }) => textOf(path, 'app'));
  },
};

const textOf = async (path, form) => ({ contents: await pageScript(path, form), loader: 'text' });

export const forVite = {
  name: 'page-scripts',
  enforce: 'pre',
  // vite would read what ends with .css itself
  resolveId: (id, importer) =>
    formOf(id) && importer
      ? `${VITE_PREFIX}${formOf(id)}:${resolve(dirname(importer), withoutForm(id))}.js`
      : undefined,
  async load(id) {
    if (!id.startsWith(VITE_PREFIX)) return undefined;
    const [, form, file] = /^(script|app):(.*)\.js$/s.exec(id.slice(VITE_PREFIX.length));
    return `export default ${JSON.stringify(await pageScript(file, form))};`;
  },
};

// licences ask for their notices in every copy

const PACKAGE = /(?:^|\/)node_modules\/((?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//;

/**
 * @param inputs names of files, as esbuild's metafile lists them
 * @returns folders below node_modules of the packages among them: the name of each, or of one in another `a/node_modules/b`
 */
export const packagesOf = (inputs) => [...new Set(inputs.map((input) => PACKAGE.exec(input)?.[1]).filter(Boolean))];

/** Packages that are in what was made so far. */
export const packagesInPages = new Set();

export const noticeOf = (name) => `\n/*! ${name}\n\n${notice(`node_modules/${name}`)}*/\n`;

/** One of them has no file for it. */
function notice(folder) {
  if (existsSync(`${folder}/LICENSE`)) return readFileSync(`${folder}/LICENSE`, 'utf8');
  const { license, author } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  return `${license}, ${author}\n`;
}
