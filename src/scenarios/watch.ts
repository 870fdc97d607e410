/** `--watch`: reads the scenario files again when they change. What has not changed keeps its counters, and state is left alone. */
import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { maskIdNumbers } from '../platform/redact.js';
import type { Engine } from './engine.js';
import { readScenarios, scenarioFile } from './load.js';
import { successorsOf } from './lookup.js';
import type { Rule } from './rule.js';

export interface Watching {
  close(): void;
}

/** An editor writes a file in several steps. */
const SETTLED_MS = 80;

/** @param names as given to `--scenario` @param rules what they held when they were loaded */
export function watchScenarios(
  engine: Engine,
  names: readonly string[],
  rules: readonly Rule[],
  say: { info(message: string): void; warn(message: string): void },
): Watching {
  const files = names.map(scenarioFile);
  let current = rules;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const reload = async () => {
    try {
      const next = await readScenarios(names);
      if (closed) return;
      const changes = differences(current, next);
      current = next;
      engine.setHouseRules(next);
      if (changes) say.info(`scenarios reloaded: ${changes}`);
    } catch (error) {
      // the line that is wrong may hold a number
      say.warn(maskIdNumbers(`scenarios left as they were: ${(error as Error).message}`));
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(reload, SETTLED_MS);
  };
  // the folder, because many editors put a new file in the place of the old one
  const watchers = [...new Set(files.map(dirname))].map((folder): FSWatcher => {
    const ours = new Set(files.filter((file) => dirname(file) === folder).map((file) => basename(file)));
    return watch(folder, (_event, name) => {
      if (name === null || ours.has(name)) later();
    }).on('error', (error) => say.warn(`scenarios are watched no longer: ${error.message}`));
  });
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** `1 added (a.yaml#2), 1 removed (a.yaml#3)`; empty when nothing is different. */
function differences(before: readonly Rule[], after: readonly Rule[]): string {
  const successors = successorsOf(before, after);
  const kept = new Set(successors.values());
  const gone = new Set(before.filter((rule) => !successors.has(rule)).map(({ name }) => name));
  const come = new Set(after.filter((rule) => !kept.has(rule)).map(({ name }) => name));
  const say = (what: string, names: readonly string[]) =>
    names.length > 0 ? [`${names.length} ${what} (${names.join(', ')})`] : [];
  return [
    ...say(
      'added',
      [...come].filter((name) => !gone.has(name)),
    ),
    ...say(
      'removed',
      [...gone].filter((name) => !come.has(name)),
    ),
    ...say(
      'changed',
      [...come].filter((name) => gone.has(name)),
    ),
  ].join(', ');
}
