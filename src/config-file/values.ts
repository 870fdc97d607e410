/** What a config file holds → options, and everything that is wrong with it. */
import { resolve } from 'node:path';
import { OPTION_SPELLINGS, optionNamed, readGiven, spellings } from '../config/given-options.js';
import type { Setting } from '../config/option-types.js';
import { type Configured, type Options, settings } from '../config/options.js';
import { InputError } from '../platform/input-error.js';
import { didYouMean } from '../platform/nearest.js';
import { checkPeople } from '../products/people.js';
import type { Path, Problem } from '../scenarios/problem.js';

export interface Values {
  readonly options: Configured;
  /** How each is spelt in the file, and what stands there. */
  readonly spelt: Partial<Record<keyof Options, string>>;
  readonly written: Partial<Record<keyof Options, unknown>>;
  readonly problems: readonly Problem[];
}

const NOTHING = { options: {}, spelt: {}, written: {} };
const MOST_KEYS = 200;
const MOST_ITEMS = 10_000;

/** @param value what stands in the file @param folder that relative paths are relative to */
export function readValues(value: unknown, folder: string): Values {
  // an empty file, or one that is commented out
  if (value === null || value === undefined) return { ...NOTHING, problems: [] };
  if (typeof value !== 'object' || Array.isArray(value))
    return { ...NOTHING, problems: [{ path: [], message: 'write options, such as “port: 4600”' }] };
  const entries = Object.entries(value).filter(([key]) => key !== '$schema');
  const problems: Problem[] = [];
  const options: Record<string, unknown> = {};
  const spelt: Partial<Record<keyof Options, string>> = {};
  const written: Partial<Record<keyof Options, unknown>> = {};
  for (const [key, given] of entries.slice(0, MOST_KEYS)) {
    const name = optionNamed(key);
    if (name === undefined) {
      const near = didYouMean(key, OPTION_SPELLINGS) || `; there are: ${Object.keys(settings).join(', ')}`;
      problems.push({ path: [key], key: true, message: `no option '${key.slice(0, 60)}'${near}` });
    } else if (spelt[name] !== undefined) {
      problems.push({ path: [key], key: true, message: `give ${spellings(name).join(' or ')}, not both` });
    } else if (given !== undefined) {
      // a program may leave out what it does not know
      spelt[name] = key;
      written[name] = given;
      const read = readOne(given, settings[name], folder, [key]);
      if ('problem' in read) problems.push(read.problem);
      else options[name] = read.value;
    }
  }
  return { options: options as Configured, spelt, written, problems };
}

type Read = { readonly value: unknown } | { readonly problem: Problem };

function readOne(given: unknown, setting: Setting<unknown>, folder: string, path: Path): Read {
  const read = tryToRead(given, setting, folder);
  if (!(read instanceof InputError)) return read;
  const items: readonly unknown[] = setting.repeatable && Array.isArray(given) ? given.slice(0, MOST_ITEMS) : [];
  for (const [index, item] of items.entries()) {
    const alone = tryToRead([item], setting, folder);
    if (alone instanceof InputError) return { problem: { path: [...path, index], message: alone.message } };
  }
  return { problem: { path, message: read.message } };
}

function tryToRead(
  given: unknown,
  setting: Setting<unknown>,
  folder: string,
): { readonly value: unknown } | InputError {
  try {
    if (given === null) return new InputError('it is empty; leave it out');
    if (Array.isArray(given) && given.length > MOST_ITEMS) return new InputError(`more than ${MOST_ITEMS} items`);
    const items = Array.isArray(given) ? given.map(asText) : asText(given);
    const value = readGiven(located(items, setting, folder), setting);
    if (setting === settings.people) checkPeople(value as Options['people']);
    return { value };
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

/** YAML reads a number where a list of texts has one. */
const asText = (given: unknown): unknown => (typeof given === 'number' ? String(given) : given);

function located(given: unknown, { isFile }: Setting<unknown>, folder: string): unknown {
  const one = (item: unknown) => (typeof item === 'string' && item && isFile?.(item) ? resolve(folder, item) : item);
  return Array.isArray(given) ? given.map(one) : one(given);
}
