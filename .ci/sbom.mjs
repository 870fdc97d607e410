// What is in the package and what an install of it brings, as CycloneDX: dist/sbom.cdx.json. `npm sbom --omit dev` knows
// nothing of what the build bundles, for here these are development dependencies, and nothing of better-sqlite3, which is one
// of those too. The same sources and lock give the same file: it has no time and no number of its own.
//   node .ci/sbom.mjs < SBOM    compares another list with it: each of that has to be in ours
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'dist/sbom.cdx.json';
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** @param bundled folders below node_modules, as packagesOf names them */
export function writeSbom(bundled) {
  const { packages } = read('package-lock.json');
  const { name, version, license } = read('package.json');
  const root = purlOf(name, version);
  const found = installed(packages);
  for (const folder of bundled) found.set(`node_modules/${folder}`, 'bundled');
  const components = [...found].map(([place, how]) => componentOf(place, packages[place], how));
  const sorted = components.sort((a, b) => (a.purl < b.purl ? -1 : 1));
  const sbom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: { type: 'application', 'bom-ref': root, name, version, purl: root, licenses: licensesOf(license) },
    },
    components: sorted,
  };
  writeFileSync(FILE, `${JSON.stringify(sbom, null, 1)}\n`);
}

/** As Node finds packages: in the nearest node_modules that has one of that name. @returns each place and whether it is needed */
function installed(packages) {
  const found = new Map();
  const follow = (from, { dependencies = {}, optionalDependencies = {} }, isOptional) => {
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = placeOf(packages, from, name);
      const how = isOptional || name in optionalDependencies ? 'optional' : 'required';
      if (found.get(place) === how || found.get(place) === 'required') continue;
      found.set(place, how);
      follow(place, packages[place], how === 'optional');
    }
  };
  follow('', packages[''], false);
  return found;
}

function placeOf(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    const place = `${at && `${at}/`}node_modules/${name}`;
    if (packages[place]) return place;
    if (at === '') throw new Error(`${name}, which ${from || 'the package'} needs, is not in package-lock.json`);
  }
}

function componentOf(place, { name = place.split('node_modules/').at(-1), version, license, integrity = '' }, how) {
  const purl = purlOf(name, version);
  const [, sha512] = /^sha512-(\S+)/.exec(integrity) ?? [];
  return {
    type: 'library',
    'bom-ref': purl,
    name,
    version,
    scope: how === 'optional' ? 'optional' : 'required',
    purl,
    licenses: licensesOf(license ?? read(`${place}/package.json`).license),
    ...(sha512 && { hashes: [{ alg: 'SHA-512', content: Buffer.from(sha512, 'base64').toString('hex') }] }),
    // in these files themselves, and not installed beside them
    ...(how === 'bundled' && { properties: [{ name: 'cdx:npm:package:bundled', value: 'true' }] }),
  };
}

const purlOf = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** An SPDX id, or an expression of several. */
function licensesOf(license) {
  if (typeof license !== 'string') throw new Error(`no license is known: ${JSON.stringify(license)}`);
  return [/[ (]/.test(license) ? { expression: license } : { license: { id: license } }];
}

if (import.meta.filename === process.argv[1]) {
  const ours = new Set(read(FILE).components.map(({ purl }) => purl));
  const missing = JSON.parse(readFileSync(0, 'utf8')).components.filter(({ purl }) => !ours.has(purl));
  for (const { purl } of missing) console.error(`${purl} is not in ${FILE}`);
  process.exitCode = missing.length > 0 ? 1 : 0;
}
