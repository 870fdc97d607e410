/** The description of the control side: valid, of all routes and no others, and true of what they answer. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { routeTexts } from '../../src/admin/openapi/document.js';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { admin } from '../support/admin.js';
import { call, cloudauth2017, cloudauth2019 } from '../support/call.js';
import { oss, stsOf } from '../support/oss.js';
import { openTask, submit } from '../support/tasks.js';

let mock: CloudauthMock;
beforeAll(async () => {
  mock = createCloudauthMock({ device: 'manual' });
  await openTask(mock, 'RPBasic', 'order-1');
  await call(mock, cloudauth2017('GetStatus', { Biz: 'RPBasic', TicketId: 'order-1' }), { secret: 'wrong' });
  await call(mock, cloudauth2019('DescribeOssUploadToken'));
  const sts = await stsOf(mock);
  await oss(mock, sts, 'PUT', `${sts.path}a.jpg`, { body: 'bytes' });
  await mock.snapshots.save('before');
  await submit(mock, await openTask(mock, 'RPMin', 'order-2'));
  await mock.verifications.fail('order-1');
  await mock.clock.freeze();
  mock.failNext('GetStatus', 'Throttling.User', { times: 2, delay: 5 });
});
afterAll(() => mock.close());

test('it is valid OpenAPI 3.1', async () => {
  const { json } = await admin(mock, '/openapi.json');
  const validator = new Validator();
  expect([await validator.validate(json), validator.version]).toEqual([{ valid: true }, '3.1']);
});

test('it describes every route, and no other', async () => {
  const { paths } = (await admin(mock, '/nope')).json as { paths: string[] };
  const described = Object.keys(routeTexts).map((route) => route.replace(' /', ' /_mock/'));
  expect(described.sort()).toEqual([...paths].sort());
});

test('each operation has a name of its own', async () => {
  const { json } = await admin(mock, '/openapi.json');
  const ids = Object.values<object>(json.paths).flatMap((path) =>
    Object.values<{ operationId: string }>(path as never).map(({ operationId }) => operationId),
  );
  expect([ids.length, new Set(ids).size]).toEqual(Array(2).fill(Object.keys(routeTexts).length));
  expect(ids).toContain('postSnapshotsNameRestore');
});

/** What no schema names is a member nobody described. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (schema === null || typeof schema !== 'object') return schema;
  const members = Object.fromEntries(Object.entries(schema).map(([name, inner]) => [name, strict(inner)]));
  return 'properties' in schema && !('additionalProperties' in schema)
    ? { ...members, additionalProperties: false }
    : members;
}

const ajv = new Ajv2020({ strict: true, allErrors: true, formats: { 'date-time': /^\d{4}-\d\d-\d\dT[\d:.]+Z$/ } });

type Asked = readonly [line: string, route: string, body?: unknown];
const CALLS: readonly Asked[] = [
  ...[
    ...['/operations', '/errors?q=Z1146', '/identities', '/reasons', '/accounts', '/accounts/overview', '/connect'],
    ...[
      '/connect/snippets',
      '/coverage',
      '/billing',
      '/clock',
      '/scenarios',
      '/snapshots',
      '/verifications',
      '/requests',
    ],
    ...['/callbacks', '/openapi.json'],
  ].map((path) => [`GET ${path}`, `GET ${path.split('?')[0]}`] as Asked),
  ['GET /snapshots/before', 'GET /snapshots/:name'],
  ['GET /snapshots/before/diff', 'GET /snapshots/:name/diff'],
  ['GET /requests/2', 'GET /requests/:id'],
  ['POST /clock', 'POST /clock', { advance: '31m' }],
  ['POST /scenarios', 'POST /scenarios', 'rules: [{ on: GetStatus, then: { fail: Throttling } }]'],
  ['POST /fail-next', 'POST /fail-next', { operation: 'GetStatus', code: 'Throttling', times: 2, delay: '1ms' }],
  ['POST /verify', 'POST /verify', { on: 'GetVerifyToken' }],
  ['POST /verify', 'POST /verify', { on: 'GetMaterials', times: 7 }],
  ['GET /scenarios/catalogue', 'GET /scenarios/catalogue'],
  ['GET /scenarios/never-fired', 'GET /scenarios/never-fired'],
  [
    'PUT /scenarios/scenario-1%231',
    'PUT /scenarios/:name',
    'rules: [{ on: GetStatus, then: { fail: Throttling.User } }]',
  ],
  ['POST /scenarios/scenario-1%231/off', 'POST /scenarios/:name/off'],
  ['POST /scenarios/scenario-1%231/on', 'POST /scenarios/:name/on'],
  ['DELETE /scenarios/scenario-1%231', 'DELETE /scenarios/:name'],
  ['POST /requests/3/replay', 'POST /requests/:id/replay'],
  ['GET /verifications/order-1', 'GET /verifications/:id'],
  ['POST /verifications/order-2/expire', 'POST /verifications/:id/:end'],
  ['POST /snapshots/later', 'POST /snapshots/:name'],
  ['POST /snapshots/before/open', 'POST /snapshots/:name/open', { as: 'LTAImockBeside' }],
  ['POST /snapshots/before/restore', 'POST /snapshots/:name/restore'],
  ['DELETE /snapshots/later', 'DELETE /snapshots/:name'],
  ['DELETE /scenarios', 'DELETE /scenarios'],
  ['POST /reset', 'POST /reset'],
];

const NAMED = CALLS.map(([line, route, body]) => ({ line, route, body }));

test.each(NAMED)('$line answers what is described', async ({ line, route, body }) => {
  const { status, json } = await admin(mock, line, { body });
  const schema = routeTexts[route]!.answers[status];
  expect(schema).toBeTypeOf('object');
  const validate = ajv.compile(strict(schema) as object);
  validate(json);
  expect(validate.errors ?? []).toEqual([]);
});

test('a reset that is undone answers what is described', async () => {
  const { undo } = (await admin(mock, 'POST /reset')).json;
  const { status, json } = await admin(mock, 'POST /reset/undo', { body: { undo } });
  const validate = ajv.compile(strict(routeTexts['POST /reset/undo']!.answers[status]) as object);
  expect([validate(json), validate.errors]).toEqual([true, null]);
});

test('every route that answers JSON was asked', () => {
  const asked = new Set([...CALLS.map(([, route]) => route), 'POST /reset/undo']);
  const answersJson = Object.entries(routeTexts).filter(([, { answers }]) =>
    Object.values(answers).some((answer) => typeof answer !== 'string'),
  );
  expect(answersJson.map(([route]) => route).filter((route) => !asked.has(route))).toEqual([]);
});

test.each([
  ['GET /requests/1/curl', 'GET /requests/:id/curl'],
  ['GET /events?only=kept', 'GET /events'],
  ['GET /phone', 'GET /phone'],
  ['GET /console', 'GET /console'],
  ['GET /console/script', 'GET /console/:file'],
])('%s answers the media type that is described', async (line, route) => {
  await call(mock, cloudauth2019('DescribeOssUploadToken'));
  const { headers } = await admin(mock, line);
  expect(headers.get('content-type')?.split(';')[0]).toBe(routeTexts[route]!.answers[200]);
});

test('what is refused is described as well', async () => {
  const { json } = await admin(mock, '/openapi.json');
  const refused = await admin(mock, 'POST /clock', { body: { advance: 'soon' } });
  const validate = ajv.compile(strict(json.components.responses.Refused.content['application/json'].schema) as object);
  expect([refused.status, validate(refused.json)]).toEqual([400, true]);
});
