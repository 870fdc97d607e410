/** Asks a running emulator whether it is ready: what a container's HEALTHCHECK runs. It follows the configured port. */
import { get } from 'node:http';
import { calledAs } from '../platform/hosts.js';
import type { Call } from './command.js';

const TIMEOUT_MS = 2_000;

/** @returns the exit code: 0 ready, 1 not. @throws OptionError */
export function healthcheck({ options, err }: Call): Promise<0 | 1> {
  const { host: bound, port } = options();
  const host = calledAs(bound);
  return new Promise((resolve) => {
    const unhealthy = (why: string) => {
      err(`cloudauth-mock: not ready on ${host}:${port}: ${why}\n`);
      resolve(1);
    };
    const request = get({ host, port, path: '/readyz', timeout: TIMEOUT_MS, agent: false }, (response) => {
      response.resume();
      if (response.statusCode === 200) resolve(0);
      else unhealthy(`/readyz answered ${response.statusCode}`);
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)));
    request.on('error', (error) => unhealthy(error.message));
  });
}
