/** Every route of the control side: what it does, and what it refuses. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { type AdminOptions, admin } from '../support/admin.js';
import { call, cloudauth2017, cloudauth2019, faceVerify } from '../support/call.js';
import { saying } from '../support/hints.js';
import { getStatus, openTask, submit } from '../support/tasks.js';

type Mock = ReturnType<typeof createCloudauthMock>;
const PERSON = { name: '张三', certNumber: '990000199003070013', metainfo: '{}' };

const init = async (mock: Mock) => (await call(mock, faceVerify({ method: 'init', ...PERSON }))).json.Data;
const query = async (mock: Mock, ids: object) => (await call(mock, faceVerify({ method: 'query', ...ids }))).json.Code;
const json = async (mock: Mock, line: string, options?: AdminOptions) => (await admin(mock, line, options)).json;
const status = async (mock: Mock) => (await getStatus(mock, 'RPBasic')).json.Data.StatusCode;

describe('what the emulator knows', () => {
  test('GET operations lists each with its parameters and errors', async () => {
    await using mock = createCloudauthMock();
    const found = await json(mock, '/operations');
    expect(found).toContainEqual(
      expect.objectContaining({
        operation: 'cloudauth/2017-11-17/GetStatus',
        methods: ['GET', 'POST'],
        params: ['Biz', 'TicketId'],
        errors: expect.arrayContaining(['InvalidParam.InvalidBiz']),
      }),
    );
  });

  test('GET errors lists every code, with a scenario that orders it', async () => {
    await using mock = createCloudauthMock();
    const found = await json(mock, '/errors');
    const row = found.find(({ code }: { code: string }) => code === 'Z1146');
    expect(row).toMatchObject({ status: 200, confidence: 'documented', operations: expect.any(Array) });
    expect((await admin(mock, 'POST /scenarios', { body: row.scenario })).status).toBe(201);
  });

  test('every scenario that GET errors proposes can be added', async () => {
    await using mock = createCloudauthMock();
    const found: { scenario: string }[] = await json(mock, '/errors');
    const answers = await Promise.all(found.map(({ scenario }) => admin(mock, 'POST /scenarios', { body: scenario })));
    expect(answers.filter((answer) => answer.status !== 201).map(({ text }) => text)).toEqual([]);
  });

  test.each([
    ['z1146', 'Z1146'],
    ['没有认出', 'Z1146'],
    ['the verify token was expired', 'InvalidParam.VerifyTokenExpired'],
  ])('GET errors?q=%s finds %s', async (q, code) => {
    await using mock = createCloudauthMock();
    const found = await json(mock, `/errors?q=${encodeURIComponent(q)}`);
    expect(found.map((row: { code: string }) => row.code)).toContain(code);
  });

  test('GET errors finds nothing for nonsense', async () => {
    await using mock = createCloudauthMock();
    expect(await json(mock, '/errors?q=no-such-thing-anywhere')).toEqual([]);
  });

  test('GET identities lists numbers, names and what they do', async () => {
    await using mock = createCloudauthMock();
    expect((await json(mock, '/identities'))[0]).toEqual({
      number: '990000199003070013',
      name: '测试通过',
      meaning: 'passes',
      magic: { outcome: { kind: 'pass' } },
    });
  });

  test('GET identities lists pictures after them', async () => {
    await using mock = createCloudauthMock();
    expect((await json(mock, '/identities')).at(-1)).toMatchObject({
      picture: 'upload-error.jpg',
      magic: { fail: 'Error.MaterialsUploadError' },
    });
  });

  test('GET accounts lists the default one, those of the options, and those that called', async () => {
    await using mock = createCloudauthMock({ accessKeys: ['LTAI1:s@team'] });
    await call(mock, cloudauth2019('DescribeOssUploadToken'), { accessKeyId: 'LTAImockA' });
    expect(await json(mock, '/accounts')).toEqual(['default', 'team', 'LTAImockA']);
  });

  test('an unknown path is 404 and lists the paths there are', async () => {
    await using mock = createCloudauthMock();
    const reply = await admin(mock, '/nope');
    expect([reply.status, reply.json.paths.includes('POST /_mock/reset')]).toEqual([404, true]);
  });

  test.each(['', '/'])('“/_mock%s” lists the paths as well', async (path) => {
    await using mock = createCloudauthMock();
    const reply = await admin(mock, path || '/');
    expect([reply.status, reply.json.paths.length > 10]).toEqual([200, true]);
  });
});

describe('reset', () => {
  test('forgets state, journal, scenarios, clock and coverage', async () => {
    await using mock = createCloudauthMock();
    await openTask(mock, 'RPBasic');
    await admin(mock, 'POST /scenarios', { body: { rules: [{ on: 'GetStatus', then: { fail: 'InternalError' } }] } });
    await admin(mock, 'POST /clock', { body: { set: '2030-01-01T00:00:00Z', freeze: true } });
    expect(await json(mock, 'POST /reset')).toMatchObject({ reset: 'default' });
    const { frozen, now } = await json(mock, '/clock');
    expect([frozen, now.startsWith('2030')]).toEqual([false, false]);
    expect(await json(mock, '/requests')).toEqual([]);
    expect(await json(mock, '/scenarios')).toEqual([]);
    expect((await json(mock, '/coverage')).seen).toBe(0);
    expect(await json(mock, '/verifications')).toEqual([]);
    expect(await status(mock)).toBe(-1);
  });

  test('keeps snapshots', async () => {
    await using mock = createCloudauthMock();
    await openTask(mock, 'RPBasic');
    await admin(mock, 'POST /snapshots/before');
    await admin(mock, 'POST /reset');
    expect(await json(mock, '/snapshots')).toEqual(['before']);
  });
});

describe('scenarios', () => {
  const body = { rules: [{ on: 'GetStatus', times: 1, then: { fail: 'Throttling.User' } }] };

  test('POST adds rules, which fire', async () => {
    await using mock = createCloudauthMock();
    const added = await admin(mock, 'POST /scenarios', { body });
    const codes = [(await getStatus(mock)).json.Code, (await getStatus(mock)).json.Code];
    expect([added.status, added.json, codes]).toEqual([201, { added: 1 }, ['Throttling.User', '1']]);
  });

  test('POST takes YAML as well', async () => {
    await using mock = createCloudauthMock();
    const yaml = 'rules:\n  - on: GetStatus\n    then: { fail: InternalError }\n';
    expect(await json(mock, 'POST /scenarios', { body: yaml })).toEqual({ added: 1 });
  });

  test('GET lists the rules with their counts', async () => {
    await using mock = createCloudauthMock();
    await admin(mock, 'POST /scenarios', { body: { rules: [{ ...body.rules[0], times: 2, after: 1 }] } });
    await getStatus(mock);
    await getStatus(mock);
    expect(await json(mock, '/scenarios')).toMatchObject([
      { rule: { on: 'GetStatus', times: 2, after: 1 }, matched: 2, fired: 1, from: 'account' },
    ]);
  });

  test('DELETE drops them', async () => {
    await using mock = createCloudauthMock();
    await admin(mock, 'POST /scenarios', { body });
    expect(await json(mock, 'DELETE /scenarios')).toEqual({ cleared: 'default' });
    expect((await getStatus(mock)).json.Code).toBe('1');
  });

  test.each<[string, unknown, RegExp]>([
    ['no text', '', /scenario-1:1:\d: /],
    ['no rules', {}, /rules/],
    [
      'an unknown operation',
      { rules: [{ on: 'Nope', then: { fail: '300' } }] },
      /:1:17: no operation 'Nope'; “cloudauth-mock operations” lists/,
    ],
    ['an undocumented code', { rules: [{ on: 'GetStatus', then: { fail: 'Z1146' } }] }, /documents no error 'Z1146'/],
    ['broken YAML', 'rules: [', /scenario-1:1:\d: /],
    ['a large body', `# ${'x'.repeat(1024 * 1024)}`, /larger than 1 MB/],
  ])('%s is 400 and says why', async (_title, wrong, message) => {
    await using mock = createCloudauthMock();
    const reply = await admin(mock, 'POST /scenarios', { body: wrong });
    expect([reply.status, reply.json.error]).toEqual([400, expect.stringMatching(message)]);
    expect(await json(mock, '/scenarios')).toEqual([]);
  });
});

describe('verifications', () => {
  test('GET lists those of both products, the latest first, without anybody’s name or number', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    await openTask(mock, 'RPBasic', 'order-1');
    await mock.clock.advance('1s');
    const { queryId, bizId } = await init(mock);
    const reply = await admin(mock, '/verifications');
    const [startedAt, expiresAt] = [expect.any(String), expect.any(String)];
    const told = { handle: expect.any(String), status: 'open', startedAt, expiresAt };
    expect(reply.json).toEqual([
      { id: queryId, ...told, product: 'saf', detail: `mobile, bizId ${bizId}`, person: expect.stringMatching(/\*/) },
      { id: 'order-1', ...told, product: 'cloudauth', detail: 'Biz RPBasic' },
    ]);
  });

  test.each([
    ['pass', 200, 'passed'],
    ['fail', 500, 'failed'],
    ['quit', 300, 'quit'],
    ['expire', 300, 'open'],
  ])('POST %s makes a SAF query answer %i', async (end, code, shown) => {
    await using mock = createCloudauthMock();
    const ids = await init(mock);
    expect(await json(mock, `POST /verifications/${ids.queryId}/${end}`)).toEqual({
      id: ids.queryId,
      end,
      product: 'saf',
      client: expect.stringMatching(/^\d{4}$/),
    });
    expect([await query(mock, ids), await query(mock, ids)]).toEqual([code, code]);
    expect((await json(mock, '/verifications'))[0].status).toBe(shown);
  });

  test.each([
    ['pass', 1, 'passed'],
    ['fail', 2, 'failed'],
    ['quit', -1, 'open'],
    ['expire', -1, 'open'],
  ])('POST %s makes GetStatus answer %i', async (end, code, shown) => {
    await using mock = createCloudauthMock();
    await openTask(mock, 'RPBasic');
    await admin(mock, `POST /verifications/ticket/${end}`);
    expect([await status(mock), await status(mock)]).toEqual([code, code]);
    expect((await json(mock, '/verifications'))[0].status).toBe(shown);
  });

  test('?status=open lists those that have not ended', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const { queryId } = await init(mock);
    await openTask(mock, 'RPBasic', 'order-1');
    await mock.verifications.pass('order-1');
    const ids = (await json(mock, '/verifications?status=open')).map(({ id }: { id: string }) => id);
    expect(ids).toEqual([queryId]);
  });

  test('another status is refused', async () => {
    await using mock = createCloudauthMock();
    expect((await admin(mock, '/verifications?status=closed')).status).toBe(400);
  });

  test('a verification goes by VerifyToken and bizId as well', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    const token = await openTask(mock, 'RPBasic');
    const ids = await init(mock);
    await admin(mock, `POST /verifications/${token}/pass`);
    await admin(mock, `POST /verifications/${ids.bizId}/pass`);
    expect([await status(mock), await query(mock, ids)]).toEqual([1, 200]);
  });

  test('after quit the simulated person no longer steps in, and a tester still can', async () => {
    await using mock = createCloudauthMock({ device: 'polls:1' });
    await openTask(mock, 'RPBasic');
    await admin(mock, 'POST /verifications/ticket/quit');
    const seen = [await status(mock), await status(mock), await status(mock)];
    await admin(mock, 'POST /verifications/ticket/pass');
    expect([...seen, await status(mock)]).toEqual([-1, -1, -1, 1]);
  });

  test('after quit the server can still submit', async () => {
    await using mock = createCloudauthMock();
    const token = await openTask(mock, 'RPMin');
    await admin(mock, 'POST /verifications/ticket/quit');
    expect((await submit(mock, token)).json.Data.VerifyStatus.StatusCode).toBe(1);
  });

  test('expire ends the token of a task', async () => {
    await using mock = createCloudauthMock();
    const token = await openTask(mock, 'RPMin');
    await admin(mock, 'POST /verifications/ticket/expire');
    expect((await submit(mock, token)).json.Code).toBe('InvalidParam.VerifyTokenExpired');
  });

  test('fail takes a reason: SAF’s code', async () => {
    await using mock = createCloudauthMock();
    const ids = await init(mock);
    await admin(mock, `POST /verifications/${ids.queryId}/fail`, { body: { reason: 'Z8302' } });
    const reply = await call(mock, faceVerify({ method: 'query', ...ids }));
    expect(reply.json.Message).toContain('Z8302');
  });

  test('fail takes a reason: the text of AuditConclusions', async () => {
    await using mock = createCloudauthMock();
    await openTask(mock, 'RPBasic');
    await admin(mock, 'POST /verifications/ticket/fail', { body: { reason: '头像不清' } });
    expect((await getStatus(mock, 'RPBasic')).json.Data.AuditConclusions).toBe('头像不清');
  });

  test.each<[string, string, AdminOptions, number, RegExp]>([
    ['an unknown id', 'nobody/pass', {}, 404, /no verification 'nobody'; use a VerifyToken, TicketId/],
    ['an unknown id to expire', 'nobody/expire', {}, 404, /no verification 'nobody'/],
    ['another end', 'ticket/win', {}, 404, /'win' is not one of pass, fail, quit, expire/],
    ['a reason that is no text', 'ticket/fail', { body: { reason: 7 } }, 400, /reason must be text/],
    ['a body that is no object', 'ticket/fail', { body: '[]' }, 400, /must be a JSON object/],
    ['a body that is no JSON', 'ticket/fail', { body: '{' }, 400, /must be a JSON object/],
    ['a verification that has passed', 'done/fail', {}, 409, /'done' has passed already/],
    [
      'a reason SAF does not document',
      'session/fail',
      { body: { reason: 'Z9999' } },
      400,
      /documents no error 'Z9999'/,
    ],
    ['a session that has ended', 'ended/pass', {}, 409, /has ended already/],
  ])('%s is refused', async (_title, path, options, expected, message) => {
    await using mock = createCloudauthMock({ device: 'manual' });
    await openTask(mock, 'RPBasic');
    await openTask(mock, 'RPBasic', 'done');
    await mock.verifications.pass('done');
    for (const bizId of ['session', 'ended']) await call(mock, faceVerify({ method: 'init', ...PERSON, bizId }));
    await mock.verifications.quit('ended');
    const reply = await admin(mock, `POST /verifications/${path}`, options);
    expect([reply.status, reply.json.error]).toEqual([expected, expect.stringMatching(message)]);
  });
});

describe('requests', () => {
  async function called(mock: Mock): Promise<void> {
    await openTask(mock, 'RPBasic');
    await getStatus(mock, 'RPBasic');
    await getStatus(mock, 'Nope');
    await init(mock);
    await call(mock, { Version: '2017-11-17', Action: 'Nope' });
  }

  test('GET lists what was called, oldest first', async () => {
    await using mock = createCloudauthMock();
    await called(mock);
    const entries = await json(mock, '/requests');
    expect(entries.map(({ id, operation, code }: Record<string, unknown>) => [id, operation, code])).toEqual([
      [1, 'cloudauth/2017-11-17/GetVerifyToken', undefined],
      [2, 'cloudauth/2017-11-17/GetStatus', undefined],
      [3, 'cloudauth/2017-11-17/GetStatus', 'InvalidParam.InvalidBiz'],
      [4, 'saf/2017-03-31/face_verify.init', undefined],
      [5, '2017-11-17/Nope', 'UnsupportedOperation'],
    ]);
    expect(entries[1]).toMatchObject({
      status: 200,
      method: 'POST',
      scheme: 'RPC',
      requestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      ms: expect.any(Number),
      params: expect.objectContaining({ TicketId: 'ticket' }),
      hints: [await saying('simulated-device')],
      rules: [],
    });
  });

  test.each([
    ['operation=GetStatus', [2, 3]],
    ['operation=saf/*', [4]],
    ['operation=face_verify.init', [4]],
    ['operation=cloudauth/*/Get*', [1, 2, 3]],
    ['code=InvalidParam.InvalidBiz', [3]],
    ['code=ok', [1, 2, 4]],
    ['operation=GetStatus&code=ok', [2]],
    ['operation=Nope', [5]],
  ])('GET ?%s', async (filter, ids) => {
    await using mock = createCloudauthMock();
    await called(mock);
    const entries = await json(mock, `/requests?${filter}`);
    expect(entries.map(({ id }: { id: number }) => id)).toEqual(ids);
  });

  test('a rule that fired is named', async () => {
    await using mock = createCloudauthMock();
    mock.failNext('GetStatus', 'InternalError');
    await getStatus(mock);
    expect((await json(mock, '/requests'))[0]).toMatchObject({
      status: 500,
      code: 'InternalError',
      rules: ['failNext(GetStatus, InternalError)'],
    });
  });

  test('an operation filter takes globs and no regular expression', async () => {
    await using mock = createCloudauthMock();
    const reply = await admin(mock, `/requests?operation=${encodeURIComponent('/^(([^!])+)+!$/')}`);
    expect([reply.status, reply.json.error]).toEqual([400, expect.stringContaining('use * globs')]);
  });

  test.each(['7', '0', 'x', '-1'])('there is no request %s to make a curl of', async (id) => {
    await using mock = createCloudauthMock();
    const reply = await admin(mock, `/requests/${id}/curl`);
    expect([reply.status, reply.json.error]).toEqual([404, `no request ${id} in the journal of default`]);
  });

  test('the ring keeps the last 1000', async () => {
    await using mock = createCloudauthMock({ signature: 'off' });
    for (let n = 0; n < 1005; n++) await mock.fetch(new Request('http://localhost/?Version=2019-03-07&Action=Nope'));
    const entries = await json(mock, '/requests');
    expect([entries.length, entries[0].id, entries.at(-1).id]).toEqual([1000, 6, 1005]);
  });

  test('of large requests it keeps fewer', async () => {
    await using mock = createCloudauthMock({ signature: 'off' });
    const body = `Version=2019-03-07&Action=Nope&Picture=${'A'.repeat(7 * 1024 * 1024)}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (let n = 0; n < 6; n++) await mock.fetch(new Request('http://localhost/', { method: 'POST', body, headers }));
    const entries = await json(mock, '/requests');
    expect(entries.map(({ id }: { id: number }) => id)).toEqual([3, 4, 5, 6]);
  });
});

describe('what no call can have', () => {
  test.each([
    ['operation=getstatus', "operation: no operation 'getstatus'; did you mean GetStatus?"],
    ['operation=saf/2017-03-31/face_verify.inti', 'did you mean saf/2017-03-31/face_verify.init'],
    ['operation=Gett*', "operation: no operation 'Gett*'; “cloudauth-mock operations” lists them"],
    ['code=z1146', "code: no operation documents 'z1146'; did you mean Z1146?"],
  ])('requests?%s is 400 and says what may have been meant', async (query, message) => {
    await using mock = createCloudauthMock();
    const reply = await admin(mock, `/requests?${query}`);
    expect([reply.status, reply.json.error]).toEqual([400, expect.stringContaining(message)]);
  });

  test.each(['operation=GetStatus', 'operation=Get*', 'code=Z1146', 'code=ok'])(
    'requests?%s is an empty list before there is a call',
    async (query) => {
      await using mock = createCloudauthMock();
      expect(await json(mock, `/requests?${query}`)).toEqual([]);
    },
  );
});

describe('verify', () => {
  async function asked(mock: Mock, body: unknown) {
    await openTask(mock, 'RPBasic', 'a');
    await getStatus(mock, 'RPBasic', 'a');
    await getStatus(mock, 'RPBasic', 'b');
    await init(mock);
    return admin(mock, 'POST /verify', { body });
  }

  test.each<[string, object, number]>([
    ['at least once', { on: 'GetStatus' }, 2],
    ['so many times', { on: 'GetStatus', times: 2 }, 2],
    ['never', { on: 'SubmitMaterials', times: 0 }, 0],
    ['by a parameter', { on: 'GetStatus', when: { params: { TicketId: 'a' } }, times: 1 }, 1],
    ['by a glob', { on: 'saf/*', when: { params: { name: '张*' } } }, 1],
    ['by the nth call', { on: 'GetStatus', when: { call: 2, params: { Biz: '/^RP/' } }, times: 1 }, 1],
    [
      'by a parameter inside ServiceParameters',
      { on: 'face_verify.init', when: { params: { 'ServiceParameters.name': '张三' } } },
      1,
    ],
  ])('200 when it was called %s', async (_title, expectation, matched) => {
    await using mock = createCloudauthMock();
    const reply = await asked(mock, expectation);
    expect([reply.status, reply.json.ok, reply.json.matched]).toEqual([200, true, matched]);
  });

  test('406 with a difference a person can read', async () => {
    await using mock = createCloudauthMock();
    const reply = await asked(mock, { on: 'GetStatus', when: { params: { TicketId: 'a' } }, times: 3 });
    expect([reply.status, reply.json]).toEqual([
      406,
      {
        ok: false,
        matched: 1,
        message:
          'GetStatus with {"params":{"TicketId":"a"}} was expected 3 time(s) and was called 1 time(s); called were: cloudauth/2017-11-17/GetVerifyToken ×1, cloudauth/2017-11-17/GetStatus ×2, saf/2017-03-31/face_verify.init ×1',
      },
    ]);
  });

  test('406 when nothing was called', async () => {
    await using mock = createCloudauthMock();
    const reply = await admin(mock, 'POST /verify', { body: { on: 'GetStatus' } });
    expect([reply.status, reply.json.message]).toEqual([
      406,
      'GetStatus was expected at least once and was called 0 time(s); called were: nothing',
    ]);
  });

  test.each<[string, unknown, RegExp]>([
    ['no body', undefined, /on must name an operation/],
    ['an operation that is not there', { on: 'GetStatsu' }, /no operation 'GetStatsu'; did you mean GetStatus\?/],
    ['times that is no number', { on: 'GetStatus', times: '2' }, /times must be a whole number/],
    ['a negative times', { on: 'GetStatus', times: -1 }, /times must be a whole number/],
    ['when that is a list', { on: 'GetStatus', when: [] }, /when/],
    ['when with an unknown key', { on: 'GetStatus', when: { parms: {} } }, /parms/],
    ['a parameter that is an object', { on: 'GetStatus', when: { params: { Biz: {} } } }, /Biz/],
    ['a pattern that does not compile', { on: 'GetStatus', when: { params: { Biz: '/(/' } } }, /a \( is not closed/],
  ])('%s is 400', async (_title, body, message) => {
    await using mock = createCloudauthMock();
    const reply = await admin(mock, 'POST /verify', { body });
    expect([reply.status, reply.json.error]).toEqual([400, expect.stringMatching(message)]);
  });
});

describe('snapshots', () => {
  test('save, list, restore: the account’s state comes back', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    await openTask(mock, 'RPBasic');
    const saved = await admin(mock, 'POST /snapshots/before');
    await mock.verifications.pass('ticket');
    const passed = await status(mock);
    const restored = await admin(mock, 'POST /snapshots/before/restore');
    expect([saved.status, saved.json, restored.status, restored.json]).toEqual([
      201,
      { saved: 'before', rows: 2 },
      200,
      { restored: 'before', rows: 2 },
    ]);
    expect([passed, await status(mock), await json(mock, '/snapshots')]).toEqual([1, -1, ['before']]);
  });

  test('one is looked at by its name; one that is not there is 404 and says which are', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    await openTask(mock, 'RPBasic');
    await admin(mock, 'POST /snapshots/before');
    expect(await json(mock, '/snapshots/before')).toEqual({ name: 'before', rows: 2 });
    const missing = await admin(mock, '/snapshots/after');
    expect([missing.status, missing.json]).toEqual([404, { error: "no snapshot 'after'; there are: before" }]);
  });

  test('a snapshot of an account that has done nothing empties it', async () => {
    await using mock = createCloudauthMock();
    await admin(mock, 'POST /snapshots/empty');
    await openTask(mock, 'RPBasic');
    expect(await json(mock, 'POST /snapshots/empty/restore')).toEqual({ restored: 'empty', rows: 0 });
    expect(await json(mock, '/verifications')).toEqual([]);
  });

  test('saving again under a name replaces it', async () => {
    await using mock = createCloudauthMock();
    await admin(mock, 'POST /snapshots/s');
    await openTask(mock, 'RPBasic');
    await admin(mock, 'POST /snapshots/s');
    expect(await json(mock, 'POST /snapshots/s/restore')).toEqual({ restored: 's', rows: 2 });
  });

  test('the clock comes back with it', async () => {
    await using mock = createCloudauthMock();
    await admin(mock, 'POST /clock', { body: { set: '2030-01-01T00:00:00Z', freeze: true } });
    await admin(mock, 'POST /snapshots/s');
    await admin(mock, 'POST /clock', { body: { set: '2040-01-01T00:00:00Z', freeze: false } });
    await admin(mock, 'POST /snapshots/s/restore');
    expect(await json(mock, '/clock')).toMatchObject({ now: '2030-01-01T00:00:00.000Z', frozen: true });
  });

  test('a snapshot from before the clock was moved brings the wall clock back', async () => {
    await using mock = createCloudauthMock();
    await admin(mock, 'POST /snapshots/s');
    await mock.clock.advance('365d');
    await admin(mock, 'POST /snapshots/s/restore');
    expect(Math.abs((await mock.clock.now()) - Date.now())).toBeLessThan(60_000);
  });

  test('an unknown name is 404 and lists those there are', async () => {
    await using mock = createCloudauthMock();
    const none = await admin(mock, 'POST /snapshots/s/restore');
    await admin(mock, 'POST /snapshots/one');
    await admin(mock, 'POST /snapshots/two');
    const some = await admin(mock, 'POST /snapshots/s/restore');
    expect([none.status, none.json.error, some.json.error]).toEqual([
      404,
      "no snapshot 's'; there are: none",
      "no snapshot 's'; there are: one, two",
    ]);
  });

  test.each(['a%20b', '%2Fetc', 'x'.repeat(65), '%E6%B5%8B'])('“%s” is no name', async (name) => {
    await using mock = createCloudauthMock();
    const replies = [
      await admin(mock, `POST /snapshots/${name}`),
      await admin(mock, `POST /snapshots/${name}/restore`),
    ];
    expect(replies.map((reply) => [reply.status, reply.json.error])).toEqual(
      Array(2).fill([400, expect.stringMatching(/is no snapshot name; use up to 64 letters/)]),
    );
  });
});

describe('coverage', () => {
  test('nothing is seen before anything is called', async () => {
    await using mock = createCloudauthMock();
    const { seen, percent, documented, never } = await json(mock, '/coverage');
    expect([seen, percent, documented]).toEqual([0, 0, never.length]);
    expect(never).toContain('saf/2017-03-31/face_verify.query Z1146');
  });

  test('successes and failures count once each', async () => {
    await using mock = createCloudauthMock();
    const before = await json(mock, '/coverage');
    await openTask(mock, 'RPBasic');
    await getStatus(mock, 'RPBasic');
    await getStatus(mock, 'RPBasic');
    await getStatus(mock, 'Nope');
    mock.failNext('face_verify.init', 'Z1108');
    await init(mock);
    const after = await json(mock, '/coverage');
    const gone = before.never.filter((outcome: string) => !after.never.includes(outcome));
    expect(gone).toEqual([
      'cloudauth/2017-11-17/GetVerifyToken ok',
      'cloudauth/2017-11-17/GetStatus ok',
      'cloudauth/2017-11-17/GetStatus InvalidParam.InvalidBiz',
      'saf/2017-03-31/face_verify.init Z1108',
    ]);
    expect([after.seen, after.percent]).toEqual([4, Math.floor(4000 / after.documented) / 10]);
  });

  test('operation by operation it says the same, in the language that is asked for', async () => {
    await using mock = createCloudauthMock();
    await getStatus(mock);
    const { operations, seen, documented } = await json(mock, '/coverage?lang=zh');
    const all = operations.flatMap(({ outcomes }: { outcomes: { seen: boolean }[] }) => outcomes);
    expect([all.length, all.filter((one: { seen: boolean }) => one.seen).length]).toEqual([documented, seen]);
    expect(all[1]).toEqual({ code: 'Error.InternalError', seen: false, when: '服务故障' });
  });

  test('a format there is not is refused', async () => {
    await using mock = createCloudauthMock();
    const { status, json: said } = await admin(mock, '/coverage?format=pdf');
    expect([status, said.error]).toEqual([400, "format can only be 'json' or 'html'"]);
  });

  test('what no page documents is not counted', async () => {
    await using mock = createCloudauthMock();
    mock.failNext('GetStatus', 'Throttling.User');
    await getStatus(mock);
    expect((await json(mock, '/coverage')).seen).toBe(0);
  });

  test('a sibling date counts for its version', async () => {
    await using mock = createCloudauthMock();
    await call(mock, { ...cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 't' }), Version: '2018-09-16' });
    expect((await json(mock, '/coverage')).never).not.toContain('cloudauth/2017-11-17/GetStatus ok');
  });

  test('the ring does not bound it', async () => {
    await using mock = createCloudauthMock({ signature: 'off' });
    await call(mock, cloudauth2019('DescribeOssUploadToken'));
    for (let n = 0; n < 1001; n++) await mock.fetch(new Request('http://localhost/?Version=2019-03-07&Action=Nope'));
    expect((await json(mock, '/requests?code=ok')).length).toBe(0);
    expect((await json(mock, '/coverage')).seen).toBe(1);
  });
});

test('every answer is JSON, names the emulator and carries no CORS header', async () => {
  await using mock = createCloudauthMock();
  for (const line of ['/operations', '/nope', 'POST /reset', 'POST /verify', 'OPTIONS /reset', 'DELETE /scenarios']) {
    const { headers } = await admin(mock, line);
    const cors = [...headers.keys()].filter((name) => name.startsWith('access-control-'));
    expect([headers.get('content-type'), headers.get('x-cloudauth-mock'), cors]).toEqual([
      'application/json',
      expect.any(String),
      [],
    ]);
  }
});
