/** Checked by tsc alone: options are typed as narrowly as they are read, so that editors complete them. */
import type { Options } from '../../src/config/option-types.js';
import type { Config, MockOptions, readConfig } from '../../src/index.js';

export const everyOptionIsThere: Record<keyof Options, keyof MockOptions> = {} as { [K in keyof Options]: K };
export const optionsAreTaken = (options: Options): MockOptions => options;

export const taken: readonly MockOptions[] = [
  { port: 0, device: 'manual', signature: 'warn', errors: 'gateway', fetch: 'loopback', driver: 'node-sqlite3-wasm' },
  { port: '4600', device: 'after:30s', sdkBuild: { kind: 'polls', count: 2 }, scenes: 'any', watch: true },
  { accessKey: 'a:b', accessKeys: [{ id: 'a', secret: 'b' }, 'c:d'], scene: ['A', { biz: 'B', solution: 'RPMin' }] },
  { safCodes: { team: 'unified' }, maxObjectBytes: '512MB', seed: 7, publicUrl: undefined },
];

export const fromFile = (read: Awaited<ReturnType<typeof readConfig>>): MockOptions => ({ ...read, port: 0 });
export const file = { port: 4600, device: 'manual', accessKeys: ['a:b'] } satisfies Config;

// made elsewhere, without `as const`
const elsewhere = { fetch: 'loopback', sdkBuild: 'immediate' };
export const widened: MockOptions = elsewhere;

// @ts-expect-error no such option
export const option: MockOptions = { failurelimit: 1 };
// @ts-expect-error no text
export const mode: MockOptions = { signature: true };
// @ts-expect-error no progression
export const progression: MockOptions = { device: { kind: 'polls' } };
// @ts-expect-error no scene
export const scene: MockOptions = { scene: [{ name: 'A' }] };
