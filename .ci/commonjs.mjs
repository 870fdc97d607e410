// What `require('cloudauth-mock')` gets, and a test in Jest: the one build there is, which is ES modules, loaded by Node's
// own `require`. Jest puts its own in the place of `require`, `createRequire` and `process.getBuiltinModule`, and cannot load
// ES modules by them; what `vm` runs in the main context finds Node's.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const loader = (name) => `'use strict';
// written by .ci/commonjs.mjs
const { getBuiltinModule, version } = require('node:vm').runInThisContext('process');
try {
  module.exports = getBuiltinModule('node:module').createRequire(__filename)('./${name}.js');
} catch (error) {
  if (getBuiltinModule && error.code !== 'ERR_REQUIRE_ESM') throw error;
  throw new Error(
    "require('cloudauth-mock') needs Node 20.19, 22.12 or newer; this is " + version + ": there, await import('cloudauth-mock')",
  );
}
`;

/** @param name of a file in dist, whose exports become those of a CommonJS file beside it; both are one */
export async function commonJs(name) {
  writeFileSync(`dist/${name}.cjs`, loader(name));
  const module = `import('./${name}.js', { with: { 'resolution-mode': 'import' } })`;
  const values = Object.entries(await import(pathToFileURL(resolve(`dist/${name}.js`)).href)).map(([key, value]) => {
    const isClass = /^class\b/.test(String(value));
    const declared = `export declare const ${key}: typeof ${module}.${key};\n`;
    return isClass ? `${declared}export type ${key} = InstanceType<typeof ${key}>;\n` : declared;
  });
  const types = `export type * from './${name}.js' with { 'resolution-mode': 'import' };\n`;
  writeFileSync(`dist/${name}.d.cts`, types + values.join(''));
}

/** msw is the user's own, so what takes part in it is CommonJS through and through. */
export function commonJsTypes() {
  writeFileSync(
    'dist/msw.d.cts',
    `import type { RequestHandler } from 'msw';
import type { CloudauthMock } from './emulator/api.js' with { 'resolution-mode': 'import' };
/** @example setupServer(...handlers(createCloudauthMock())).listen() */
export declare const handlers: (mock: Pick<CloudauthMock, 'fetch'>) => RequestHandler[];
`,
  );
  writeFileSync('dist/register.d.cts', 'export {};\n');
}
