/** Failures on command: the next call of an operation answers a documented error and changes no state. */
import type { ApiError } from '../gateway/errors.js';
import { commandedError, legalCodes } from '../gateway/legal-codes.js';
import { type AnyOperation, operationPath, type Version } from '../gateway/operation.js';

export interface Interventions {
  /** @throws ApiError when a failure was ordered for this operation and account */
  apply(account: string, version: Version, operation: AnyOperation): Promise<void>;
  /**
   * @param path an operation's full path, or the end of one: `GetVerifyToken`, `face_verify.query`
   * @throws RangeError naming the operations there are, or the codes the operation documents
   */
  failNext(account: string, path: string, code: string): void;
  reset(account: string): void;
}

export function createInterventions(versions: readonly Version[]): Interventions {
  const queues = new Map<string, ApiError[]>();
  const key = (account: string, path: string) => `${account} ${path}`;
  return {
    async apply(account, version, operation) {
      const error = queues.get(key(account, operationPath(version, operation)))?.shift();
      if (error) throw error;
    },
    failNext(account, wanted, code) {
      const found = resolve(versions, wanted);
      for (const { version, operation, path } of found) {
        const row = legalCodes(version, operation).get(code);
        if (!row)
          throw new RangeError(
            `${path} documents no error '${code}'; it documents: ${[...legalCodes(version, operation).keys()].join(', ')}`,
          );
        const queue = queues.get(key(account, path)) ?? [];
        queues.set(key(account, path), [...queue, commandedError(code, row)]);
      }
    },
    reset(account) {
      for (const name of queues.keys()) if (name.startsWith(`${account} `)) queues.delete(name);
    },
  };
}

function resolve(versions: readonly Version[], wanted: string) {
  const all = versions.flatMap((version) =>
    version.operations.map((operation) => ({ version, operation, path: operationPath(version, operation) })),
  );
  const found = all.filter(({ path }) => path === wanted || path.endsWith(`/${wanted}`));
  if (found.length === 0)
    throw new RangeError(`no operation '${wanted}'; there are: ${all.map(({ path }) => path).join(', ')}`);
  return found;
}
