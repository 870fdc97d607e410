/** Commands that print what the catalogue knows: test identities, documented errors, operations, scenarios. */
import { readFileSync } from 'node:fs';
import { errors, operations } from '../control/catalogue.js';
import { didYouMean } from '../platform/nearest.js';
import { versions } from '../products/index.js';
import { identities, pictures } from '../products/magic.js';
import { scenarioFile, scenarioNames } from '../scenarios/load.js';
import type { Call } from './command.js';
import { table } from './table.js';

/** @returns 0 */
export function listIdentities({ options, out }: Call): 0 {
  out(options('json').json ? `${JSON.stringify([...identities, ...pictures], null, 2)}\n` : identityTable());
  return 0;
}

/** The words are what an error's code, message or explanation holds, or an operation's name. @returns 0, also where nothing was found */
export function listErrors({ words, options, out }: Call): 0 {
  const query = words.join(' ');
  out(options('json').json ? `${JSON.stringify(errors(versions, query), null, 2)}\n` : errorList(query));
  return 0;
}

/** @returns 0 */
export function listOperations({ options, out }: Call): 0 {
  const all = operations(versions);
  out(
    options('json').json
      ? `${JSON.stringify(all, null, 2)}\n`
      : table([
          ['OPERATION', 'PARAMETERS', 'WHAT IT DOES'],
          ...all.map(({ operation, params, summary }) => [operation, params.join(' ') || '–', summary.en]),
        ]),
  );
  return 0;
}

/** @returns 0 */
export function listScenarios({ options, out }: Call): 0 {
  const all = scenarioNames().map((name) => ({
    name,
    does: /^ {2}en: "?(.*?)"?$/m.exec(readFileSync(scenarioFile(name), 'utf8'))?.[1] ?? '',
  }));
  out(
    options('json').json
      ? `${JSON.stringify(all, null, 2)}\n`
      : table([['SCENARIO', 'WHAT IT DOES'], ...all.map(({ name, does }) => [name, does])]),
  );
  return 0;
}

const identityTable = (): string =>
  table([
    ['NUMBER', 'NAME', 'WHAT IT DOES'],
    ...identities.map(({ number, name = '', meaning }) => [number, name, meaning]),
    ...pictures.map(({ picture, meaning }) => [picture, '', meaning]),
  ]);

function errorList(query: string): string {
  const all = operations(versions).length;
  const found = errors(versions, query);
  if (found.length === 0) {
    const known = [
      ...errors(versions).map(({ code }) => code),
      ...operations(versions).map(({ operation }) => operation),
    ];
    const names = known.flatMap((name) => [name, name.split('/').at(-1)!]);
    return `no documented error holds '${query}'${didYouMean(query, names)}\n`;
  }
  return found
    .map(({ code, status, message, when, zh, operations: paths, scenario }) => {
      const where = paths.length === all ? 'every operation' : paths.join(', ');
      return [`${code}  (HTTP ${status})  ${message}`, zh, `when ${when}`, `on ${where}`, scenario]
        .filter((line) => line !== undefined)
        .join('\n    ');
    })
    .join('\n')
    .concat('\n');
}
