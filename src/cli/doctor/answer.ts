/** Who answers at an address: an emulator, somebody else, or nobody. No proxy is asked. */
import http from 'node:http';
import https from 'node:https';
import { oneLine } from '../../platform/redact.js';

export type Answer =
  | {
      readonly by: 'emulator';
      readonly version: string;
      readonly ready: boolean;
      readonly said: string;
      readonly date: string;
    }
  | { readonly by: 'other'; readonly said: string }
  | { readonly by: 'nobody'; readonly why: string };

const TIMEOUT_MS = 2_000;
/** Characters of an answer. */
const SHOWN = 300;

export function whoAnswers(url: string): Promise<Answer> {
  const { get } = url.startsWith('https:') ? https : http;
  // whether its certificate is trusted is a check of its own
  const how = { signal: AbortSignal.timeout(TIMEOUT_MS), agent: false, rejectUnauthorized: false } as const;
  return new Promise((resolve) => {
    let answered = false;
    const request = get(`${url}/readyz`, how, (response) => {
      answered = true;
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        body += part;
        // whatever it is, it is not ours
        if (body.length > SHOWN * 10) request.destroy();
      });
      // what came until then tells who it is
      response.on('error', () => {});
      response.on('close', () => {
        const { 'x-cloudauth-mock': version, date = '' } = response.headers;
        const said = `HTTP ${response.statusCode} ${oneLine(body.slice(0, SHOWN))}`.trim();
        if (version === undefined) resolve({ by: 'other', said });
        else resolve({ by: 'emulator', version: String(version), ready: response.statusCode === 200, said, date });
      });
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      // what is said of a response, its end says
      if (answered) return;
      // it accepts connections, and speaks something else
      if (error.code?.startsWith('HPE_') || error.code === 'ECONNRESET') resolve({ by: 'other', said: error.message });
      else resolve({ by: 'nobody', why: error.name === 'AbortError' ? `none within ${TIMEOUT_MS} ms` : error.message });
    });
  });
}
