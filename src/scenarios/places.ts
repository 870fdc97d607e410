/** What rules can be about: operations, the errors each can answer, and the parameters of its calls; and where to look them up. */
import type { ErrorRow } from '../gateway/errors.js';
import { type Fields, paramNames } from '../gateway/fields.js';
import { legalCodes } from '../gateway/legal-codes.js';
import { type AnyOperation, operationPath, type Version } from '../gateway/operation.js';
import { didYouMean } from '../platform/nearest.js';
import type { Reason } from '../verification/endings.js';

export interface Place {
  readonly version: Version;
  readonly operation: AnyOperation;
  readonly path: string;
}

const known = new WeakMap<AnyOperation, Map<Version, ReadonlyMap<string, ErrorRow>>>();

/** Tables do not change while the process runs; asked once per rule and call. */
export function codesOf({ version, operation }: Omit<Place, 'path'>): ReadonlyMap<string, ErrorRow> {
  const ofOperation = known.get(operation) ?? new Map<Version, ReadonlyMap<string, ErrorRow>>();
  known.set(operation, ofOperation);
  const codes = ofOperation.get(version) ?? legalCodes(version, operation);
  ofOperation.set(version, codes);
  return codes;
}

/** Why an operation that answers at once can say no: these are ordered as errors are. What ends later is ordered by an outcome. */
export const reasonsOf = ({ honours }: AnyOperation): readonly Reason[] =>
  honours?.progression || honours?.outcome?.anyText ? [] : (honours?.outcome?.reasons ?? []);

const places = new WeakMap<readonly Version[], readonly Place[]>();

/** Most are only looked at by their path: what an operation can do is read where that matters. */
export function placesIn(versions: readonly Version[]): readonly Place[] {
  const made = places.get(versions) ?? versions.flatMap(placesOf);
  places.set(versions, made);
  return made;
}

const placesOf = (version: Version): Place[] =>
  version.names.map((name) => ({
    version,
    path: operationPath(version, { name }),
    get operation() {
      return version.find(name)!;
    },
  }));

/** Names of parameters as rules write them. */
export const paramsOf = ({ version, operation }: Place): string[] => [
  ...paramNames(operation.params as Fields),
  ...version.dialect.beside,
];

/** Said of a word that names no operation. */
export function noOperation(word: string, all: readonly Place[]): string {
  const paths = all.map(({ path }) => path);
  const near = word.includes('/') ? paths : paths.map((path) => path.split('/')[2]!);
  return `no operation '${word.slice(0, 100)}'${didYouMean(word, near, '“cloudauth-mock operations” lists them')}`;
}

/** Said of a code that none of the operations meant can answer. */
export function noCode(on: string, code: string, meant: readonly Place[], all: readonly Place[]): string {
  const names = (places: readonly Place[]) => [...new Set(places.map(({ operation }) => operation.name))];
  const elsewhere = names(all.filter((place) => codesOf(place).has(code)));
  const answers = elsewhere.length > 0 ? `; what answers it: ${few(elsewhere)}` : '';
  const [only, ...others] = names(meant);
  const help = `“cloudauth-mock errors${others.length === 0 ? ` ${only}` : ''}” lists those it can answer`;
  const near = meant.flatMap((place) => [...codesOf(place).keys()]);
  return `${on} documents no error '${code.slice(0, 100)}'${answers}${didYouMean(code, near, help)}`;
}

export const few = (names: readonly string[], most = 3): string =>
  names.length > most ? `${names.slice(0, most).join(', ')} …` : names.join(', ');
