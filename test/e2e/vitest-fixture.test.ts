/** `cloudauth-mock/vitest` in a project like a user's: its tests pass and fail as they should, and say why. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, type Project, project } from '../support/project.js';

const HEAD = `
  import PopCore from '@alicloud/pop-core';
  import { describe } from 'vitest';
  import { cloudauthTest, expect, test } from 'cloudauth-mock/vitest';
  const call = ({ url, accessKeyId, accessKeySecret }, action, params = {}) =>
    new PopCore({ endpoint: url, apiVersion: '2017-11-17', accessKeyId, accessKeySecret, codes: ['1'] })
      .request(action, { Biz: 'RPBasic', TicketId: 'order-1', ...params }, { method: 'POST', timeout: 20_000 });
`;

let user: Project;
beforeAll(async () => {
  user = await project();
});
afterAll(() => user[Symbol.asyncDispose]());

async function vitest(body: string, ...args: string[]): Promise<Ended> {
  user.write('some.test.js', HEAD + body);
  return user.node(['node_modules/vitest/vitest.mjs', 'run', 'some.test.js', ...args]);
}

/** @returns what a failing test says of itself */
async function failure(body: string): Promise<string> {
  const { code, stdout, stderr } = await vitest(`test('one', async ({ cloudauth }) => { ${body} });`);
  expect(code).toBe(1);
  return stdout + stderr;
}

test('each worker has an account of its own, reset before each test', async () => {
  const { code, stdout } = await vitest(`
    const keys = [];
    const used = async ({ cloudauth }) => {
      keys.push(cloudauth.accessKeyId);
      expect([await cloudauth.requests(), await cloudauth.verifications.list()]).toEqual([[], []]);
      await cloudauth.clock.advance('1h');
      await call(cloudauth, 'GetVerifyToken');
      expect(await cloudauth.requests()).toHaveLength(1);
      expect(await cloudauth.clock.now()).toBeLessThan(Date.now() + 5_400_000);
    };
    test('first', used);
    test('second', used);
    test('key', () => expect(keys).toEqual([keys[0], expect.stringMatching(/^LTAImockWorker\\d+$/)]));
  `);
  expect([code, stdout]).toEqual([0, expect.stringContaining('3 passed')]);
});

test('what holds for its account holds for no other', async () => {
  const { code } = await vitest(`
    test('one', async ({ cloudauth, cloudauthEmulator }) => {
      cloudauth.failNext('GetVerifyToken', 'Throttling.User');
      const other = { url: cloudauth.url, accessKeyId: 'LTAImockOther', accessKeySecret: cloudauth.accessKeySecret };
      await call(other, 'GetVerifyToken');
      await expect(call(cloudauth, 'GetVerifyToken')).rejects.toMatchObject({ code: 'Throttling.User' });
      await expect(cloudauth).toHaveReceived('GetVerifyToken', {}, { times: 1 });
      await expect(cloudauthEmulator).not.toHaveReceived('GetVerifyToken');
    });
  `);
  expect(code).toBe(0);
});

test('options are those of the emulator', async () => {
  const { code } = await vitest(`
    cloudauthTest({ device: 'manual', scenes: 'any' })('one', async ({ cloudauth }) => {
      await call(cloudauth, 'GetVerifyToken', { Biz: 'mine' });
      expect((await call(cloudauth, 'GetStatus', { Biz: 'mine' })).Data.StatusCode).toBe(-1);
    });
  `);
  expect(code).toBe(0);
});

/** Each in a test of its own, after a verification of the worker's account has ended; all of them in one run. */
const MATCHERS: readonly [says: string, end: string, matcher: string, wrong?: string][] = [
  ['a call by its operation', '', `toHaveReceived('GetVerifyToken')`],
  ['by parameters and globs', '', `toHaveReceived('GetVerifyToken', { Biz: 'RPBasic', TicketId: 'order-*' })`],
  ['how often', '', `toHaveReceived('GetVerifyToken', {}, { times: 1 })`],
  ['that there was none', '', `not.toHaveReceived('GetVerifyToken', { Biz: 'Other' })`],
  ['that nobody has ended it', '', `toHaveOutcome('order-1', 'open')`],
  ['a pass', 'pass', `toHaveOutcome('order-1', 'pass')`],
  ['a failure', 'fail', `toHaveOutcome('order-1', 'fail')`],
  ['its reason, in any spelling', 'fail', `toHaveOutcome('order-1', 'fail:blurred')`],
  ['who left', 'quit', `toHaveOutcome('order-1', 'quit')`],
  ['whose time is over', 'expire', `toHaveOutcome('order-1', 'expire')`],
  ['another end', 'fail', `not.toHaveOutcome('order-1', 'pass')`],
  [
    'that a call is missing',
    '',
    `toHaveReceived('GetStatus')`,
    'GetStatus was expected at least once and was called 0 time(s); called were: cloudauth/2017-11-17/GetVerifyToken ×1',
  ],
  [
    'that a call is one too many',
    '',
    `not.toHaveReceived('GetVerifyToken')`,
    'GetVerifyToken was not expected and was called 1 time(s)',
  ],
  [
    'that there is no such operation',
    '',
    `toHaveReceived('GetStatos')`,
    `no operation 'GetStatos'; did you mean GetStatus?`,
  ],
  ['that there is no such parameter', '', `toHaveReceived('GetStatus', { Ticket: '1' })`, `TicketId`],
  ['that there is no such verification', '', `toHaveOutcome('nobody', 'pass')`, `no verification 'nobody'`],
  [
    'that there is no such outcome',
    '',
    `toHaveOutcome('order-1', 'passed')`,
    `'passed' is no outcome; there are: pass, fail, fail:<reason>, quit, expire, open, review`,
  ],
  [
    'what the outcome is instead',
    'pass',
    `toHaveOutcome('order-1', 'fail')`,
    `verification 'order-1' was expected to have the outcome fail; it has pass`,
  ],
];

describe('a matcher says', () => {
  const results = new Map<string, string>();
  beforeAll(async () => {
    const tests = MATCHERS.map(
      ([says, end, matcher]) => `
        test(${JSON.stringify(says)}, async ({ cloudauth }) => {
          await call(cloudauth, 'GetVerifyToken');
          ${end && `await cloudauth.verifications.${end}('order-1'${end === 'fail' ? `, 'blurred'` : ''});`}
          await expect(cloudauth).${matcher};
        });`,
    );
    const { stdout } = await vitest(tests.join('\n'), '--reporter=json');
    for (const { title, failureMessages } of JSON.parse(stdout).testResults[0].assertionResults)
      results.set(title, failureMessages.join('\n'));
  });

  test.each(MATCHERS)('%s', (says, _end, _matcher, wrong) => {
    expect(results.get(says)).toEqual(wrong === undefined ? '' : expect.stringContaining(wrong));
  });
});

test('what a failed test has called is printed, with hints and without what every call carries', async () => {
  const said = await failure(`await call(cloudauth, 'GetVerifyToken', { Userdata: 'x' }); expect(1).toBe(2);`);
  expect(said).toMatch(
    /cloudauth-mock was called by “one”:\n {2}#1 200 {2}cloudauth\/2017-11-17\/GetVerifyToken {2}Biz=RPBasic TicketId=order-1 Userdata=x\n( {7}.*\n)* {7}Userdata is not read/,
  );
});

test('nothing is printed of one that passes', async () => {
  const { stdout, stderr } = await vitest(`test('one', async ({ cloudauth }) => call(cloudauth, 'GetVerifyToken'));`);
  expect(stdout + stderr).not.toContain('was called');
});

test('its types tell what is misspelt', async () => {
  user.write(
    'typed.ts',
    `import { expect, test, type AccountMock } from 'cloudauth-mock/vitest';
     test('one', async ({ cloudauth }) => {
       const account: AccountMock = cloudauth;
       await expect(account).toHaveReceived('GetVerifyToken', { Biz: 'RPBasic' }, { times: 1 });
       await expect(account).not.toHaveOutcome('order-1', 'fail:Z1146');
       // @ts-expect-error there is no such outcome
       await expect(account).toHaveOutcome('order-1', 'passed');
       // @ts-expect-error there is no such fixture
     }); test('two', async ({ cloudoath }) => { cloudoath; });`,
  );
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
  const { code, stdout } = await user.node(['node_modules/typescript/bin/tsc', ...flags, 'typed.ts']);
  expect([code, stdout]).toEqual([0, '']);
});

test('where vitest is not installed it says so', async () => {
  const { stderr } = await user.node([
    ...['--input-type=module', '--import', `data:text/javascript,${encodeURIComponent(NO_VITEST)}`],
    ...['--eval', `await import('cloudauth-mock/vitest').catch(({ message }) => console.error(message));`],
  ]);
  expect(stderr).toContain('cloudauth-mock/vitest needs vitest, 3.2 or newer: npm install --save-dev vitest');
});

/** The emulator's own vitest stands beside it here. */
const NO_VITEST = `
  import { register } from 'node:module';
  const hook = \`export const resolve = (name, context, next) => {
    if (name === 'vitest') throw Object.assign(new Error('none'), { code: 'ERR_MODULE_NOT_FOUND' });
    return next(name, context);
  }\`;
  register('data:text/javascript,' + encodeURIComponent(hook));
`;
