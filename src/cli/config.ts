/** `cloudauth-mock config print`: each option, its value and where that is from. */
import type { Setting } from '../config/option-types.js';
import { OptionError, type Options, settings } from '../config/options.js';
import type { ConfigFile } from '../config-file/read.js';
import { maskIdNumbers, oneLine } from '../platform/redact.js';
import type { Call } from './command.js';
import { table } from './table.js';

interface Row {
  readonly option: keyof Options;
  readonly value: string | readonly string[];
  /** `--flag`, `CLOUDAUTH_MOCK_FLAG`, `FILE:LINE:COLUMN` or `default`. */
  readonly from: string;
}

/** @returns 0. @throws OptionError; ConfigError */
export async function config(call: Call): Promise<0> {
  const { words, options, out, translator } = call;
  if (words.length !== 1 || words[0] !== 'print') throw new OptionError('write: cloudauth-mock config print');
  const file = await call.configFile();
  const all = options();
  const rows = (Object.keys(settings) as (keyof Options)[]).map((name) => rowOf(name, all, call, file));
  if (all.json) out(`${JSON.stringify({ file: file?.file ?? null, options: rows }, null, 2)}\n`);
  else {
    const t = await translator();
    out(`${t('config file')}  ${file?.file ?? t('none')}\n\n`);
    out(
      table([
        ['OPTION', 'VALUE', 'FROM'].map(t),
        ...rows.map(({ option, value, from }) => [option, shown(value), from === 'default' ? t(from) : from]),
      ]),
    );
  }
  return 0;
}

function rowOf(option: keyof Options, all: Options, { sourceOf }: Call, file: ConfigFile | undefined): Row {
  const { kind, name, values } = sourceOf(option);
  const place = kind === 'default' ? file?.places[option] : undefined;
  const { masked, repeatable } = settings[option] as Setting<unknown>;
  const value = masked
    ? masked(all[option])
    : place !== undefined
      ? written(all[option], file?.written[option])
      : repeatable
        ? values
        : values.join();
  return { option, value: hidden(value), from: place ?? (kind === 'default' ? kind : name) };
}

const isSimple = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

/** Paths as they were understood, the rest as it stands in the file. */
function written(read: unknown, given: unknown): string | string[] {
  const value = isSimple(read) || (Array.isArray(read) && read.every(isSimple)) ? read : given;
  const text = (each: unknown): string => (isSimple(each) ? String(each) : JSON.stringify(each));
  return Array.isArray(value) ? value.map(text) : text(value);
}

/** No password of an address, no ID number, no control character. */
function hidden(value: string | readonly string[]): string | string[] {
  const one = (text: string) => oneLine(maskIdNumbers(text.replace(/(:\/\/)[^@/]*@/, '$1…@')));
  return typeof value === 'string' ? one(value) : value.map(one);
}

const shown = (value: string | readonly string[]): string =>
  (typeof value === 'string' ? value : value.join(' ')) || '–';
