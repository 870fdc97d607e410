/** Has a signature that does not match explained. The code that explains is loaded by the first mismatch. */
import { claimedAccessKeyId } from '../gateway/common-params.js';
import type { Answer, GatewayDeps } from '../gateway/gateway.js';
import type { RpcRequest } from '../gateway/request.js';
import { HINT_HEADER, hintText, MAX_HINT_BYTES } from '../platform/hint.js';
import { lazy } from '../platform/lazy.js';

const explainer = lazy(() => import('./explain.js'));

/** @returns the answer as it is, unless the signature did not match: then it says why */
export async function explained(
  request: RpcRequest,
  answer: Answer,
  { accounts, callers }: Pick<GatewayDeps, 'accounts' | 'callers'>,
): Promise<Answer> {
  if (!answer.mismatch) return answer;
  const accessKeyId = claimedAccessKeyId(request);
  const hinted = (cause: string): Pick<Answer, 'hints'> => {
    const said = `cause=${cause}`;
    return { hints: [{ en: said, zh: said }, ...answer.hints] };
  };
  try {
    const secret = (await callers(accessKeyId))?.secret ?? '';
    const { explain } = await explainer();
    const { cause, text } = explain(request, { id: accessKeyId, secret }, accounts.keys);
    return { ...answer, ...hinted(cause), explanation: text };
  } catch (crash) {
    // the documented answer stands, whatever becomes of its explanation
    return { ...answer, ...hinted('unknown'), crash };
  }
}

/** The id is known only after the journal's entry is written. It stands behind the cause and is kept whole. */
export function withJournalId({ headers, hints: [cause, ...others] }: Answer, id: number): Record<string, string> {
  const journal = `; journal=${id}`;
  const found = hintText(cause ? [cause] : [], MAX_HINT_BYTES - journal.length) + journal;
  const more = hintText(others, Math.max(0, MAX_HINT_BYTES - found.length - 2));
  return { ...headers, [HINT_HEADER]: more === '' ? found : `${found}; ${more}` };
}
