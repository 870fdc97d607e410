/** `--account-token`: its holder has the whole control side of one account, and nothing of any other. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routeTexts } from '../../src/admin/openapi/document.js';
import { type CloudauthMock, createCloudauthMock, type MockOptions } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { call, cloudauth2017 } from '../support/call.js';
import { request, sendRaw } from '../support/raw.js';
import { openTask } from '../support/tasks.js';

const TEAMS: MockOptions = {
  port: 0,
  host: '0.0.0.0',
  device: 'manual',
  accessKeys: ['key-a:secret-a@team-a', 'key-b:secret-b@team-b'],
  accountTokens: ['team-a=token-a', 'key-b=token-b'],
};

let mock: CloudauthMock;
beforeAll(async () => {
  mock = await createCloudauthMock({ ...TEAMS, adminToken: 'all' }).listen();
  for (const team of ['a', 'b'] as const) {
    const caller = { accessKeyId: `key-${team}`, secret: `secret-${team}` };
    await call(mock, cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: `order-${team}` }), caller);
  }
  await mock.snapshots.save('before', { account: 'team-a' });
  await mock.snapshots.save('theirs', { account: 'team-b' });
});
afterAll(() => mock.close());

/** Over the port: in process nothing is asked. */
const ask = (line: string, token = 'token-a', body?: unknown, at = mock) =>
  admin(at, line, { body, headers: { authorization: `Bearer ${token}` } }, fetch);

/** Of each route one that is there. */
const filled = (route: string) =>
  route
    .replace(':name', 'before')
    .replace(':end', 'pass')
    .replace(':file', 'script')
    .replace(/(?<=verifications\/):id/, 'order-b')
    .replace(':id', '1');

describe.each(Object.keys(routeTexts))('%s', (route) => {
  test.each(['team-b', 'key-b', 'default', 'LTAImockDefault', 'nobody'])(
    'is closed for account %s',
    async (account) => {
      const { status, json } = await ask(`${filled(route)}?account=${account}`);
      expect([status, json]).toEqual([
        403,
        { error: 'the token is that of account team-a, and opens no other account' },
      ]);
    },
  );

  test('says in OpenAPI whether that token opens it, and does so', async () => {
    const { paths } = (await ask('/openapi.json', 'all')).json;
    const [method = '', path = ''] = route.split(' ');
    const { security } = paths[`/_mock${path.replace(/:(\w+)/g, '{$1}')}`][method.toLowerCase()];
    // what changes something is given what it cannot use
    const line = filled(route).replace('before', 'nowhere').replace('order-b/pass', 'order-b/nope');
    const { status, text } = await ask(
      line.replace('GET /events', 'HEAD /events'),
      'token-a',
      method === 'POST' ? '[' : undefined,
    );
    const refused = status === 403 && text.includes('is about more than one account');
    expect(refused).toBe(security !== undefined);
  });
});

test('what is about every account or the process is closed', async () => {
  const { paths } = (await ask('/openapi.json')).json;
  const closed = Object.keys(paths).filter((path) => Object.values<{ security?: object }>(paths[path])[0]!.security);
  expect(closed).toEqual(
    expect.arrayContaining(['/_mock/accounts', '/_mock/accounts/overview', '/_mock/snapshots/{name}/open']),
  );
});

test.each(['/nope', '/metrics', '/billing', '/accounts/', '//accounts', '/clock/all', '/phone/x', '/requestsall'])(
  'a path that nobody has said is an account’s is closed: %s',
  async (path) => {
    const { status, json } = await ask(`GET ${path}`);
    expect([status, json.error]).toEqual([403, expect.stringContaining('the admin token opens it')]);
  },
);

describe('without an account in the call it is that of the token', () => {
  test('what was called', async () => {
    const { json } = await ask('/requests');
    expect(json.map(({ account }: { account: string }) => account)).toEqual(['team-a']);
  });

  test('a token that names the account by its AccessKeyId', async () => {
    const [seen, named] = [await ask('/snapshots', 'token-b'), await ask('/snapshots?account=team-b', 'token-b')];
    expect([seen.json, named.json]).toEqual([['theirs'], ['theirs']]);
  });

  test('an empty account', async () => {
    expect((await ask('/snapshots?account=', 'token-b')).json).toEqual(['theirs']);
  });

  test('the clock that is moved', async () => {
    await ask('POST /clock', 'token-b', { set: '2031-01-01T00:00:00Z', freeze: true });
    const years = ['team-b', 'team-a', undefined].map(async (account) =>
      new Date(await mock.clock.now({ account })).getUTCFullYear(),
    );
    expect((await Promise.all(years)).map((year) => year === 2031)).toEqual([true, false, false]);
  });

  test('the stream of events', async () => {
    const reply = await fetch(`${mock.url}/_mock/events?only=kept`, { headers: { authorization: 'Bearer token-a' } });
    const events = (await reply.text()).split('\n').filter((line) => line.startsWith('data: '));
    expect(events.map((line) => JSON.parse(line.slice(6)).call.subject)).toEqual(['order-a']);
  });

  test('the rules that are given', async () => {
    await ask('POST /fail-next', 'token-a', { operation: 'GetStatus', code: 'Throttling' });
    const given = ['team-a', 'team-b', undefined].map((account) => mock.scenarios.list({ account }));
    expect((await Promise.all(given)).map(({ length }) => length)).toEqual([1, 0, 0]);
  });
});

test('a verification of another account is one there is not, whether there is one or not', async () => {
  const replies = await Promise.all(
    ['GET /verifications/order-b', 'POST /verifications/order-b/pass', 'GET /verifications/order-c'].map((line) =>
      ask(line),
    ),
  );
  expect(replies.map(({ status, json }) => [status, json.error.replace(/order-./, 'ID')])).toEqual(
    Array(3).fill([404, expect.stringMatching(/^no verification 'ID'; use a/)]),
  );
});

test('a call of another account cannot be replayed by its number', async () => {
  const before = await mock.requests({ account: 'team-b' });
  expect((await ask(`POST /requests/${before.at(-1)!.id}/replay`)).json.account).toBe('team-a');
  expect(await mock.requests({ account: 'team-b' })).toHaveLength(before.length);
});

test('a snapshot cannot be opened as another account, nor as its own', async () => {
  const replies = ['LTAImockBeside', 'team-b', 'team-a'].map((as) =>
    ask('POST /snapshots/before/open', 'token-a', { as }),
  );
  expect((await Promise.all(replies)).map(({ status }) => status)).toEqual([403, 403, 403]);
});

test('the admin token opens every account, and default without one', async () => {
  expect((await ask('/accounts', 'all')).json).toEqual(['default', 'team-a', 'team-b']);
  expect((await ask('/snapshots?account=team-b', 'all')).json).toEqual(['theirs']);
  expect((await ask('/requests', 'all')).json).toEqual([]);
});

test('it says in a header whose account it was, to who names none', async () => {
  const [own, all] = [await ask('/snapshots'), await ask('/snapshots', 'all')];
  expect([own, all].map(({ headers }) => headers.get('x-cloudauth-mock-account'))).toEqual(['team-a', null]);
});

test('in Chinese as well', async () => {
  expect((await ask('/clock?account=team-b&lang=zh')).json).toEqual({
    error: '此令牌属于账号 team-a，不能用于其他账号',
  });
  expect((await ask('/accounts?lang=zh')).json.error).toBe(
    '此令牌属于账号 team-a，而 /_mock/accounts 涉及不止一个账号；须使用管理令牌',
  );
});

describe('in a browser', () => {
  const basic = (password: string) => ({ Authorization: `Basic ${Buffer.from(`me:${password}`).toString('base64')}` });
  const open = (path: string, headers: Record<string, string> = basic('token-a')) =>
    sendRaw(mock.url, request(`GET ${path}`, { Host: 'lab.test', Accept: 'text/html', ...headers }));

  test('the token is a password, and the console is told whose it is', async () => {
    const { status, body } = await open('/_mock/console');
    expect([status, body.includes('data-own="team-a"')]).toEqual([200, true]);
    expect((await open('/_mock/console', basic('all'))).body).not.toContain('data-own');
  });

  test('the phone shows that account, and no choice of others', async () => {
    const { body } = await open('/_mock/phone?lang=en');
    const [, choice = ''] = /<select name="account">(.*?)<\/select>/s.exec(body) ?? [];
    expect(choice).toBe('<option value="team-a" selected>team-a</option>');
    expect([body.includes('order-a'), body.includes('team-b'), body.includes('"default"')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('a page of another account says why it is closed, and leads to one’s own', async () => {
    const { status, body } = await open('/_mock/phone?account=team-b&lang=en');
    expect([status, body.includes('opens no other account'), body.includes('/_mock/console?lang=en')]).toEqual([
      403,
      true,
      true,
    ]);
  });

  test('the merchant of the example, who calls as account default, is closed', async () => {
    const { status, body } = await open('/demo/saf.html?lang=en');
    expect([status, body.includes('opens no other account')]).toEqual([403, true]);
  });

  test('a wrong password is asked for again', async () => {
    expect((await open('/_mock/console', basic('token-c'))).status).toBe(401);
  });

  test('the password does not count for a page of another origin', async () => {
    expect((await open('/_mock/clock', { ...basic('token-a'), Origin: 'http://evil.test' })).status).toBe(403);
  });
});

describe('without an admin token', () => {
  test.each([
    ['bound to loopback', { host: '127.0.0.1' }],
    ['bound wider', {}],
    ['with a name that may call', { allowedHosts: ['lab.test', 'localhost'] }],
  ])('%s only who holds a token is let in, each to their account', async (_how, options) => {
    await using lab = await createCloudauthMock({ ...TEAMS, ...options }).listen();
    const statuses = ['token-a', 'token-b', 'all', ''].map(
      async (token) => (await ask('/clock', token, undefined, lab)).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 200, 403, 403]);
    const { status, json } = await admin(lab, '/clock', {}, fetch);
    expect([status, json.error]).toEqual([
      403,
      'send the admin token, or that of your account, as “Authorization: Bearer <token>”',
    ]);
  });

  test('nobody has what is about every account', async () => {
    await using lab = await createCloudauthMock(TEAMS).listen();
    expect((await ask('/accounts', 'token-a', undefined, lab)).status).toBe(403);
  });
});

describe('what is given', () => {
  const create = (options: MockOptions) => () => createCloudauthMock(options);
  test.each<[MockOptions, string]>([
    [{ accountTokens: ['team'] }, 'an account token is written ACCOUNT=TOKEN'],
    [{ accountTokens: ['=secret'] }, 'an account token is written'],
    [{ accountTokens: ['LTAImockA='] }, 'an account token is written'],
    [{ accountTokens: ['LTAImockA=a b'] }, 'an account token is written'],
    [{ accountTokens: [`LTAImockA=${'x'.repeat(257)}`] }, 'an account token is written'],
    [{ accountTokens: [{ account: 'LTAImockA' } as never] }, 'an account token is written'],
    [{ accountTokens: ['LTAImockA=same', 'LTAImockB=same'] }, 'LTAImockA and LTAImockB have the same token'],
    [{ accountTokens: ['LTAImockA=same', 'LTAImockA=same'] }, 'LTAImockA and LTAImockA have the same token'],
    [{ accountTokens: ['LTAImockA=all'], adminToken: 'all' }, 'that of LTAImockA is the admin token'],
    [
      { accountTokens: ['taem=x'], accessKeys: ['k:s@team'] },
      'nobody can call as taem; give it a key with --access-key',
    ],
    [{ accountTokens: ['default=x'] }, 'default cannot have one'],
    [{ accountTokens: ['LTAImockDefault=x'] }, 'LTAImockDefault cannot have one'],
    [{ accountTokens: ['k=x'], accessKeys: ['k:s'] }, 'k cannot have one'],
    [{ accountTokens: Array.from({ length: 201 }, (_, n) => `LTAImock${n}=t${n}`) }, 'there are 201, and at most 200'],
  ])('%j is refused', (options, why) => {
    expect(create(options)).toThrow(
      expect.objectContaining({ name: 'OptionError', message: expect.stringContaining(`--account-token: ${why}`) }),
    );
  });

  test('a token is not repeated in what is wrong with it', () => {
    expect(create({ accountTokens: ['LTAImockA=my secret'] })).not.toThrow('my secret');
  });

  test('an account may have two, so that one can be changed', async () => {
    await using lab = await createCloudauthMock({ port: 0, accountTokens: 'LTAImockA=one' }).listen();
    await using both = await createCloudauthMock({
      port: 0,
      accountTokens: ['LTAImockA=one', { account: 'LTAImockA', token: 'two' }],
    }).listen();
    const asked = [
      ask('/clock', 'one', undefined, lab),
      ask('/clock', 'one', undefined, both),
      ask('/clock', 'two', undefined, both),
    ];
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('with --keys any whoever calls is an account', async () => {
    await using lab = await createCloudauthMock({ port: 0, keys: 'any', accountTokens: ['somebody=t'] }).listen();
    await openTask(lab, 'RPBasic', 'order-1');
    expect((await ask('/verifications', 't', undefined, lab)).json).toEqual([]);
  });
});
