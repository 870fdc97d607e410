/**
 * Conformance: what the vendor's metadata and the corrections promise, asked of the emulator by a client that knows nothing
 * else. All calls there are, in a few seconds; `npm run conformance` writes the figures anew.
 */
import '../../src/products/eager.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnyOperation } from '../../src/gateway/operation.js';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { versions } from '../../src/products/index.js';
import { promises } from './oracle.js';
import { conformance, type Figures } from './run.js';

let mock: CloudauthMock;
beforeAll(() => {
  mock = createCloudauthMock();
});
afterAll(() => mock.close());

const groups = [...new Set(promises.map(({ path }) => path.slice(0, path.lastIndexOf('/'))))];
const figures = new Map<string, Figures>();

test.each(groups)('%s keeps what the metadata and the corrections promise', async (group) => {
  const failures: string[] = [];
  for (const promise of promises.filter(({ path }) => path.startsWith(`${group}/`))) {
    const { failures: found, ...counted } = await conformance(mock, promise);
    figures.set(promise.path, counted);
    failures.push(...found);
  }
  expect(failures).toEqual([]);
});

test('the figures of SUPPORTED.md are these (else: npm run conformance, then npm run docs)', async () => {
  await expect(written(figures)).toMatchFileSnapshot('figures.json');
});

function written(all: ReadonlyMap<string, Figures>): string {
  const line = (one: Figures) => Object.entries(one).map(([name, count]) => `"${name}": ${count}`);
  return `{\n${[...all].map(([path, one]) => `  "${path}": { ${line(one).join(', ')} }`).join(',\n')}\n}\n`;
}

describe('it goes red when a contract', () => {
  const promise = promises.find(({ path }) => path === 'cloudauth/2019-03-07/ContrastFaceVerify')!;
  const version = versions.find((one) => one.version === promise.version && one.product === 'cloudauth')!;

  /** @param change what differs; the registry's own object is changed, and put right again */
  async function failuresWith(change: (operation: AnyOperation) => Partial<AnyOperation>): Promise<readonly string[]> {
    const operation = version.find(promise.name)!;
    const before = { ...operation };
    Object.assign(operation, change(operation));
    try {
      return (await conformance(mock, promise)).failures;
    } finally {
      Object.assign(operation, before);
    }
  }

  test('is as it should be: no', async () => {
    expect(await failuresWith(() => ({}))).toEqual([]);
  });

  test.each<[what: string, change: (operation: AnyOperation) => Partial<AnyOperation>, seen: RegExp]>([
    [
      'no longer demands a parameter',
      ({ params }) => ({ params: { ...params, CertName: { ...params.CertName, required: undefined } } }),
      /without CertName .* 400 is due/,
    ],
    [
      'renames a field',
      ({ response: { Passed, ...rest } }) => ({
        response: { ...rest, IsPassed: Passed },
        handle: async () => ({ IsPassed: 'F' }),
      }),
      /ResultObject\.IsPassed is not declared/,
    ],
    [
      'answers another type',
      () => ({ handle: async () => ({ Passed: false, SubCode: 204 }) }),
      /ResultObject\.SubCode\.? is no string/,
    ],
    [
      'takes another type',
      ({ params }) => ({ params: { ...params, SceneId: { ...params.SceneId, kind: 'text' } } }),
      /SceneId that is no number .* 401 is due/,
    ],
    [
      'forgets a limit',
      ({ params }) => ({ params: { ...params, Model: { ...params.Model, values: undefined } } }),
      /Model of no value there is .* 401 is due/,
    ],
    ['takes GET no longer', () => ({ methods: ['POST'] }), /a valid call \(GET .*UnsupportedHTTPMethod/],
  ])('%s', async (_what, change, seen) => {
    expect((await failuresWith(change)).join('\n')).toMatch(seen);
  });
});
