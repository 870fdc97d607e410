/** Scenario texts made to hurt: each is refused with the limit it exceeds, and nobody waits for it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock, type Scenario } from '../../src/index.js';
import { readInThread } from '../../src/scenarios/thread.js';
import { startCli } from '../support/child.js';

let mock: CloudauthMock;
beforeAll(async () => {
  mock = await createCloudauthMock({ port: 0 }).listen();
});
afterAll(() => mock.close());

async function post(body: string): Promise<{ status: number; error?: string; added?: number }> {
  const reply = await fetch(`${mock.url}/_mock/scenarios`, { method: 'POST', body });
  return { status: reply.status, ...((await reply.json()) as object) };
}

const DEEP = 'more than 30 lists and mappings lie in each other';
const keys = (count: number) => Array.from({ length: count }, (_, n) => `k${n}: 1`).join('\n');
const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
  .concat([...'bcdefghij'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[at]}`)}]`))
  .concat('rules: *j')
  .join('\n');

describe('what is posted', () => {
  test.each([
    ['keys in keys', '? '.repeat(1000), DEEP],
    ['400 keys in keys', '? '.repeat(400), DEEP],
    ['lists in lists', '- '.repeat(50_000), DEEP],
    ['mappings in a line', 'a: '.repeat(5000), DEEP],
    ['brackets', `rules: ${'['.repeat(100_000)}`, DEEP],
    ['brackets whose ends are hidden in texts', '["]", '.repeat(50_000), DEEP],
    ['indentation', Array.from({ length: 900 }, (_, n) => `${' '.repeat(n)}a:\n`).join(''), DEEP],
    ['JSON', '{"rules":'.repeat(50_000), DEEP],
    ['an alias bomb', bomb, 'with what its aliases repeat it has more than 200,000 values'],
    ['20,000 keys', keys(20_000), "no key 'k0'"],
    [
      'stars',
      JSON.stringify({ rules: [{ on: '*'.repeat(100_000), then: { delay: 1 } }] }),
      'more than 4096 characters',
    ],
    ['a million bytes and more', `# ${'x'.repeat(1024 * 1024)}`, '1 MB'],
    [
      'parameters',
      JSON.stringify({
        rules: [
          {
            on: '*',
            when: { params: Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`p${n}`, '*a*'])) },
            then: { delay: 1 },
          },
        ],
      }),
      'more than 32 parameters',
    ],
    [
      '10,001 rules',
      JSON.stringify({ rules: Array(10_001).fill({ on: '*', then: { delay: 1 } }) }),
      'more than 10000 items',
    ],
    [
      'repetitions',
      JSON.stringify({ rules: [{ on: `/${'x{1000}'.repeat(140)}/`, then: { delay: 1 } }] }),
      '500 are the most',
    ],
  ])('%s: 400, and the limit', async (_title, body, says) => {
    const { status, error } = await post(body);
    expect([status, error]).toEqual([400, expect.stringContaining(says)]);
  });

  test('100,000 keys are read beside the calls of others, which are answered meanwhile', async () => {
    let done = false;
    const posted = post(keys(80_000)).finally(() => {
      done = true;
    });
    let answered = 0;
    while (!done) {
      expect((await fetch(`${mock.url}/healthz`)).status).toBe(200);
      answered++;
    }
    expect((await posted).status).toBe(400);
    expect(answered).toBeGreaterThan(20);
  });

  test('a thousand rules in YAML are taken', async () => {
    const rule =
      '  - { on: GetStatus, when: { params: { TicketId: "x" } }, then: { fail: InvalidParam.InvalidBiz } }\n';
    expect(await post(`rules:\n${rule.repeat(1000)}`)).toEqual({ status: 201, added: 1000 });
    await mock.scenarios.clear();
  });
});

test('the built package has its thread too', async () => {
  await using emulator = await startCli();
  const rule = '  - { on: "*", then: { delay: 0 } }\n';
  const reply = await fetch(`${emulator.url}/_mock/scenarios`, { method: 'POST', body: `rules:\n${rule.repeat(100)}` });
  expect([reply.status, await reply.json()]).toEqual([201, { added: 100 }]);
});

describe('a thread', () => {
  const text = keys(80_000);
  test('that takes too long is ended, and the message says so', async () => {
    await expect(readInThread(text, [], { timeoutMs: 50, memoryMb: 256 })).rejects.toThrow(
      'takes longer than 0.05 s to read, the limit of a scenario',
    );
  });
  test('that takes too much memory is ended, and the message says so', async () => {
    await expect(readInThread(text, [], { timeoutMs: 30_000, memoryMb: 16 })).rejects.toThrow(
      'takes more than 16 MB of memory to read, the limit of a scenario',
    );
  });
  test('is there for the next one', async () => {
    expect((await readInThread('a: [1]', [])).value).toEqual({ a: [1] });
  });
});

describe('an object of a program', () => {
  const circle: { rules: unknown[] } = { rules: [] };
  circle.rules.push(circle);
  const thrower = {
    get rules() {
      throw new TypeError('mine');
    },
  };
  test.each<[string, unknown, string]>([
    ['a circle', circle, 'cannot be written as JSON: Converting circular structure'],
    ['a getter that throws', thrower, 'cannot be written as JSON: mine'],
    ['a bigint', { rules: [1n] }, 'cannot be written as JSON'],
    ['nothing', undefined, 'give a text, or an object'],
    ['a function', () => {}, 'give a text, or an object'],
    ['null', null, 'nothing is not a mapping'],
    [
      'an infinite number',
      { rules: [{ on: '*', times: Number.POSITIVE_INFINITY, then: { delay: 1 } }] },
      'rules[0].times: nothing is not a number',
    ],
    [
      'a code that is not documented',
      { rules: [{ on: 'GetStatus', then: { fail: 'throttling' } }] },
      'rules[0].then.fail: GetStatus documents no error',
    ],
  ])('%s is a ScenarioError', async (_title, given, says) => {
    const added = mock.scenarios.add(given as Scenario);
    await expect(added).rejects.toMatchObject({ message: expect.stringContaining(says) });
    await expect(added).rejects.toThrow(RangeError);
  });
});
