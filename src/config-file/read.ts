/** A config file → options, or one error that says of everything wrong in it where it stands and what is meant. */
import { createReadStream } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Configured, Options } from '../config/options.js';
import { InputError } from '../platform/input-error.js';
import { lineFinder, locatedText, pathText } from '../scenarios/problem.js';
import { faultText, isHarmless } from '../scenarios/syntax.js';
import { readText } from '../scenarios/text.js';
import type { Fault } from '../scenarios/yaml.js';
import { runConfig } from './code.js';
import { ConfigError } from './config-error.js';
import { shownPath } from './find.js';
import { readValues } from './values.js';

export interface ConfigFile {
  readonly file: string;
  readonly options: Configured;
  /** As they stand there. */
  readonly written: Partial<Record<keyof Options, unknown>>;
  /** Where each stands: `FILE:LINE:COLUMN`; of a program `FILE: NAME`. */
  readonly places: Partial<Record<keyof Options, string>>;
}

/** What is this short is read at once, whatever it holds. */
const MAX_BYTES = 65_536;

/** @param path absolute, or relative to the working folder. @throws ConfigError */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  const file = resolve(path);
  switch (extname(file)) {
    case '.yaml':
    case '.yml':
    case '.json':
      return readTextFile(file);
    case '.mjs':
    case '.ts':
      return readProgram(file);
    default:
      throw new ConfigError(`${shownPath(file)}: a config file ends in .yaml, .json, .mjs or .ts`);
  }
}

async function readProgram(file: string): Promise<ConfigFile> {
  const name = shownPath(file);
  const { options, spelt, written, problems } = readValues(await runConfig(file), dirname(file));
  if (problems.length > 0) throw new ConfigError(pathText(name, problems));
  return { file, options, written, places: placesOf(spelt, (key) => `${name}: ${key}`) };
}

async function readTextFile(file: string): Promise<ConfigFile> {
  const name = shownPath(file);
  const text = await contentOf(file, name);
  const { value, faults } = await readText(text, [], true, true).catch((error) => {
    throw error instanceof InputError ? new ConfigError(`${name}: ${error.message}`) : error;
  });
  const told = faults.map((fault) => ({ at: fault.at, message: sayFault(fault) }));
  if (!faults.every(isHarmless)) throw new ConfigError(locatedText(name, text, told.slice(0, 1), false));
  const { options, spelt, written, problems } = readValues(value, dirname(file));
  const keys = Object.values(spelt).map((key) => ({ path: [key], key: true, message: '' }));
  const { places } = await readText(text, [...problems, ...keys], true, true);
  if (problems.length + told.length > 0) {
    const located = problems.map(({ message }, index) => ({ at: places[index] ?? 0, message }));
    const rest = located.filter(({ at }) => !told.some((one) => one.at === at));
    throw new ConfigError(locatedText(name, text, [...told, ...rest], false));
  }
  const lineAt = lineFinder(text);
  const placeOf = (key: string) => {
    const at = places[problems.length + Object.values(spelt).indexOf(key)] ?? 0;
    const { number, from } = lineAt(at);
    return `${name}:${number}:${at - from + 1}`;
  };
  return { file, options, written, places: placesOf(spelt, placeOf) };
}

async function contentOf(file: string, name: string): Promise<string> {
  // a byte more than there may be: what is longer is not read to its end
  const bytes = await buffer(createReadStream(file, { end: MAX_BYTES })).catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(
      error.code === 'ENOENT' ? `there is no config file '${name}'` : `${name}: it cannot be read: ${error.message}`,
    );
  });
  if (bytes.length > MAX_BYTES) throw new ConfigError(`${name}: larger than 64 KB, the limit of a config file`);
  const text = bytes.toString('utf8');
  if (text.includes('\uFFFD')) throw new ConfigError(`${name}: this is no UTF-8; save the file as UTF-8`);
  return text;
}

/** No value is repeated: it may be a secret. */
const sayFault = (fault: Fault): string =>
  fault.code === 'READ_AS' ? 'this is not read as it is written; quote it' : faultText(fault);

const placesOf = (
  spelt: Partial<Record<keyof Options, string>>,
  placeOf: (key: string) => string,
): ConfigFile['places'] => Object.fromEntries(Object.entries(spelt).map(([name, key]) => [name, placeOf(key)]));
