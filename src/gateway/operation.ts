/** What an operation, a version and a dialect are. Everything else about the contract is derived from these. */
import type { Behaviour, Context } from './context.js';
import type { Contract } from './contract.js';
import type { ApiError, ErrorTable } from './errors.js';
import type { Fields, Input, Output } from './fields.js';
import type { RpcRequest } from './request.js';
import type { Format, Quotes } from './wire-format.js';

/** A contract and the work that keeps it. */
export interface Operation<P extends Fields = Fields, R extends Fields = Fields, E extends ErrorTable = ErrorTable>
  extends Contract<P, R, E> {
  handle(input: Input<P>, context: Context<E>): Promise<Output<R>>;
  /** Set where it has no behaviour: what it answers instead. */
  readonly sample?: SampleKind;
}

/** The vendor's printed answer, or one that only has its shape: said in the header {@link SAMPLE_HEADER}. */
export type SampleKind = 'printed-example' | 'shape-only';
export const SAMPLE_HEADER = 'x-cloudauth-mock-answer';

/** Operations without behaviour, each read by the first who asks for it: nobody pays for those that are not called. */
export interface Sampled {
  readonly names: readonly string[];
  /** @throws LoadError */
  read(name: string): AnyOperation;
}

/** Operations with behaviour that are loaded by the first call of one: a start needs none of them. */
export interface Later {
  readonly names: readonly string[];
  load(): Promise<readonly AnyOperation[]>;
}

/** @param handle typed by the contract: its parameters, its answer, and `fail` with the errors it documents */
export const implement = <P extends Fields, R extends Fields, E extends ErrorTable>(
  contract: Contract<P, R, E>,
  handle: Operation<P, R, E>['handle'],
): Operation<P, R, E> => ({ ...contract, handle });

// biome-ignore lint/suspicious/noExplicitAny: a registry holds operations of every type; handlers are contravariant
export type AnyOperation = Operation<any, any, any>;

/** Parameters as they arrived, by name. */
export type RawParams = ReadonlyMap<string, string>;

/** A rendered answer before it is JSON or XML: the root's name, its fields in declared order, and their values. */
export interface Document {
  readonly root: string;
  readonly fields: Fields;
  readonly order?: readonly string[];
  readonly typed?: boolean;
  /** The quotes of its prolog in XML; single ones when absent. */
  readonly prolog?: Quotes;
  readonly value: Record<string, unknown>;
}

export interface Failure extends Document {
  readonly status: number;
}

/** What is known of a call when it fails. */
export interface FailedCall {
  readonly format: Format;
  readonly requestId: string;
  readonly operation?: AnyOperation;
  /** The caller's options, once the caller is known. */
  readonly behaviour?: Behaviour;
}

export interface Located {
  readonly operation: AnyOperation;
  readonly params: RawParams;
  /** A parameter of a type its text no longer shows. */
  readonly wrong?: ApiError;
}

/** How one family of versions finds an operation and wraps what it answers: the one thing that differs between them. */
export interface Dialect {
  /** The gateway knows this Action for a version; checked before the signature. */
  knows(version: Version, action: string): boolean;
  /** Finds the operation and its own parameters; runs after authentication, so a family may answer as a product. */
  locate(version: Version, request: RpcRequest): Located;
  success(operation: AnyOperation, format: Format, requestId: string, result: object): Document;
  /** Parameters without which no operation is found. */
  readonly needs: readonly string[];
  /** Parameters that {@link locate} gives beside the operation's own. */
  readonly beside: readonly string[];
  /** The errors every operation of the family shares beside the gateway's, for scenarios and docs. */
  readonly commonErrors: ErrorTable;
  /** Renders the family's own failures; undefined leaves it to the gateway's envelope. */
  failure?(error: ApiError, call: FailedCall): Failure | undefined;
}

export interface Version {
  readonly product: string;
  /** `YYYY-MM-DD`, as sent in `Version`. */
  readonly version: string;
  /** Sibling dates real SDKs send; they answer as this version does (approximated). */
  readonly aliases: readonly string[];
  /** Set when the version itself stands in for others: their dates. */
  readonly approximates?: string;
  /** The documented endpoint; printed as `HostId`. */
  readonly host: string;
  readonly defaultFormat: Format;
  readonly errorRoot: 'Error' | 'ErrorResponse';
  /** Its documents print what an error of the gateway looks like. */
  readonly printsErrors?: true;
  readonly dialect: Dialect;
  /** Those with behaviour. @throws Error before it is {@link ready} */
  readonly implemented: readonly AnyOperation[];
  /** Of all operations, those with behaviour first: known without reading their contracts. */
  readonly names: readonly string[];
  has(name: string): boolean;
  /** @returns undefined when nothing has to be waited for. Rejects with LoadError */
  ready(): Promise<void> | undefined;
  /** Makes it {@link ready} at once. */
  supply(operations: readonly AnyOperation[]): void;
  /** By {@link Contract.name}, however many there are in the same time. @throws Error before it is {@link ready} */
  find(name: string): AnyOperation | undefined;
  /** All of them; reads what nobody has asked for yet. @throws Error before it is {@link ready} */
  readonly operations: readonly AnyOperation[];
}

type Given = Omit<Version, 'names' | 'has' | 'ready' | 'supply' | 'find' | 'implemented' | 'operations'> & {
  readonly implemented: readonly AnyOperation[] | Later;
  readonly sampled?: Sampled;
};

export function defineVersion({ sampled, implemented, ...data }: Given): Version {
  const later = 'load' in implemented ? implemented : undefined;
  const working = new Set('load' in implemented ? implemented.names : implemented.map(({ name }) => name));
  const others = new Set(sampled?.names);
  const names = [...working, ...others];
  const byName = new Map<string, AnyOperation>();
  let own: readonly string[] = [...working];
  const supply = (operations: readonly AnyOperation[]): void => {
    for (const operation of operations) byName.set(operation.name, operation);
    own = operations.map(({ name }) => name);
  };
  if (!('load' in implemented)) supply(implemented);
  const find = (name: string): AnyOperation | undefined => {
    const known = byName.get(name);
    if (known) return known;
    if (working.has(name)) throw new Error(`${data.version} ${name} is not loaded: ready() was not waited for`);
    if (!others.has(name)) return undefined;
    const read = sampled!.read(name);
    byName.set(name, read);
    return read;
  };
  const isReady = () => later === undefined || byName.has(later.names[0]!);
  let all: readonly AnyOperation[] | undefined;
  return {
    ...data,
    names,
    has: (name) => working.has(name) || others.has(name),
    ready: () => (isReady() ? undefined : later!.load().then(supply)),
    supply,
    find,
    get implemented() {
      return own.map((name) => find(name)!);
    },
    get operations() {
      all ??= [...own, ...others].map((name) => find(name)!);
      return all;
    },
  };
}

/** `saf/2017-03-31/face_verify.query`: how scenarios, the journal and the docs name an operation. */
export const operationPath = (version: Version, { name }: Pick<AnyOperation, 'name'>): string =>
  `${version.product}/${version.version}/${name}`;

export interface Registry {
  readonly versions: readonly Version[];
  /** @param date the `Version` parameter, sibling dates included */
  find(date: string): Version | undefined;
  /** What answers in the place of a version that has no contract: the nearest by date, of those that have the Action. */
  standIn(date: string, action: string): Version | undefined;
}

/** @param known dates that have stand-ins, or `any` */
export function createRegistry(versions: readonly Version[], known: readonly string[] | 'any' = []): Registry {
  const byDate = new Map(
    versions.flatMap((version) => [version.version, ...version.aliases].map((date) => [date, version])),
  );
  return {
    versions,
    find: (date) => byDate.get(date),
    standIn(date, action) {
      const day = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(date) : Number.NaN;
      if (Number.isNaN(day) || (known !== 'any' && !known.includes(date))) return undefined;
      const away = ({ version }: Version) => Math.abs(Date.parse(version) - day);
      const able = versions.filter((version) => version.dialect.knows(version, action));
      return [...(able.length > 0 ? able : versions)].sort((a, b) => away(a) - away(b))[0];
    },
  };
}
