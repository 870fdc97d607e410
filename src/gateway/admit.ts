/** Who a call is let in as: by its signature, or, as the options say, without a right one. */
import type { Clock } from '../platform/clock.js';
import type { Hint } from '../platform/hint.js';
import { DEFAULT_ACCOUNT } from './accounts.js';
import { type Admitted, type AuthenticateOptions, authenticate, claimedAccessKeyId } from './common-params.js';
import { ApiError } from './errors.js';
import type { RpcRequest } from './request.js';

export interface AdmitDeps extends Pick<AuthenticateOptions, 'callers' | 'takeNonce'> {
  readonly wallClock: Clock;
  readonly signature: 'strict' | 'warn' | 'off';
}

/** @throws ApiError of {@link authenticate}. @param onMismatch told when the signature is not the one its secret gives */
export async function admit(
  request: RpcRequest,
  { callers, takeNonce, wallClock, signature }: AdmitDeps,
  hints: Hint[],
  onMismatch: () => void,
): Promise<Admitted> {
  const claimed = async (): Promise<Admitted> => {
    const accessKeyId = claimedAccessKeyId(request);
    return { caller: (await callers(accessKeyId)) ?? { accessKeyId, secret: '', account: DEFAULT_ACCOUNT } };
  };
  if (signature === 'off') return claimed();
  try {
    return await authenticate(request, { callers, takeNonce, now: wallClock.now });
  } catch (error) {
    if (error instanceof ApiError && error.code === 'SignatureDoesNotMatch') onMismatch();
    if (signature === 'strict' || !(error instanceof ApiError)) throw error;
    hints.push(['let-through', { code: error.code }]);
    return claimed();
  }
}
