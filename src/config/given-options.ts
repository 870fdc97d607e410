/** Options of the programmatic API: under the option's name or its flag's, as text or as the value itself. */
import { InputError } from '../platform/input-error.js';
import { orAll } from '../platform/nearest.js';
import { fileSettings } from './file-settings.js';
import {
  checkTogether,
  named,
  namesOf,
  OptionError,
  type Options,
  readGivenTexts,
  readOptions,
  settings,
} from './options.js';
import type { Setting } from './settings.js';

const camelCase = (flag: string): string => flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const NAMES = new Map(
  (Object.keys(settings) as (keyof Options)[]).flatMap((name) => [
    [name as string, name],
    ...namesOf(settings[name]).map((flag) => [camelCase(flag), name] as const),
  ]),
);

/** Which option is spelt so: by its name, or by its flag in camelCase. */
export const optionNamed = (spelt: string): keyof Options | undefined => NAMES.get(spelt);
export const OPTION_SPELLINGS: readonly string[] = [...NAMES.keys()];

/** In quotes, the present name first. */
export const spellings = (name: keyof Options): string[] =>
  [...new Set([name, ...namesOf(settings[name]).map(camelCase)])].map((spelt) => `'${spelt}'`);

/** @throws OptionError naming the option that is wrong or that there is not */
export function givenOptions(given: Readonly<Record<string, unknown>>): Options {
  const texts: Record<string, readonly string[]> = {};
  const parsed: Record<string, unknown> = {};
  for (const [spelt, value] of Object.entries(given)) {
    const name = optionNamed(spelt);
    if (Object.hasOwn(fileSettings, spelt))
      throw new OptionError(`'${spelt}': no file is read here; give what readConfig(file) resolves to`);
    if (name === undefined) throw new OptionError(`no option '${spelt}'${orAll(spelt, Object.keys(settings))}`);
    if (value === undefined) continue;
    const setting: Setting<unknown> = settings[name];
    const { flag } = setting;
    if (Object.hasOwn(texts, flag) || Object.hasOwn(parsed, name))
      throw new OptionError(`give ${spellings(name).join(' or ')}, not both`);
    const written = textsOf(value, setting);
    if (written) texts[flag] = written;
    else parsed[name] = named(`--${flag}`, () => checked(value, setting));
  }
  const options = { ...readOptions(texts, {}), ...parsed };
  checkTogether(options);
  return options;
}

/** @param value as text or as the value itself. @throws InputError with what is wrong */
export function readGiven(value: unknown, setting: Setting<unknown>): unknown {
  const written = textsOf(value, setting);
  return written ? readGivenTexts(written, setting) : checked(value, setting);
}

/** What the command line would hold for it; undefined for what has no such form. */
function textsOf(value: unknown, { value: word, repeatable }: Setting<unknown>): readonly string[] | undefined {
  const isSwitch = word === '';
  if (typeof value === 'string' || typeof value === 'number' || (isSwitch && typeof value === 'boolean'))
    return [String(value)];
  return repeatable && Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

/** The value itself is not repeated: it may hold a secret. */
function checked(value: unknown, { value: word, repeatable, check }: Setting<unknown>): unknown {
  if (check) return check(value);
  const wanted = word === '' ? 'true or false' : repeatable ? 'text, or a list of texts' : 'text or a number';
  throw new InputError(`it takes ${wanted}`);
}
