/** What to try next, for a call that failed or of which something was not read. Loaded by the first such call. */
import { type Hint, type HintName, wordOf } from '../platform/hint.js';
import { nearest } from '../platform/nearest.js';
import { RPC_PARAMS } from './common-params.js';
import { actionOf, versionOf } from './identify.js';
import type { Registry, Version } from './operation.js';
import type { RpcRequest } from './request.js';
import { isBodyUnread, isGetOfSaf, type Over, PUBLIC_NAMES, unreadNames } from './unread.js';

export function advice(
  request: RpcRequest,
  over: Over & { readonly code?: string },
  registry: Registry,
  noted: Set<HintName>,
): Hint[] {
  const { code, version } = over;
  return [
    ...(code === 'InvalidVersion' ? ofVersion(versionOf(request), registry) : []),
    ...(version && (code === 'InvalidAction.NotFound' || code === 'UnsupportedOperation')
      ? ofAction(actionOf(request), version, registry)
      : []),
    ...(version && code !== undefined && code !== 'UnsupportedHTTPMethod' ? ofMethod(request, version) : []),
    ...(isGetOfSaf(request, version) ? once('saf-by-get', noted) : []),
    ...(isBodyUnread(request) ? [['unread-body', { type: typeOf(request) }] as const] : []),
    ...ofNames(request, over),
  ];
}

function once(hint: HintName, noted: Set<HintName>): Hint[] {
  if (noted.has(hint)) return [];
  noted.add(hint);
  return [hint];
}

/** Without its parameters. */
const typeOf = ({ headers }: RpcRequest): string =>
  /^[\w.+-]+\/[\w.+-]+/.exec(headers['content-type'] ?? '')?.[0] ?? 'missing';

/** Versions that SDKs of the vendor send to other services. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  '2013-10-15': 'OSS',
  '2014-05-26': 'ECS',
  '2015-05-01': 'RAM',
};

function ofVersion(asked: string, { versions }: Registry): Hint[] {
  const known = versions.map(({ product, version, aliases }) =>
    [`${product} ${version}`, ...(aliases.length > 0 ? [`(and ${aliases.join(', ')})`] : [])].join(' '),
  );
  const given = wordOf(asked);
  if (asked === '') return [['no-version', { known }]];
  const product = ELSEWHERE[given];
  if (product !== undefined) return [['other-product', { given, product, known }]];
  const dates = versions.flatMap(({ version, aliases }) => [version, ...aliases]);
  return [...didYouMean(given, dates), ['unknown-version', { given, known }]];
}

function ofAction(asked: string, version: Version, { versions }: Registry): Hint[] {
  const action = wordOf(asked);
  const where = versionsWith(action, versions);
  if (where.length > 0) return [['action-elsewhere', { action, where }]];
  const services = versions.flatMap(({ names }) => names.map((name) => name.split('.')[0]!));
  if (versions.some((each) => each.dialect.knows(each, EXECUTE)) && services.includes(action) && !version.find(action))
    return [['action-is-service', { action }]];
  const actions = [...new Set([...versions.flatMap(({ names }) => names), EXECUTE])];
  const callable = actions.filter((name) => versions.some((each) => each.dialect.knows(each, name)));
  const own = nearest(
    action,
    callable.filter((name) => version.dialect.knows(version, name)),
  );
  if (own !== undefined) return [['did-you-mean', { near: own }]];
  const other = nearest(action, callable);
  if (other !== undefined)
    return [
      ['did-you-mean', { near: other }],
      ['action-elsewhere', { action: other, where: versionsWith(other, versions) }],
    ];
  return [['not-emulated', { action, product: version.product, version: version.version }]];
}

const EXECUTE = 'ExecuteRequest';
const versionsWith = (action: string, versions: readonly Version[]): string[] =>
  versions.filter((each) => each.dialect.knows(each, action)).map(({ product, version }) => `${product} ${version}`);

/** Where every operation of a version wants one method, a call that is none of them is told before it is found. */
function ofMethod({ method }: RpcRequest, { implemented }: Version): Hint[] {
  const methods = new Set(implemented.flatMap((each) => each.methods as readonly string[]));
  return methods.size === 0 || methods.has(method) ? [] : [['use-method', { methods: [...methods] }]];
}

const didYouMean = (word: string, known: readonly string[]): Hint[] => {
  const near = nearest(word, known);
  return near === undefined ? [] : [['did-you-mean', { near }]];
};

const MOST_NAMED = 3;

/** What a call needs for its operation to be found. Until then no other name is known to be misspelt. */
const NEEDED = [...RPC_PARAMS, 'Action', 'Version', 'Format', 'SecurityToken', 'Service', 'ServiceParameters'];

function ofNames(request: RpcRequest, { operation, params }: Over): Hint[] {
  const left = (names: Iterable<string>) =>
    [...names].filter((name) => !request.params.has(name) && !params?.has(name));
  const hints: Hint[] = [];
  const say = (names: readonly string[], known: readonly string[], otherwise?: (given: string) => Hint) => {
    for (const name of names) {
      const given = wordOf(name);
      const near = nearest(given, known);
      if (near !== undefined) hints.push(['misspelt-parameter', { given, near }]);
      else if (otherwise) hints.push(otherwise(given));
    }
  };
  if (!operation || !params) {
    say(unreadNames(request.params), left(NEEDED));
    return hints.slice(0, MOST_NAMED);
  }
  if (request.repeated !== undefined) hints.push(['sent-twice', { name: wordOf(request.repeated) }]);
  const isFlat = params === request.params;
  const own = [...Object.keys(operation.params), ...(isFlat ? PUBLIC_NAMES : [])];
  say(unreadNames(params, operation.params), left(own), (given) => [
    'unread-parameter',
    { given, operation: operation.name },
  ]);
  if (!isFlat)
    say(unreadNames(request.params), left(PUBLIC_NAMES), (given) => ['outside-service-parameters', { given }]);
  return hints.slice(0, MOST_NAMED);
}
