/** Flags and environment → options. */
import { OPEN_PREFIX } from '../gateway/accounts.js';
import { InputError } from '../platform/input-error.js';
import { nearest } from '../platform/nearest.js';
import { maskedKeyId } from '../platform/redact.js';
import { OptionError, type Options } from './option-types.js';
import { type Setting, settings } from './settings.js';

export { OptionError, type Options, settings };

/** Undefined also for what Kubernetes says of a service named cloudauth-mock: `CLOUDAUTH_MOCK_PORT=tcp://10.0.0.7:4520`. */
function ownVariable(flag: string, env: Env): string | undefined {
  const value = env[envName(flag)];
  return flag === 'port' && value?.startsWith('tcp://') ? undefined : value;
}

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
    const variable = namesOf(setting).find((name) => ownVariable(name, env));
    const fromEnv = (variable && ownVariable(variable, env)) ?? '';
    const [source, values] = flag
      ? [`--${flag}`, flags[flag]!]
      : variable
        ? [envName(variable), setting.repeatable ? fromEnv.split(',').filter(Boolean) : [fromEnv]]
        : [`--${setting.flag}`, setting.repeatable && setting.default === '' ? [] : [setting.default]];
    return named(source, () => {
      // in a script most likely a variable that holds nothing
      if (flag && values.some((value) => value.trim() === '')) throw new InputError('it is empty');
      return setting.read(values.map((value) => setting.formerly?.words.get(value) ?? value));
    });
  };
  const options = Object.fromEntries(names.map((name) => [name, read(settings[name])])) as Pick<Options, K>;
  return 'keys' in options && 'accessKeys' in options ? { ...options, ...keysOf(options as never, env) } : options;
}

/** With `--keys any` the pair that the SDKs read from the environment is one of the known: its signature is checked. */
function keysOf({ keys, accessKeys }: Pick<Options, 'keys' | 'accessKeys'>, env: Env): Pick<Options, 'accessKeys'> {
  const { ALIBABA_CLOUD_ACCESS_KEY_ID: id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret } = env;
  if (keys !== 'any' || !id || !secret || id.startsWith(OPEN_PREFIX) || accessKeys.some((key) => key.id === id))
    return { accessKeys };
  const securityToken = env.ALIBABA_CLOUD_SECURITY_TOKEN || undefined;
  return { accessKeys: [...accessKeys, { id, secret, securityToken, account: maskedKeyId(id) }] };
}

/** Of a service named cloudauth-mock, Kubernetes and old links of Docker tell its address in variables of these names. */
const OF_A_SERVICE = /^CLOUDAUTH_MOCK_(SERVICE_(HOST|PORT)(_\w+)?|PORT_\d+_(TCP|UDP)(_\w+)?)$/;

/** @throws OptionError naming a variable of ours that there is not */
export function checkEnv(env: Env): void {
  const known = Object.values(settings).flatMap((setting) => namesOf(setting).map(envName));
  const strange = Object.keys(env).find(
    (name) => name.startsWith(envName('')) && !known.includes(name) && !OF_A_SERVICE.test(name),
  );
  if (strange === undefined) return;
  const near = nearest(strange, known);
  throw new OptionError(`${strange}: there is no such variable; ${near ? `did you mean ${near}?` : 'see --help'}`);
}

const DEFAULT_HTTPS_PORT = Number(settings.httpsPort.default);

/** @throws OptionError where one makes no sense without another */
export function checkTogether({ watch, scenario, https, port, httpsPort }: Options): void {
  if (https && port === httpsPort && port !== 0)
    throw new OptionError(`--https-port: ${port} is that of http already; give another`);
  if (!https && httpsPort !== DEFAULT_HTTPS_PORT)
    throw new OptionError('--https-port: nothing listens there without --https');
  if (watch && scenario.length === 0)
    throw new OptionError('--watch: there is nothing to watch; name a file with --scenario');
}

/** @throws OptionError what `read` finds wrong, beside the name of what it read */
export function named<T>(source: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof InputError ? new OptionError(`${source}: ${error.message}`) : error;
  }
}
