/** Checkers that `test/runners` holds, and what they say of a text: nothing where it is right. */
import { execFile } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { scratch } from './child.js';

const RUNNERS = resolve('test/runners');
export const runner = createRequire(join(RUNNERS, 'package.json'));
export const inRunners = (path: string): string => join(RUNNERS, 'node_modules', path);
export const importRunner = (path: string) => import(pathToFileURL(inRunners(path)).href);

/** @param schema of draft 7 or 2019-09; published ones have formats and keywords of their own, which are let be */
export function schemaErrors(schema: Record<string, unknown>, value: unknown): readonly string[] {
  const { $schema, ...rest } = schema;
  const Ajv = runner(String($schema).includes('draft-07') ? 'ajv' : 'ajv/dist/2019').default;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false }).removeKeyword('id');
  const validate = ajv.compile(rest);
  validate(value);
  const errors: { instancePath: string; message: string }[] = validate.errors ?? [];
  return errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const STRICT = [
  '--noEmit',
  '--strict',
  '--skipLibCheck',
  '--module',
  'nodenext',
  '--types',
  'node',
  '--pretty',
  'false',
];

/** @param source a module that imports what `test/runners` has */
export async function typeErrors(source: string): Promise<readonly string[]> {
  await using folder = await scratch();
  writeFileSync(join(folder.path, 'module.mts'), source);
  symlinkSync(inRunners(''), join(folder.path, 'node_modules'));
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const said = await promisify(execFile)(process.execPath, [tsc, ...STRICT, 'module.mts'], { cwd: folder.path }).then(
    () => '',
    ({ stdout, stderr }) => stdout + stderr,
  );
  return said.split('\n').filter(Boolean);
}

/** @param language what @lezer has a grammar for. @returns what stands where it stops to understand */
export function syntaxErrors(language: 'go' | 'java', source: string): readonly string[] {
  const found: string[] = [];
  runner(`@lezer/${language}`)
    .parser.parse(source)
    .iterate({
      enter({ type, from }: { type: { isError: boolean }; from: number }) {
        if (type.isError) found.push(source.slice(from).split('\n')[0]!);
      },
    });
  return found;
}
