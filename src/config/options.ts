/** Flags and environment → options. */
import { InputError } from '../platform/input-error.js';
import { OptionError, type Options } from './option-types.js';
import { type Setting, settings } from './settings.js';

export { OptionError, type Options, settings };

export type Env = Readonly<Record<string, string | undefined>>;

export const envName = (flag: string): string => `CLOUDAUTH_MOCK_${flag.replaceAll('-', '_').toUpperCase()}`;

/** The flags it goes by, the present one first. */
export const namesOf = ({ flag, formerly }: Setting<unknown>): string[] => [flag, ...(formerly ? [formerly.flag] : [])];

/**
 * Flag before environment before default; an empty variable, as compose files make them, is no setting.
 * @param flags what was given for each, in order @param names which to read: what nobody asks for is not judged
 * @throws OptionError naming the flag or the variable that is wrong
 */
export function readOptions<K extends keyof Options = keyof Options>(
  flags: Readonly<Record<string, readonly string[] | undefined>>,
  env: Env,
  names = Object.keys(settings) as K[],
): Pick<Options, K> {
  const read = (setting: Setting<unknown>) => {
    const flag = namesOf(setting).find((name) => flags[name]);
    const variable = namesOf(setting)
      .map(envName)
      .find((name) => env[name]);
    const fromEnv = (variable && env[variable]) ?? '';
    const [source, values] = flag
      ? [`--${flag}`, flags[flag]!]
      : variable
        ? [variable, setting.repeatable ? fromEnv.split(',').filter(Boolean) : [fromEnv]]
        : [`--${setting.flag}`, setting.repeatable && setting.default === '' ? [] : [setting.default]];
    return named(source, () => {
      // in a script most likely a variable that holds nothing
      if (flag && values.some((value) => value.trim() === '')) throw new InputError('it is empty');
      return setting.read(values.map((value) => setting.formerly?.words.get(value) ?? value));
    });
  };
  return Object.fromEntries(names.map((name) => [name, read(settings[name])])) as Pick<Options, K>;
}

/** @throws OptionError what `read` finds wrong, beside the name of what it read */
export function named<T>(source: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof InputError ? new OptionError(`${source}: ${error.message}`) : error;
  }
}
