/** Flags and environment → options. */
import { OptionError, type Options } from './option-types.js';
import { type Setting, settings } from './settings.js';

export { OptionError, type Options, settings };

export const envName = (flag: string): string => `CLOUDAUTH_MOCK_${flag.replaceAll('-', '_').toUpperCase()}`;

/** Flag before environment before default; an empty variable, as compose files make them, is no setting. @throws OptionError naming the flag or the variable that is wrong */
export function readOptions(
  flags: Readonly<Record<string, readonly string[] | undefined>>,
  env: Readonly<Record<string, string | undefined>>,
): Options {
  const read = (setting: Setting<unknown>) => {
    const fromEnv = env[envName(setting.flag)];
    const [source, values] = flags[setting.flag]
      ? [`--${setting.flag}`, flags[setting.flag]!]
      : fromEnv
        ? [envName(setting.flag), setting.repeatable ? fromEnv.split(',').filter(Boolean) : [fromEnv]]
        : [`--${setting.flag}`, setting.repeatable && setting.default === '' ? [] : [setting.default]];
    try {
      // in a script most likely a variable that holds nothing
      if (flags[setting.flag]?.some((value) => value.trim() === '')) throw new RangeError('it is empty');
      return setting.read(values);
    } catch (error) {
      throw new OptionError(`${source}: ${(error as Error).message}`);
    }
  };
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, read(setting)]),
  ) as unknown as Options;
}
