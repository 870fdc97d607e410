/**
 * What the vendor's metadata leaves out or has wrong, by operation, written by hand; each line names its source. It may only
 * say what the metadata does not: a correction that corrects nothing is refused.
 */
import { checks } from './corrections/checks.js';
import { classic } from './corrections/classic.js';
import { consoles } from './corrections/console.js';
import { financial } from './corrections/financial.js';
import { intl } from './corrections/intl.js';
import { others } from './corrections/others.js';
import type { MetadataOperation, MetadataParam } from './metadata.js';

export interface ParamCorrection {
  /** The page that says so. */
  readonly from: string;
  readonly required?: boolean;
  /** The only values there are. */
  readonly values?: readonly string[];
  /** In characters. */
  readonly maxLength?: number;
  /** The least and the most a number may be. */
  readonly min?: number;
  readonly max?: number;
  /** Code of a call without it, and of a value that breaks its form, where it is not the operation's. */
  readonly missing?: string;
  readonly invalid?: string;
  /** A value that can be sent as it stands: the metadata's own are often several in one text, or masked. */
  readonly example?: string;
}

export interface Correction {
  /**
   * `typed`: it has behaviour, so its contract is source text. `by hand`: a page that says more than the metadata is followed,
   * and the contract stands in the operation's own file. Else it answers a sample.
   */
  readonly contract?: 'typed' | 'by hand';
  /** Which page says what stands here. */
  readonly because?: string;
  readonly params?: Readonly<Record<string, ParamCorrection>>;
  /** Code in the body of a call that lacks a required parameter, and of one that breaks a parameter's form. */
  readonly missing?: string;
  readonly invalid?: string;
  /** The table in the version's folder that the operation's rows are picked from, and their codes. */
  readonly errors?: { readonly table: string; readonly codes: readonly string[] };
  /** Members of the answer that say something else than is printed; null leaves one out. */
  readonly answers?: Readonly<Record<string, unknown>>;
}
export type Corrections = Readonly<Record<string, Correction>>;

export const corrections: Corrections = { ...financial, ...checks, ...classic, ...consoles, ...others, ...intl };

/** What is said of it, and of every operation of its version: `<product>/<version>/*`. */
export const correctionOf = (all: Corrections, folder: string, name: string): Correction => ({
  ...all[`${folder}/*`],
  ...all[`${folder}/${name}`],
});

const NUMBER = ['1', /^-?\d{1,15}$/] as const;
/** By type: one that will do, and what any looks like. */
const EXAMPLES: Readonly<Record<string, readonly [string, RegExp]>> = {
  integer: NUMBER,
  long: NUMBER,
  boolean: ['true', /^(true|false)$/],
};

/** The parameter as it is. */
export function corrected(param: MetadataParam, { params = {} }: Correction): Omit<MetadataParam, 'in'> {
  const { in: _place, ...rest } = param;
  const { from: _from, ...correction } = params[param.name] ?? { from: '' };
  const { values, example, ...said } = { ...rest, ...correction } as Omit<MetadataParam, 'in'>;
  // an example is often several in one text, or masked; a call has to name what is required
  const [usual, form] = EXAMPLES[said.type] ?? ['sample', /./];
  const isOne = example !== undefined && (values ? values.includes(example) : form.test(example));
  return { ...said, values, example: isOne ? example : (values?.[0] ?? (said.required ? usual : undefined)) };
}

/** @throws Error for a correction of what is not there, or of what is right */
export function checkExact(
  path: string,
  operation: MetadataOperation,
  { params = {}, answers = {} }: Correction,
): void {
  for (const [name, correction] of Object.entries(params)) {
    const param = operation.params.find((one) => one.name === name);
    if (!param) throw new Error(`${path} has no parameter ${name} to correct`);
    const { from: _from, ...said } = correction;
    const published: Record<string, unknown> = { ...param, required: param.required ?? false };
    for (const [member, value] of Object.entries(said))
      if (JSON.stringify(published[member]) === JSON.stringify(value))
        throw new Error(`${path}: the metadata says of ${name} what its correction says (${member})`);
  }
  const members = JSON.stringify(operation.response);
  for (const name of Object.keys(answers))
    if (!members.includes(`"${name}"`)) throw new Error(`${path} answers no ${name} to correct`);
}
