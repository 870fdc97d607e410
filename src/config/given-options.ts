/** Options of the programmatic API: under the option's name or its flag's, as text or as the value itself. */
import { InputError } from '../platform/input-error.js';
import { orAll } from '../platform/nearest.js';
import { checkTogether, named, namesOf, OptionError, type Options, readOptions, settings } from './options.js';
import type { Setting } from './settings.js';

const camelCase = (flag: string): string => flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const NAMES = new Map(
  (Object.keys(settings) as (keyof Options)[]).flatMap((name) => [
    [name as string, name],
    ...namesOf(settings[name]).map((flag) => [camelCase(flag), name] as const),
  ]),
);

/** In quotes, the present name first. */
const spellings = (name: keyof Options): string[] =>
  [...new Set([name, ...namesOf(settings[name]).map(camelCase)])].map((spelt) => `'${spelt}'`);

/** @throws OptionError naming the option that is wrong or that there is not */
export function givenOptions(given: Readonly<Record<string, unknown>>): Options {
  const texts: Record<string, readonly string[]> = {};
  const parsed: Record<string, unknown> = {};
  for (const [spelt, value] of Object.entries(given)) {
    const name = NAMES.get(spelt);
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
