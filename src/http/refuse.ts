/** What Node's parser refused: answered, and said in the log. What a person has to do about is in the journal as well. */
import { DEFAULT_ACCOUNT } from '../gateway/accounts.js';
import { NO_INTERVENTION } from '../gateway/intervention.js';
import { HTTP_ON_TLS, refusedResponse } from '../gateway/refused.js';
import { assemble } from '../gateway/request.js';
import { HINT_HEADER, type Hint, hintText, sentences } from '../platform/hint.js';
import type { DoorDeps } from './door.js';
import { entryOf } from './log-entry.js';
import { handshakeFailed, isTls, TLS_EXPLANATION } from './tls.js';
import { OURS } from './told.js';

export type ParserError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer };

/** @returns the whole answer, as text for the socket */
export function createRefuse({ deps, journal, refusals, log }: DoorDeps) {
  let saidTls = false;
  /** Told in log and journal. @returns the hint, for who can read it */
  const wrongProtocol = async (requestId: string, hint: Hint, now: number, explanation?: string): Promise<string> => {
    const request = assemble('GET', '/', '', {}, Buffer.alloc(0), false, true);
    const hints = await sentences([hint]);
    const told = { requestId, hints, explanation, code: 'InvalidParameter' };
    const done = { ...told, status: 400, headers: {}, body: '', intervention: NO_INTERVENTION, mismatch: false };
    // such a client tries again and again
    const id = refusals.admits() ? await journal.record(DEFAULT_ACCOUNT, request, done, now, 0) : undefined;
    // the lines for each SDK are said once
    log.call({ ...entryOf(request, done, 0, id), explanation: saidTls ? undefined : explanation });
    if (explanation) saidTls = true;
    return hintText(hints);
  };
  return async (error: ParserError): Promise<string> => {
    const { code = '', message, rawPacket } = error;
    const gateway = await deps();
    const requestId = gateway.ids.requestId();
    const now = gateway.wallClock.now();
    if (isTls(rawPacket)) {
      const url = gateway.boundUrl(true);
      const hint: Hint = url === undefined ? 'https-to-http' : ['https-is-elsewhere', { url }];
      await wrongProtocol(requestId, hint, now, TLS_EXPLANATION);
    } else if (code === HTTP_ON_TLS) {
      const url = gateway.boundUrl(false) ?? '';
      const hint = await wrongProtocol(requestId, ['http-to-https', { url }], now);
      const plain = { ...error, code, message: `this port speaks https; http is at ${url}` };
      return refusedResponse(plain, requestId, gateway, { ...OURS, [HINT_HEADER]: hint });
    } else if (code.startsWith('ERR_SSL_')) refusals.tell(handshakeFailed(code, message));
    // a client that went away in mid-request is not worth a word
    else if (code !== 'HPE_INVALID_EOF_STATE') refusals.tell(`refused what is no HTTP request (${code}): ${message}`);
    return refusedResponse(error, requestId, gateway, OURS);
  };
}
