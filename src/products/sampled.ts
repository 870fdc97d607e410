/**
 * Operations without behaviour. The contract of each is a data file, generated beside its version, and read when somebody asks
 * for it: at the start none. What it answers is the vendor's printed example, or something of its shape; never that somebody
 * passed.
 */
import { readFileSync } from 'node:fs';
import type { Contract } from '../gateway/contract.js';
import { type ErrorTable, pick } from '../gateway/errors.js';
import type { Fields } from '../gateway/fields.js';
import type { AnyOperation, Sampled, SampleKind } from '../gateway/operation.js';
import { LoadError } from '../platform/lazy.js';

/** What contract/generate.ts writes. */
interface Kept extends Omit<Contract, 'errors'> {
  readonly errors?: { readonly table: string; readonly codes: readonly string[] };
  readonly sample: { readonly kind: SampleKind; readonly value: Readonly<Record<string, unknown>> };
}

/**
 * @param folder `cloudauth/2019-03-07`, beside this file in the sources and in the bundle
 * @param tables the errors that contracts pick from, by the names of the tables
 */
export const sampled = (
  folder: string,
  names: readonly string[],
  tables: Readonly<Record<string, ErrorTable>> = {},
): Sampled => ({
  names,
  read: (name) => operationOf(kept(`./${folder}/generated/${name}.json`), tables),
});

/** While they fail it is one and the same error, so that it is logged once. */
let failed: LoadError | undefined;

/** At once, for what checks rules may not wait; a file has a few kilobytes. */
function kept(file: string): Kept {
  try {
    const read = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
    failed = undefined;
    return read;
  } catch (cause) {
    failed ??= new LoadError(`a contract cannot be read (${(cause as Error).message}); the next request tries again`, {
      cause,
    });
    throw failed;
  }
}

function operationOf(
  { errors, sample, ...contract }: Kept,
  tables: Readonly<Record<string, ErrorTable>>,
): AnyOperation {
  return {
    ...contract,
    errors: errors ? pick(tables[errors.table]!, errors.codes) : {},
    sample: sample.kind,
    handle: async (input: Readonly<Record<string, unknown>>) =>
      withIdsOf(input, contract.response, sample.value) as never,
  };
}

/** What callers recognise their call by. */
const ID = /(Id|No|BizType|Page|PageSize)$/;

/** The sample, with the caller's values where a member is called as the parameter that names them. */
function withIdsOf(
  input: Readonly<Record<string, unknown>>,
  fields: Fields,
  value: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, printed]) => {
      const field = fields[name];
      if (field?.kind === 'struct') return [name, withIdsOf(input, field.fields, printed as Record<string, unknown>)];
      const own = ID.test(name) ? input[name] : undefined;
      if (own === undefined) return [name, printed];
      if (field?.kind === 'text') return [name, String(own)];
      return [name, field?.kind === 'integer' && Number.isSafeInteger(Number(own)) ? Number(own) : printed];
    }),
  );
}
