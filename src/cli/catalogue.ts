/** Commands that print what the catalogue knows: test identities, documented errors, operations, scenarios. */
import { errors, operations } from '../control/catalogue.js';
import { didYouMean } from '../platform/nearest.js';
import type { Translate } from '../platform/translate.js';
import { allReady, versions } from '../products/index.js';
import { identities, pictures, testValues } from '../products/magic.js';
import { type OwnIdentity, ownIdentities } from '../products/people.js';
import { bundledScenarios } from '../scenarios/load.js';
import type { Call } from './command.js';
import { table } from './table.js';

/** @returns 0 */
export async function listIdentities({ options, out, translator }: Call): Promise<0> {
  const { json, people } = options('json', 'people');
  const own = ownIdentities(people);
  out(
    json
      ? `${JSON.stringify([...own, ...identities, ...testValues, ...pictures], null, 2)}\n`
      : identityTable(own, await translator()),
  );
  return 0;
}

/** The words are what an error's code, message or explanation holds, or an operation's name. @returns 0, also where nothing was found */
export async function listErrors({ words, options, out, translator }: Call): Promise<0> {
  const query = words.join(' ');
  await allReady();
  const { json } = options('json');
  out(json ? `${JSON.stringify(errors(versions, query), null, 2)}\n` : errorList(query, await translator()));
  return 0;
}

/** @returns 0 */
export async function listOperations({ options, out, translator, lang }: Call): Promise<0> {
  await allReady();
  const all = operations(versions);
  const t = await translator();
  out(
    options('json').json
      ? `${JSON.stringify(all, null, 2)}\n`
      : table([
          ['OPERATION', 'PARAMETERS', 'WHAT IT DOES'].map(t),
          ...all.map(({ operation, params, summary }) => [operation, params.join(' ') || '–', summary[lang]]),
        ]),
  );
  return 0;
}

/** @returns 0 */
export async function listScenarios({ options, out, translator, lang }: Call): Promise<0> {
  const all = [...bundledScenarios()].map(([name, does]) => ({ name, ...does }));
  const t = await translator();
  out(
    options('json').json
      ? `${JSON.stringify(
          all.map(({ name, en }) => ({ name, does: en })),
          null,
          2,
        )}\n`
      : table([['SCENARIO', 'WHAT IT DOES'].map(t), ...all.map((one) => [one.name, one[lang]])]),
  );
  return 0;
}

const identityTable = (own: readonly OwnIdentity[], t: Translate): string =>
  table([
    ['NUMBER', 'NAME', 'WHAT IT DOES'].map(t),
    ...own.map(({ number = '', name = '', meaning }) => [number, name, t(meaning)]),
    ...identities.map(({ number, name = '', meaning }) => [number, name, t(meaning)]),
    ...testValues.map(({ value, meaning }) => [value, '', t(meaning)]),
    ...pictures.map(({ picture, meaning }) => [picture, '', t(meaning)]),
  ]);

function errorList(query: string, t: Translate): string {
  const all = operations(versions).length;
  const found = errors(versions, query);
  if (found.length === 0) {
    const known = [
      ...errors(versions).map(({ code }) => code),
      ...operations(versions).map(({ operation }) => operation),
    ];
    const names = known.flatMap((name) => [name, name.split('/').at(-1)!]);
    return `${t(`no documented error holds '${query}'${didYouMean(query, names)}`)}\n`;
  }
  return found
    .map(({ code, status, message, when, zh, operations: paths, scenario }) => {
      const where = paths.length === all ? t('every operation') : paths.join(', ');
      return [`${code}  (HTTP ${status})  ${message}`, zh, t(`when ${when}`), t(`on ${where}`), scenario]
        .filter((line) => line !== undefined)
        .join('\n    ');
    })
    .join('\n')
    .concat('\n');
}
