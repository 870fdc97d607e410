/** Text → the value of an option. Each throws InputError with what is wrong. */
import { InputError } from '../platform/input-error.js';
import { isPostgres } from '../store/postgres/address.js';

export const oneOf =
  <const V extends string>(...allowed: V[]) =>
  ([value]: readonly string[]): V => {
    if (!allowed.includes(value as V)) throw new InputError(`'${value}' is not one of ${allowed.join(', ')}`);
    return value as V;
  };

export const last = (values: readonly string[]): string => values.at(-1) ?? '';

/** Whether a scenario is named by its file. */
export const isPath = (nameOrFile: string): boolean => /^[./~]|\\|\.(ya?ml|json)$/.test(nameOrFile);

export const wholeNumber =
  (max: number, min = 0) =>
  (values: readonly string[]) => {
    const value = last(values);
    if (!/^\d{1,15}$/.test(value) || Number(value) > max || Number(value) < min)
      throw new InputError(`'${value}' is not a whole number from ${min} to ${max}`);
    return Number(value);
  };

/** `off`, `documented`, or how many in a second. */
export function readQps(values: readonly string[]): 'off' | 'documented' | number {
  const value = last(values);
  if (value === 'off' || value === 'documented') return value;
  if (!/^[1-9]\d{0,5}$/.test(value))
    throw new InputError(`'${value}' is not off, documented, or a whole number from 1 to 999999`);
  return Number(value);
}

const UNITS = ['', 'K', 'M', 'G', 'T'];

/** Bytes, or a number of KB, MB, GB or TB, each 1024 times the one before. */
export function bytes(values: readonly string[]): number {
  const value = last(values);
  const [, number, unit = ''] = /^(\d{1,16}) ?(?:([KMGT])i?)?B?$/i.exec(value) ?? [];
  const size = Number(number) * 1024 ** UNITS.indexOf(unit.toUpperCase());
  if (!Number.isSafeInteger(size)) throw new InputError(`'${value}' is no size; write bytes, or such as 512MB or 2GB`);
  return size;
}

/** A file, or the address of a PostgreSQL database; what is wrong with one is said without it, for it holds a password. */
export function readDatabase(values: readonly string[]): string {
  const value = last(values).trim();
  const scheme = /^([a-z][a-z\d+.-]*):\/\//i.exec(value)?.[1];
  if (scheme === undefined) return value;
  const form = 'postgres://USER:PASSWORD@HOST/DATABASE';
  if (!isPostgres(value)) throw new InputError(`'${scheme}://' is no database it can use; write a file, or ${form}`);
  if (!URL.canParse(value))
    throw new InputError(`the address is not understood; write ${form}, with % and / in it encoded`);
  return value;
}

export function readPublicUrl(values: readonly string[]): string | undefined {
  const value = last(values);
  if (value === '') return undefined;
  if (!/^https?:\/\/[^\s/]+/.test(value) || !URL.canParse(value))
    throw new InputError(`'${value}' is not an http(s) URL`);
  return value.replace(/\/+$/, '');
}

/** Bare names: they are compared with that of a Host or an address. */
export const hostNames = (values: readonly string[]): string[] =>
  values.map((value) => {
    const name = value.split(':').length > 2 && !value.startsWith('[') ? `[${value}]` : value;
    if (!/^([\w.-]+|\[[\da-f:.]+\])$/i.test(name))
      throw new InputError(`'${value}' is not a host name; give it without scheme, port and path`);
    return name.toLowerCase();
  });

/** As `URL` writes them. @throws InputError too where none would ever be called */
export const callbackHosts = (values: readonly string[]): string[] =>
  hostNames(values).map((name) => {
    if (!URL.canParse(`http://${name}`)) throw new InputError(`'${name}' is no host name and no address`);
    const host = new URL(`http://${name}`).hostname.replace(/\.$/, '');
    if (/^(169\.254\.|\[fe[89ab])/.test(host))
      throw new InputError(`'${name}' is link-local, as metadata services of clouds are, and never called`);
    return host;
  });

/** As browsers write them in `Origin`. */
export const origins = (values: readonly string[]): string[] =>
  values.map((value) => {
    if (value === '*') return value;
    if (!/^[a-z][a-z\d+.-]*:\/\/[^\s/]+\/?$/i.test(value) || !URL.canParse(value))
      throw new InputError(`'${value}' is no origin; write it as https://app.example.com, or * for any`);
    const { origin } = new URL(value);
    // of another scheme than http the platform knows none
    return origin === 'null' ? value.replace(/\/$/, '').toLowerCase() : origin;
  });

/** `unified`, or `unified@ACCOUNT`; separated by commas in the environment variable. */
export function readSafCodes(values: readonly string[]): Readonly<Record<string, 'detailed' | 'unified'>> {
  return Object.fromEntries([
    ['default', 'detailed'] as const,
    ...values.map((value) => {
      const [mode = '', account = 'default'] = value.split('@');
      return [account, oneOf('detailed', 'unified')([mode])] as const;
    }),
  ]);
}

/** A flag that stands there is on; its variable says which, for a compose file cannot leave it out. */
export function onOrOff(values: readonly string[]): boolean {
  const value = last(values).toLowerCase();
  if (['1', 'true', 'yes'].includes(value)) return true;
  if (['0', 'false', 'no', ''].includes(value)) return false;
  throw new InputError(`'${last(values)}' is not one of 1, true, yes, 0, false, no`);
}

export const checkList =
  <T>(check: (item: unknown) => T) =>
  (value: unknown): T[] => {
    if (!Array.isArray(value)) throw new InputError('it is no list');
    return value.map(check);
  };

/** As {@link readSafCodes} answers: a mode by account. */
export function checkSafCodes(value: unknown): Readonly<Record<string, 'detailed' | 'unified'>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError("write 'unified', or { account: 'unified' }");
  return readSafCodes(Object.entries(value).map(([account, mode]) => `${mode}@${account}`));
}
