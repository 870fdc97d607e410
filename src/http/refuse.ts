/** What Node's parser refused: answered, and said in the log. What a person has to do about is in the journal as well. */
import type { Journal } from '../control/journal.js';
import { DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import type { GatewayDeps } from '../gateway/gateway.js';
import { NO_INTERVENTION } from '../gateway/intervention.js';
import { refusedResponse } from '../gateway/refused.js';
import { assemble } from '../gateway/request.js';
import { sentences } from '../platform/hint.js';
import type { Log } from '../platform/log.js';
import { entryOf } from './log-entry.js';
import { isTls, TLS_EXPLANATION } from './tls.js';
import { OURS } from './told.js';

export type ParserError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer };

/** @returns the whole answer, as text for the socket */
export function createRefuse(deps: () => Promise<GatewayDeps>, journal: Journal, log: Log) {
  let saidTls = false;
  const tls = async (requestId: string, now: number): Promise<void> => {
    const request = assemble('GET', '/', '', {}, Buffer.alloc(0), false, true);
    const told = {
      requestId,
      hints: await sentences(['https-to-http']),
      explanation: TLS_EXPLANATION,
      code: 'InvalidParameter',
    };
    const done = { ...told, status: 400, headers: {}, body: '', intervention: NO_INTERVENTION, mismatch: false };
    const id = journal.record(DEFAULT_ACCOUNT, request, done, now, 0);
    // such a client tries again and again: the lines for each SDK are said once
    log.call({ ...entryOf(request, done, 0, id), explanation: saidTls ? undefined : TLS_EXPLANATION });
    saidTls = true;
  };
  return async (error: ParserError): Promise<string> => {
    const { code = '', message, rawPacket } = error;
    const gateway = await deps();
    const requestId = gateway.ids.requestId();
    if (isTls(rawPacket)) await tls(requestId, gateway.wallClock.now());
    // a client that went away in mid-request is not worth a word
    else if (code !== 'HPE_INVALID_EOF_STATE') log.warn(`refused what is no HTTP request (${code}): ${message}`);
    return refusedResponse(error, requestId, gateway, OURS);
  };
}
