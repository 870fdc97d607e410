/**
 * One request, one straight line: receive → identify → authenticate → throttle → parse → intervene → handle → render.
 * The order of the checks is observable; it stands here and test/gateway/order.test.ts pins it. The documents do not
 * give it: it follows what the live gateway was seen to do where anything was seen, see docs/fidelity.md.
 */
import { deciderOf, type Hint, sentences } from '../platform/hint.js';
import type { Text } from '../platform/language.js';
import { LoadError, lazy } from '../platform/lazy.js';
import { StorageError } from '../store/database.js';
import { NonceUsedError } from '../store/nonces.js';
import type { Accounts, Caller } from './accounts.js';
import { type AdmitDeps, admit } from './admit.js';
import { type ContextDeps, contextFor } from './context-for.js';
import { ApiError } from './errors.js';
import { type ErrorSource, failureDocument } from './failure.js';
import { gatewayError } from './gateway-errors.js';
import { headersOf } from './headers.js';
import { checkAction, checkFormat, formatOf, identify, versionOf } from './identify.js';
import { type Intervention, NO_INTERVENTION } from './intervention.js';
import {
  type AnyOperation,
  type Document,
  operationPath,
  type RawParams,
  type Registry,
  type Version,
} from './operation.js';
import { parse } from './parse.js';
import { render, xmlBuilder } from './render.js';
import type { RpcRequest } from './request.js';
import type { Throttle } from './throttle.js';
import { isOdd } from './unread.js';

/** What the gateway needs from the rest of the emulator; made once per emulator. */
export interface GatewayDeps extends AdmitDeps, ContextDeps {
  readonly registry: Registry;
  readonly accounts: Accounts;
  readonly methods: 'documented' | 'any';
  readonly errors: ErrorSource;
  /** Absent where as many calls are answered as come. */
  readonly throttle?: Throttle;
  intervene(
    account: string,
    host: string,
    version: Version,
    operation: AnyOperation,
    params: RawParams,
  ): Intervention | Promise<Intervention>;
}

/** Everything known about a finished call: what is sent, and what the log and the journal say of it. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly requestId: string;
  readonly operation?: string;
  readonly account?: string;
  readonly code?: string;
  readonly hints: readonly Text[];
  readonly decider?: ReturnType<typeof deciderOf>;
  readonly intervention: Intervention;
  /** The operation's own parameters, once it was found: for SAF the members of ServiceParameters. */
  readonly params?: RawParams;
  /** What the operation answered, before it was wrapped; absent of a failure. */
  readonly result?: object;
  /** The signature does not match; true also where `--signature` lets such a call through. */
  readonly mismatch: boolean;
  /** Nobody here knows the secret, so the signature was not checked. */
  readonly unchecked?: boolean;
  /** Why it does not match, in several lines; found after the answer was made. */
  readonly explanation?: string;
  /** A failure of ours, not of the caller: its stack belongs in the log. */
  readonly crash?: unknown;
}

export async function answer(request: RpcRequest, deps: GatewayDeps): Promise<Answer> {
  const requestId = deps.ids.requestId();
  const hints: Hint[] = [];
  let version: Version | undefined;
  let format = formatOf(request, version);
  let operation: AnyOperation | undefined;
  let caller: Caller | undefined;
  let status = 200;
  let code: string | undefined;
  let crash: unknown;
  let document: Document;
  let intervention = NO_INTERVENTION;
  let params: RawParams | undefined;
  let result: object | undefined;
  let mismatch = false;
  try {
    version = identify(request, deps.registry, hints);
    format = formatOf(request, version);
    checkAction(request, version, deps.errors);
    checkFormat(request);
    // what could not be answered is not begun
    if (format === 'XML') await xmlBuilder();
    checkSize(request);
    const admitted = await admit(request, deps, hints, () => {
      mismatch = true;
    });
    caller = admitted.caller;
    try {
      const loading = version.ready();
      if (loading) await loading;
      const located = version.dialect.locate(version, request);
      operation = located.operation;
      params = located.params;
      checkMethod(request, operation, deps.methods);
      deps.throttle?.count(caller.account, request.host, version, operation);
      if (located.wrong) throw located.wrong;
      const input = parse(operation.params, operation.errors, params);
      intervention = await deps.intervene(caller.account, request.host, version, operation, params);
      if (intervention.hint) hints.push(intervention.hint);
      if (intervention.error) throw intervention.error;
      const context = contextFor(request, admitted, version, operation, intervention, deps, hints);
      const done: object = await operation.handle(input as never, context);
      document = version.dialect.success(operation, format, requestId, done);
      result = done;
    } finally {
      // no answer leaves before its nonce is kept
      if (admitted.nonce?.keep) await admitted.nonce.keep();
    }
  } catch (error) {
    const failure = asApiError(error);
    if (failure !== error && !(error instanceof NonceUsedError)) crash = error;
    if (failure.hint) hints.push(failure.hint);
    code = failure.code;
    const behaviour = caller && deps.behaviourOf(caller.account);
    const failed = { format, requestId, operation, behaviour };
    const rendered = failureDocument(failure, version, request.host, failed, deps.errors);
    status = rendered.status;
    document = rendered;
  }
  const noted = deps.notedOf(caller?.account ?? '');
  if (code !== undefined || isOdd(request, { version, operation, params }, noted))
    hints.push(...(await adviceOn(request, { code, version, operation, params }, deps.registry, noted)));
  const unchecked = caller?.unchecked;
  const said = hints.length > 0 ? await sentences(hints) : [];
  return {
    status,
    code,
    crash,
    requestId,
    hints: said,
    decider: deciderOf(hints),
    intervention,
    params,
    result,
    mismatch,
    unchecked,
    headers: headersOf(
      ...([format, requestId, said, request.tooLarge] as const),
      ...([code === undefined ? operation?.sample : undefined, unchecked] as const),
    ),
    body: await render(document, format, versionOf(request)),
    operation: version && operation && operationPath(version, operation),
    account: caller?.account,
  };
}

const adviser = lazy(() => import('./advice.js'));

/** Nothing where it, or what it looks at, cannot be loaded: the answer stands without it. */
async function adviceOn(...call: Parameters<typeof import('./advice.js').advice>): Promise<readonly Hint[]> {
  const loaded = await Promise.all([adviser(), call[1].version?.ready()]).catch(() => undefined);
  return loaded?.[0].advice(...call) ?? [];
}

/** The answer to a failure outside the line, which {@link answer} could not catch. */
export async function unexpected(
  error: unknown,
  deps: GatewayDeps,
  host: string,
): Promise<Pick<Answer, 'status' | 'body' | 'headers'>> {
  const requestId = deps.ids.requestId();
  const document = failureDocument(asApiError(error), undefined, host, { format: 'JSON', requestId }, deps.errors);
  return {
    status: document.status,
    body: await render(document, 'JSON', ''),
    headers: headersOf('JSON', requestId, [], true),
  };
}

function checkSize(request: RpcRequest): void {
  if (request.excess !== undefined) throw gatewayError('InvalidParameter', { Reason: request.excess });
}

/** GET is refused where the page says “仅支持POST”; any other method is refused everywhere. */
function checkMethod(request: RpcRequest, operation: AnyOperation, methods: 'documented' | 'any'): void {
  const allowed: readonly string[] = methods === 'any' ? ['GET', 'POST'] : operation.methods;
  if (!allowed.includes(request.method))
    throw gatewayError('UnsupportedHTTPMethod', {}, ['use-method', { methods: operation.methods }]);
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof NonceUsedError) return gatewayError('SignatureNonceUsed');
  if (error instanceof StorageError) return gatewayError('ServiceUnavailable', {}, ['storage', { why: error.message }]);
  return gatewayError(error instanceof LoadError ? 'ServiceUnavailable' : 'InternalError');
}
