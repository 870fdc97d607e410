/**
 * Queries a second: what an account may call of an operation in one second of the wall clock. The second is a fixed one, so
 * that of the last nothing has to be kept: how the vendor measures it no page says. A refused call does not count.
 */
import type { Clock } from '../platform/clock.js';
import { ApiError } from './errors.js';
import { gatewayError } from './gateway-errors.js';
import { type AnyOperation, operationPath, type Version } from './operation.js';

/** How many in a second; undefined: as many as come. @param host that was called: each region has limits of its own */
export type Limit = (operation: string, host: string) => number | undefined;

export interface Throttle {
  /** Counts a call. @throws ApiError when there were as many as there may be in this second */
  count(account: string, host: string, version: Version, operation: AnyOperation): void;
  /** How many were refused, by operation. */
  readonly refused: ReadonlyMap<string, number>;
}

/** A clock may stand still, and any id beginning LTAImock is an account. */
const MOST = 100_000;

export function createThrottle(limitOf: Limit, wallClock: Clock): Throttle {
  const counts = new Map<string, number>();
  const refused = new Map<string, number>();
  let second = Number.NaN;
  return {
    count(account, host, version, operation) {
      const path = operationPath(version, operation);
      const limit = limitOf(path, host);
      if (limit === undefined) return;
      const now = Math.floor(wallClock.now() / 1000);
      if (now !== second || counts.size >= MOST) counts.clear();
      second = now;
      const key = `${account} ${path}`;
      const before = counts.get(key) ?? 0;
      if (before >= limit) {
        refused.set(path, (refused.get(path) ?? 0) + 1);
        throw overLimit(version, operation, limit);
      }
      counts.set(key, before + 1);
    },
    refused,
  };
}

/** Cloudauth-intl and SAF list one of their own for it; of Cloudauth only the platform's table is known. */
function overLimit({ dialect: { commonErrors } }: Version, { name }: AnyOperation, limit: number): ApiError {
  const hint = ['throttled', { operation: name, limit }] as const;
  const code = ['Throttling.Api', '402'].find((one) => commonErrors[one]);
  return code ? new ApiError(code, commonErrors[code]!, {}, hint) : gatewayError('Throttling.User', {}, hint);
}
