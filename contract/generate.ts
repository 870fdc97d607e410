/**
 * The vendor's metadata and our corrections → contracts. Of an operation with behaviour: as source text, so that its work is
 * typed by it, and its printed answer as a fixture. Of the others: as data, with what they answer. Pure: the test that calls
 * it compares the files, or writes them (`npm run contracts`).
 */
import { negative, typed, without } from './answer.js';
import { type Corrections, checkExact, corrected, correctionOf } from './corrections.js';
import {
  isList,
  kindOf,
  type Members,
  type Metadata,
  type MetadataOperation,
  type Printed,
  type Shape,
} from './metadata.js';

type Contract = Readonly<Record<string, unknown>>;

/** Paths from the root of the project → contents. @throws Error where data and ledger do not fit together */
export function generate(all: readonly Metadata[], corrections: Corrections): Map<string, string> {
  const files = new Map<string, string>();
  const sampled = new Map<string, string[]>();
  const working = new Map<string, string[]>();
  for (const metadata of all) {
    const folder = `${metadata.product}/${metadata.version}`;
    for (const [name, operation] of Object.entries(metadata.operations)) {
      const path = `${folder}/${name}`;
      const correction = correctionOf(corrections, folder, name);
      checkExact(path, operation, correction);
      if (correction.contract !== undefined) working.set(folder, [...(working.get(folder) ?? []), name]);
      if (correction.contract === 'by hand') continue;
      const made = contractOf(name, operation, correction, metadata);
      if (correction.contract === 'typed') {
        const file = name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '-').toLowerCase();
        files.set(`src/products/${folder}/generated/${file}.ts`, source(name, made, correction));
        const example = exampleOf(operation, correction);
        if (example) files.set(`fixtures/${path}/response.json`, `${JSON.stringify(example, null, 2)}\n`);
      } else {
        const sample = sampleOf(operation, correction);
        files.set(
          `src/products/${folder}/generated/${name}.json`,
          data({ ...made, errors: correction.errors, sample }),
        );
        sampled.set(folder, [...(sampled.get(folder) ?? []), name]);
      }
    }
  }
  for (const [folder, names] of sampled)
    files.set(`src/products/${folder}/generated/names.ts`, nameTables(names, working.get(folder)));
  return files;
}

/** Of the answer these surround the result; see src/gateway/envelope.ts. */
const AROUND = ['RequestId', 'Code', 'Message', 'Success'];
const RESULTS = ['ResultObject', 'Result', 'Data'];

/** The member that holds the result, where the answer has nothing else but what surrounds it. */
function resultMember(response: Members): string | undefined {
  const [only, ...others] = Object.keys(without(response, around(response)));
  const shape = only === undefined ? undefined : response[only];
  const isStruct = typeof shape === 'object' && !isList(shape);
  return others.length === 0 && isStruct && RESULTS.includes(only!) ? only : undefined;
}

/** `Success` is sometimes a text of the answer's own. */
const around = ({ Success }: Members): string[] => AROUND.filter((name) => name !== 'Success' || Success === 'boolean');

function contractOf(
  name: string,
  operation: MetadataOperation,
  correction: Corrections[string],
  { version, date, from }: Metadata,
): Contract {
  const { methods, params, response } = operation;
  const printed = answerOf(operation, correction);
  const member = resultMember(response);
  const result = member ? (response[member] as Members) : without(response, around(response));
  const envelope = {
    code: 'Code' in response ? typed(response.Code!, printed?.Code ?? '200') : undefined,
    message: 'Message' in response ? (printed?.Message ?? 'success') : undefined,
    result: member,
    success: response.Success === 'boolean' || undefined,
  };
  return {
    name,
    summary: operation.summary,
    source: `${from} of ${version} (${date})${correction.because ? `; ${correction.because}` : ''}`,
    methods: [...methods].sort(),
    params: Object.fromEntries(
      params.map((param) => [param.name, paramField(corrected(param, correction), correction)]),
    ),
    response: membersOf(result, member ? (printed?.[member] as Printed) : printed, correction.contract === 'typed'),
    ...(Object.values(envelope).some((value) => value !== undefined) && { envelope }),
    ...(printed &&
      order(
        Object.keys(printed).filter((each) => each in response),
        around(response),
      )),
  };
}

/** As it is printed, but for what the ledger says of it. */
const answerOf = (operation: MetadataOperation, correction: Corrections[string]): Printed | undefined => {
  const printed = answered(operation, correction);
  const { answers = {} } = correction;
  return printed && { ...printed, ...Object.fromEntries(Object.entries(answers).filter(([name]) => name in printed)) };
};

/** Of an operation with behaviour: the printed answer without the members that the ledger leaves out, wherever they stand. */
function answered(
  { printed }: MetadataOperation,
  { answers = {}, contract }: Corrections[string],
): Printed | undefined {
  if (contract !== 'typed' || !printed) return printed;
  const text = JSON.stringify(printed, (name, value) => (answers[name] === null ? undefined : value));
  return JSON.parse(text) as Printed;
}

/** The printed answer, with what the ledger says of its members; what it says of none that is printed stands in the result. */
function exampleOf(operation: MetadataOperation, correction: Corrections[string]): object | undefined {
  const printed = answered(operation, correction);
  if (!printed) return undefined;
  const member = resultMember(operation.response);
  const { answers = {} } = correction;
  const said = Object.entries(answers).filter(([name, value]) => value !== null && !(name in printed));
  const result = { ...((member ? printed[member] : printed) as object), ...Object.fromEntries(said) };
  return member ? { ...printed, [member]: result } : result;
}

/** @returns what its handler returns */
function sampleOf(operation: MetadataOperation, { answers = {}, contract }: Corrections[string]): object {
  const { response, printed, how } = operation;
  const member = resultMember(response);
  const shape = member ? response[member]! : without(response, around(response));
  const value = negative(typed(shape, member ? printed?.[member] : printed)) as Record<string, unknown>;
  const said = Object.fromEntries(Object.entries({ ...value, ...answers }).filter(([, each]) => each !== null));
  return { kind: how === 'printed' && !contract ? 'printed-example' : 'shape-only', value: typed(shape, said) };
}

function source(name: string, contract: Contract, { errors }: Corrections[string]): string {
  const lines = Object.entries(contract).flatMap(([key, value]) =>
    key === 'params' || key === 'response' ? block(key, value as object) : [`${key}: ${JSON.stringify(value)},`],
  );
  const rows = errors ? `pick(${errors.table}, ${JSON.stringify(errors.codes)})` : '{}';
  const file = errors?.table.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
  return `// Generated by npm run contracts from contract/. Never edit it: a correction belongs in contract/corrections.
import { contract } from '../../../../gateway/contract.js';
${errors ? `import { pick } from '../../../../gateway/errors.js';\nimport { ${errors.table} } from '../${file}.js';\n` : ''}
export const ${name[0]!.toLowerCase()}${name.slice(1)}Contract = contract({
${[...lines, `errors: ${rows},`].map((line) => `  ${line}`).join('\n')}
});
`;
}

/** A line for each field. */
const block = (key: string, fields: object): string[] => [
  `${key}: {`,
  ...Object.entries(fields).map(([name, field]) => `  ${name}: ${JSON.stringify(field)},`),
  '},',
];

/** A line for each member, parameter and field. */
function data(contract: Contract): string {
  const lines = Object.entries(contract)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      const fields = Object.entries(value as object);
      if (!['params', 'response'].includes(key) || fields.length === 0) return `  "${key}": ${JSON.stringify(value)}`;
      return `  "${key}": {\n${fields.map(([name, field]) => `    "${name}": ${JSON.stringify(field)}`).join(',\n')}\n  }`;
    });
  return `{\n${lines.join(',\n')}\n}\n`;
}

const nameTables = (names: readonly string[], working: readonly string[] = []): string =>
  `// Generated by npm run contracts. Operations without behaviour; the contract of each lies beside this file.
${nameTable('names', names)}${working.length === 0 ? '' : `\n// Those with behaviour.\n${nameTable('working', working)}`}`;

function nameTable(table: string, names: readonly string[]): string {
  const lines = [''];
  for (const name of [...names].sort()) {
    if (lines.at(-1)!.length + name.length > 110) lines.push('');
    lines[lines.length - 1] += ` '${name}',`;
  }
  return `export const ${table}: readonly string[] = [\n${lines.map((line) => ` ${line}`).join('\n')}\n];\n`;
}

function paramField(
  { name, type, required, ...form }: ReturnType<typeof corrected>,
  { missing, invalid }: Corrections[string],
): object {
  return { kind: kindOf(type), required: required || undefined, missing: required && missing, invalid, ...form };
}

/** In the order they are printed; what is declared and not printed comes last, and need not be there. */
function membersOf(shape: Members, printed: Printed | undefined, withExamples: boolean): object {
  const names = new Set([...Object.keys(printed ?? {}).filter((name) => name in shape), ...Object.keys(shape)]);
  const field = (name: string) =>
    responseField(shape[name]!, printed === undefined ? null : printed[name], withExamples);
  return Object.fromEntries([...names].map((name) => [name, field(name)]));
}

/** @param printed null where nothing is known of it, undefined where it is not printed */
function responseField(shape: Shape, printed: unknown, withExamples: boolean): object {
  const optional = printed === undefined ? true : undefined;
  if (typeof shape === 'string') {
    const example = withExamples ? { example: printed ?? undefined } : {};
    return { kind: kindOf(shape), optional, ...example };
  }
  if (isList(shape)) {
    const [first = null] = (Array.isArray(printed) ? printed : []) as readonly unknown[];
    return { kind: 'list', item: responseField(shape[0], first, withExamples), optional };
  }
  return { kind: 'struct', fields: membersOf(shape, (printed ?? undefined) as Printed, withExamples), optional };
}

/** What is printed in another order than the envelope's is said for both formats: no XML is printed. */
function order(names: readonly string[], surrounding: readonly string[]): object {
  const only = (some: readonly string[]) => some.filter((name) => names.includes(name) && surrounding.includes(name));
  const inside = names.filter((name) => !surrounding.includes(name));
  const declared = [...only(['RequestId', 'Code', 'Message']), ...inside, ...only(['Success'])];
  return names.join() === declared.join() ? {} : { order: { JSON: names, XML: names } };
}
