/** Asks a running emulator whether it is ready: what a container's HEALTHCHECK runs. It follows the configured port. */
import { get } from 'node:http';

const TIMEOUT_MS = 2_000;

/** @returns the exit code: 0 ready, 1 not */
export function healthcheck(host: string, port: number, say: (text: string) => void): Promise<0 | 1> {
  const target = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return new Promise((resolve) => {
    const unhealthy = (why: string) => {
      say(`cloudauth-mock: not ready on ${target}:${port}: ${why}\n`);
      resolve(1);
    };
    const request = get({ host: target, port, path: '/readyz', timeout: TIMEOUT_MS }, (response) => {
      response.resume();
      if (response.statusCode === 200) resolve(0);
      else unhealthy(`/readyz answered ${response.statusCode}`);
    });
    request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MS} ms`)));
    request.on('error', (error) => unhealthy(error.message));
  });
}
