/** OSS: which operation a call is, whether it may be done, and its answer. */

import type { Options } from '../config/options.js';
import type { Callers } from '../gateway/callers.js';
import { NOT_CHECKED } from '../gateway/headers.js';
import { type Clock, stopwatch } from '../platform/clock.js';
import { HINT_HEADER, hintText, sentences } from '../platform/hint.js';
import type { Ids } from '../platform/ids.js';
import { StorageError } from '../store/database.js';
import type { Directory } from '../store/directory.js';
import type { Store } from '../store/store.js';
import { authenticate, authenticateForm } from './authenticate.js';
import { OssError, ossError, renderOssError } from './errors.js';
import { readForm } from './form.js';
import type { OssReply, OssRequest } from './message.js';
import { ObjectThereError, type OssObjects, StoreFullError } from './object-store.js';
import type { OssResult } from './operations/call.js';
import { choose, isForm, unsupported } from './operations/index.js';
import { postObject } from './operations/post-object.js';
import { ClientGone } from './operations/received.js';

export interface OssDeps {
  readonly callers: Callers;
  readonly ids: Ids;
  readonly wallClock: Clock;
  readonly directory: Directory;
  readonly objects: OssObjects;
  readonly options: Pick<Options, 'publicUrl'>;
  storeOf(account: string): Store;
  clockOf(account: string): Clock;
}

export interface Oss {
  /** Rejects only when the client has gone in mid-upload. */
  handle(request: OssRequest): Promise<OssReply>;
}

/** What a browser that uploads may send and read; a real bucket says it by its CORS rules. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, x-oss-request-id, x-oss-server-time',
};
const preflight = ({ headers }: OssRequest): OssResult => ({
  status: 200,
  headers: {
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE',
    'access-control-allow-headers': (headers['access-control-request-headers'] ?? '*').slice(0, MAX_ASKED),
    'access-control-max-age': '172800',
    'content-length': '0',
  },
});

/** Far more than any client sends. Before the signature is known to be right, the query is sorted and encoded once per bucket. */
const MAX_QUERY = 64 * 1024;
/** A bucket and a key of 1,023 bytes, each of them encoded. */
const MAX_PATH = 4096;
/** Names of headers; a browser asks for those a page sets. */
const MAX_ASKED = 1024;

type Known = Pick<OssReply, 'operation' | 'account' | 'unchecked'>;

export function createOss({ objects, ids, wallClock, options, ...house }: OssDeps): Oss {
  const common = { ...house, wallClock, publicHost: options.publicUrl && new URL(options.publicUrl).hostname };

  /** @param know called with the operation and the account as soon as they are known, for the log of a call that fails later */
  const answer = async (request: OssRequest, know: (known: Partial<Known>) => void): Promise<OssResult> => {
    const deps = { ...common, onUnchecked: (account: string) => know({ account, unchecked: true }) };
    if (request.method === 'OPTIONS') return preflight(request);
    if (request.query.length > MAX_QUERY)
      throw ossError('InvalidArgument', {}, undefined, ['oss-long-query', { max: MAX_QUERY }]);
    if (request.path.length > MAX_PATH)
      throw ossError('InvalidObjectName', {}, 'The Length of Object name must be less than 1024.');
    if (isForm(request)) {
      know({ operation: 'PostObject' });
      const form = await readForm(request, (fields) => authenticateForm(request, fields, deps));
      const caller = await authenticateForm(request, form.fields, deps);
      know({ operation: 'PostObject', account: caller.account });
      return postObject({ request, caller, objects }, form);
    }
    const caller = await authenticate(request, deps);
    const chosen = choose(request, caller.params, caller.key);
    know({ operation: chosen?.name ?? request.method, account: caller.account });
    if (!chosen) throw unsupported(request, caller.params, caller.key);
    return chosen.run({ request, caller, objects });
  };

  return {
    async handle(request) {
      const startedAt = stopwatch();
      const requestId = ids.ossRequestId();
      let known: Known = { operation: request.method };
      let crash: unknown;
      let refused: OssError | undefined;
      const result: OssResult = await answer(request, (told) => {
        known = { ...known, ...told };
      }).catch((error) => {
        if (error instanceof ClientGone) throw error;
        refused = expected(error) ?? ossError('InternalError');
        if (!expected(error)) crash = error;
        return renderOssError(refused, requestId, request.host, request.method);
      });
      const hints = await sentences(refused?.hint === undefined ? [] : [refused.hint]);
      return {
        ...result,
        headers: {
          server: 'AliyunOSS',
          date: new Date(wallClock.now()).toUTCString(),
          'x-oss-request-id': requestId,
          'x-oss-server-time': String(Math.round(stopwatch() - startedAt)),
          ...(request.headers.origin !== undefined && CORS),
          ...result.headers,
          ...(known.unchecked && NOT_CHECKED),
          ...(hints.length > 0 && { [HINT_HEADER]: hintText(hints) }),
        },
        ...known,
        requestId,
        code: refused?.code,
        hints,
        crash,
      };
    },
  };
}

/** @returns the answer to a failure that is no fault in the emulator; undefined for one that is */
function expected(error: unknown): OssError | undefined {
  if (error instanceof OssError) return error;
  if (error instanceof StoreFullError) return ossError('EntityTooLarge', {}, undefined, 'store-full');
  if (error instanceof StorageError)
    return ossError('InternalError', {}, undefined, ['storage', { why: error.message }]);
  if (error instanceof ObjectThereError) return ossError('FileAlreadyExists');
  return undefined;
}
