/** Flags, environment and config file → options. */
import { OPEN_PREFIX } from '../gateway/accounts.js';
import { InputError } from '../platform/input-error.js';
import { nearest } from '../platform/nearest.js';
import { maskedKeyId } from '../platform/redact.js';
import { isPostgres } from '../store/postgres/address.js';
import { checkWhoseTokens } from './account-tokens.js';
import { fileSettings } from './file-settings.js';
import { OptionError, type Options } from './option-types.js';
import { type Setting, settings } from './settings.js';

export { OptionError, type Options, settings };
/** What the command takes: the emulator's options, and those that say where they are read from. */
export const commandSettings = { ...settings, ...fileSettings };

/** Undefined also for what Kubernetes says of a service named cloudauth-mock: `CLOUDAUTH_MOCK_PORT=tcp://10.0.0.7:4520`. */
function ownVariable(flag: string, env: Env): string | undefined {
  const value = env[envName(flag)];
  return flag === 'port' && value?.startsWith('tcp://') ? undefined : value;
}

export type Env = Readonly<Record<string, string | undefined>>;

export const envName = (flag: string): string => `CLOUDAUTH_MOCK_${flag.replaceAll('-', '_').toUpperCase()}`;

/** The flags it goes by, the present one first. */
export const namesOf = ({ flag, formerly }: Setting<unknown>): string[] => [flag, ...(formerly ? [formerly.flag] : [])];

/** What was given for each flag, in order. */
export type Flags = Readonly<Record<string, readonly string[] | undefined>>;
/** What a config file says, read already. */
export type Configured = Partial<Options>;

/** Where the value of an option comes from, the config file aside, and what stands there. */
export interface Source {
  readonly kind: 'flag' | 'variable' | 'default';
  readonly name: string;
  readonly values: readonly string[];
}

/** Flag before environment before default; an empty variable, as compose files make them, is no setting. */
export function sourceOf(setting: Setting<unknown>, flags: Flags, env: Env): Source {
  const flag = namesOf(setting).find((name) => flags[name]);
  if (flag) return { kind: 'flag', name: `--${flag}`, values: flags[flag]! };
  const variable = namesOf(setting).find((name) => ownVariable(name, env));
  if (variable) {
    const text = ownVariable(variable, env) ?? '';
    const values = setting.repeatable ? text.split(',').filter(Boolean) : [text];
    return { kind: 'variable', name: envName(variable), values };
  }
  const values = setting.repeatable && setting.default === '' ? [] : [setting.default];
  return { kind: 'default', name: `--${setting.flag}`, values };
}

/** @throws InputError with what is wrong */
export function readGivenTexts<T>(values: readonly string[], setting: Setting<T>): T {
  // in a script most likely a variable that holds nothing
  if (values.some((value) => value.trim() === '')) throw new InputError('it is empty');
  return readTexts(values, setting);
}
const readTexts = <T>(values: readonly string[], setting: Setting<T>): T =>
  setting.read(values.map((value) => setting.formerly?.words.get(value) ?? value));

function readSource<T>(setting: Setting<T>, { kind, name, values }: Source): T {
  return named(name, () => (kind === 'flag' ? readGivenTexts : readTexts)(values, setting));
}

/**
 * Flag before environment before config file before default.
 * @param names which to read: what nobody asks for is not judged
 * @throws OptionError naming the flag or the variable that is wrong
 */
export function readOptions<K extends keyof Options = keyof Options>(
  flags: Flags,
  env: Env,
  names = Object.keys(settings) as K[],
  configured: Configured = {},
): Pick<Options, K> {
  const read = (name: K) => {
    const source = sourceOf(settings[name], flags, env);
    if (source.kind === 'default' && Object.hasOwn(configured, name)) return configured[name];
    return readSource<unknown>(settings[name], source);
  };
  const options = Object.fromEntries(names.map((name) => [name, read(name)])) as Pick<Options, K>;
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

/** @returns the config file that is named; false where none is to be read; undefined where one is looked for. @throws OptionError */
export function namedConfig(flags: Flags, env: Env): string | false | undefined {
  const [config, noConfig] = (['config', 'noConfig'] as const).map((name) => sourceOf(fileSettings[name], flags, env));
  if (config!.kind === 'flag' && noConfig!.kind === 'flag')
    throw new OptionError('give --config or --no-config, not both');
  const file = readSource(fileSettings.config, config!);
  // a flag goes before a variable, whichever of the two it is
  if (config!.kind === 'flag') return file;
  return readSource(fileSettings.noConfig, noConfig!) ? false : file;
}

/** Of a service named cloudauth-mock, Kubernetes and old links of Docker tell its address in variables of these names. */
const OF_A_SERVICE = /^CLOUDAUTH_MOCK_(SERVICE_(HOST|PORT)(_\w+)?|PORT_\d+_(TCP|UDP)(_\w+)?)$/;

/** @throws OptionError naming a variable of ours that there is not */
export function checkEnv(env: Env): void {
  const known = [
    ...Object.values<Setting<unknown>>(commandSettings).flatMap((setting) => namesOf(setting).map(envName)),
    envName('url'),
  ];
  const strange = Object.keys(env).find(
    (name) => name.startsWith(envName('')) && !known.includes(name) && !OF_A_SERVICE.test(name),
  );
  if (strange === undefined) return;
  const near = nearest(strange, known);
  throw new OptionError(`${strange}: there is no such variable; ${near ? `did you mean ${near}?` : 'see --help'}`);
}

/** Ports beside that of http, and what opens each. */
const FURTHER_PORTS = [
  { flag: 'https', port: 'httpsPort' },
  { flag: 'proxy', port: 'proxyPort' },
] as const;

/** @throws OptionError where one makes no sense without another */
export function checkTogether(options: Options): void {
  const { watch, scenario, callback, callbackHosts } = options;
  const taken = new Map([[options.port, 'http']]);
  for (const { flag, port } of FURTHER_PORTS) {
    const number = options[port];
    if (!options[flag] && number !== Number(settings[port].default))
      throw new OptionError(`--${flag}-port: nothing listens there without --${flag}`);
    if (!options[flag]) continue;
    const other = number !== 0 && taken.get(number);
    if (other) throw new OptionError(`--${flag}-port: ${number} is that of ${other} already; give another`);
    taken.set(number, flag);
  }
  checkWhoseTokens(options);
  if (callback === 'off' && callbackHosts.length > 0)
    throw new OptionError('--callback-host: with --callback off nobody is called; leave one of them out');
  if (options.driver !== 'auto' && isPostgres(options.db))
    throw new OptionError('--driver: it runs SQLite, and the database is PostgreSQL; leave it out');
  if (options.workers > 1 && options.db === ':memory:')
    throw new OptionError('--workers: several processes need one database; name a file or a server with --db');
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
