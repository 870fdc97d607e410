/** Asks a running emulator whether it is ready: what a container's HEALTHCHECK runs. It follows the configured port. */
import { get } from 'node:http';
import { calledAs } from '../platform/hosts.js';
import { oneLine } from '../platform/redact.js';
import type { Call } from './command.js';

const TIMEOUT_MS = 2_000;
/** Characters of an answer. */
const SHOWN = 500;

/** @returns the exit code: 0 ready, 1 not. @throws OptionError */
export async function healthcheck({ options, err, translator }: Call): Promise<0 | 1> {
  const { host: bound, port } = options();
  const host = calledAs(bound);
  const t = await translator();
  return new Promise((resolve) => {
    const unhealthy = (why: string) => {
      err(`cloudauth-mock: ${t(`not ready on ${host}:${port}: ${why}`)}\n`);
      resolve(1);
    };
    const request = get({ host, port, path: '/readyz', timeout: TIMEOUT_MS, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        body = (body + part).slice(0, SHOWN);
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(0);
        else unhealthy(`/readyz answered ${response.statusCode} ${oneLine(body)}`);
      });
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)));
    request.on('error', (error) => unhealthy(error.message));
  });
}
