/** The stylesheets of the console's views are one: a rule of one view must not reach into another. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FOLDER = 'src/pages/browser/console';
const views = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** Words in `class` of what is drawn. */
function classesOf(folder: string): Set<string> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.tsx'));
  const given = files.flatMap(
    (name) => readFileSync(join(folder, name), 'utf8').match(/class=("[^"]*"|\{[^}]*\})/g) ?? [],
  );
  return new Set(given.join(' ').match(/[\w-]+/g));
}

/** Selectors that hang on classes alone, each with those it needs. */
function selectorsOf(folder: string): (readonly [selector: string, classes: readonly string[]])[] {
  const css = readFileSync(join(folder, 'style.css'), 'utf8').replace(/\/\*.*?\*\//gs, '');
  return [...css.matchAll(/([^{}@;]+)\{/g)]
    .flatMap(([, list]) => list!.split(','))
    .map((selector) => [selector.trim(), (selector.match(/\.[\w-]+/g) ?? []).map((name) => name.slice(1))] as const)
    .filter(([, classes]) => classes.length > 0);
}

test.each(views.map(({ name }) => name))('%s has no class of its style in common with another view', (name) => {
  const others = [FOLDER, ...views.filter((view) => view.name !== name).map((view) => join(FOLDER, view.name))];
  const found = selectorsOf(join(FOLDER, name)).flatMap(([selector, classes]) =>
    others
      .filter((other) => classes.every((each) => classesOf(other).has(each)))
      .map((other) => `${selector} in ${other}`),
  );
  expect(found).toEqual([]);
});
