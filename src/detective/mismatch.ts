/** Has a signature that does not match explained. The code that explains is loaded by the first mismatch. */
import type { Accounts } from '../gateway/accounts.js';
import { claimedAccessKeyId } from '../gateway/common-params.js';
import type { Answer } from '../gateway/gateway.js';
import type { RpcRequest } from '../gateway/request.js';
import { HINT_HEADER, hintText, MAX_HINT_BYTES } from '../platform/hint.js';
import { lazy } from '../platform/lazy.js';

const explainer = lazy(() => import('./explain.js'));

/** @returns the answer as it is, unless the signature did not match: then it says why */
export async function explained(request: RpcRequest, answer: Answer, accounts: Accounts): Promise<Answer> {
  if (!answer.mismatch) return answer;
  const accessKeyId = claimedAccessKeyId(request);
  const secret = accounts(accessKeyId)?.secret ?? '';
  const hinted = (cause: string): Pick<Answer, 'hints' | 'headers'> => {
    const hints = [`cause=${cause}`, ...answer.hints];
    return { hints, headers: { ...answer.headers, [HINT_HEADER]: hints.join('; ') } };
  };
  try {
    const { explain } = await explainer();
    const { cause, text } = explain(request, { id: accessKeyId, secret }, accounts.keys);
    return { ...answer, ...hinted(cause), explanation: text };
  } catch (crash) {
    // the documented answer stands, whatever becomes of its explanation
    return { ...answer, ...hinted('unknown'), crash };
  }
}

/** The id is known only after the journal's entry is written. It is kept whole when the other hints are too long. */
export function withJournalId(headers: Record<string, string>, id: number): Record<string, string> {
  const journal = `; journal=${id}`;
  const hints = hintText([headers[HINT_HEADER] ?? ''], MAX_HINT_BYTES - journal.length);
  return { ...headers, [HINT_HEADER]: hints + journal };
}
