/** Several emulators on one database, each a process that can be killed and started again, behind a balancer. */

import { type Balancer, isReady, startBalancer } from './balancer.js';
import { type CallOptions, call, type Reply } from './call.js';
import { type Emulator, startCli } from './child.js';
import { until } from './until.js';

export interface Replicas extends AsyncDisposable {
  readonly balancer: Balancer;
  /** Those that run: one that was started again is another one. */
  readonly each: readonly Emulator[];
  /** By way of the balancer. */
  call(params: Record<string, string>, options?: CallOptions): Promise<Reply>;
  /** SIGKILL. */
  kill(index: number): Promise<void>;
  start(index: number): Promise<void>;
  /** Resolves once `/readyz` of each is 200. */
  ready(): Promise<void>;
}

export async function startReplicas(count: number, args: readonly string[]): Promise<Replicas> {
  const each = await Promise.all(Array.from({ length: count }, () => startCli(args)));
  const balancer = await startBalancer(() => each.map(({ url }) => url));
  return {
    balancer,
    each,
    call: (params, options) => call({ fetch }, params, { url: `${balancer.url}/`, ...options }),
    async kill(index) {
      await each[index]![Symbol.asyncDispose]();
    },
    async start(index) {
      each[index] = await startCli(args);
    },
    async ready() {
      await until(async () => (await Promise.all(each.map(({ url }) => isReady(url)))).every(Boolean));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([balancer, ...each].map((one) => one[Symbol.asyncDispose]()));
    },
  };
}
