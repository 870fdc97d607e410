/** Scenarios named at the start: those that come with the package by name, others by file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPath } from '../config/readers.js';
import type { Lang, Text } from '../platform/language.js';
import { lazy } from '../platform/lazy.js';
import { didYouMean } from '../platform/nearest.js';
import { allReady, versions } from '../products/index.js';
import type { Engine } from './engine.js';
import type { Rule } from './rule.js';

/** What reads scenario files; with it comes YAML. */
export const scenarioReader = lazy(
  () => import('./reader.js'),
  async (reader) => {
    // rules are checked against what operations can do
    await allReady();
    return reader;
  },
);

/** Beside `dist/` in the package, beside `src/` in the sources: found by going up. */
export function scenariosFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'scenarios', 'schema.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return join(folder, 'scenarios');
}

/** `not-finished`, `saf/Z1146` … */
export function scenarioNames(): string[] {
  const folder = scenariosFolder();
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length).replaceAll('\\', '/'))
    .sort();
}

/** Those that come with the package, with what the file of each says of it; where that lacks a language, nothing. */
export function bundledScenarios(): ReadonlyMap<string, Text> {
  const said = (yaml: string, lang: Lang) => new RegExp(`^ {2}${lang}: "?(.*?)"?$`, 'm').exec(yaml)?.[1] ?? '';
  bundled ??= new Map(
    scenarioNames().map((name) => {
      const yaml = readFileSync(scenarioFile(name), 'utf8');
      return [name, { en: said(yaml, 'en'), zh: said(yaml, 'zh') }];
    }),
  );
  return bundled;
}
let bundled: ReadonlyMap<string, Text> | undefined;

export function scenarioFile(nameOrFile: string): string {
  const named = join(scenariosFolder(), `${nameOrFile}.yaml`);
  return /\.(ya?ml|json)$/.test(nameOrFile) || !existsSync(named) ? nameOrFile : named;
}

/** @returns the rules now in force. @throws ScenarioError with what is wrong and where, or what may have been meant */
export async function loadScenarios(engine: Engine, names: readonly string[]): Promise<readonly Rule[]> {
  if (names.length === 0) return [];
  const rules = await readScenarios(names, true);
  engine.setHouseRules(rules);
  return rules;
}

/** The rules of all of them, in the order given. @param atStart nobody is served yet */
export async function readScenarios(names: readonly string[], atStart = false): Promise<Rule[]> {
  const { readScenarioFile, ScenarioError } = await scenarioReader();
  const rules: Rule[] = [];
  for (const name of names) {
    const file = scenarioFile(name);
    if (!existsSync(file))
      throw new ScenarioError(
        isPath(name)
          ? `there is no file '${name}'; give one that is there, or the name of a scenario that comes with the package`
          : `no scenario '${name}'${didYouMean(name, scenarioNames(), '“cloudauth-mock scenarios” lists them; the name of a file ends in .yaml, .yml or .json')}`,
      );
    rules.push(...(await readScenarioFile(file, versions, name, atStart)));
  }
  return rules;
}
