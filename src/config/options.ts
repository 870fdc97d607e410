/** Flags and environment → options. */
import { InputError } from '../platform/input-error.js';
import { OptionError, type Options } from './option-types.js';
import { type Setting, settings } from './settings.js';

export { OptionError, type Options, settings };

export type Env = Readonly<Record<string, string | undefined>>;

export const envName = (flag: string): string => `CLOUDAUTH_MOCK_${flag.replaceAll('-', '_').toUpperCase()}`;

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
    const fromEnv = env[envName(setting.flag)];
    const [source, values] = flags[setting.flag]
      ? [`--${setting.flag}`, flags[setting.flag]!]
      : fromEnv
        ? [envName(setting.flag), setting.repeatable ? fromEnv.split(',').filter(Boolean) : [fromEnv]]
        : [`--${setting.flag}`, setting.repeatable && setting.default === '' ? [] : [setting.default]];
    return named(source, () => {
      // in a script most likely a variable that holds nothing
      if (flags[setting.flag]?.some((value) => value.trim() === '')) throw new InputError('it is empty');
      return setting.read(values);
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
