import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { call, cloudauth2017 } from '../support/call.js';
import { FACE, getStatus, openTask, PERSON, submit } from '../support/tasks.js';

test('a complete submission passes and closes the task', async () => {
  await using mock = createCloudauthMock();
  const token = await openTask(mock);
  const first = await submit(mock, token);
  const second = await submit(mock, token);
  expect(first.json.Data.VerifyStatus.StatusCode).toBe(1);
  expect([second.status, second.json.Code]).toEqual([403, 'Error.DuplicatedTicketId']);
});

test('a closed task stays closed for a new token of the same ticket', async () => {
  await using mock = createCloudauthMock();
  await submit(mock, await openTask(mock));
  const { json } = await submit(mock, await openTask(mock));
  expect(json.Code).toBe('Error.DuplicatedTicketId');
});

test.each([
  ['1799s', 200],
  ['1800s', 400],
])('a token %s old answers %i', async (age, status) => {
  await using mock = createCloudauthMock();
  const token = await openTask(mock);
  await mock.clock.advance(age);
  // the machine's clock moves between the two calls too
  if (status === 200) await mock.clock.advance(-500);
  const reply = await submit(mock, token);
  expect(reply.status).toBe(status);
});

test.each([
  ['unknown', 'no-such-token'],
  ['another account’s', undefined],
])('an %s token is InvalidParam.VerifyTokenExpired', async (_title, given) => {
  await using mock = createCloudauthMock();
  const token = given ?? (await openTask(mock, 'RPMin', 'ticket', {}, { accessKeyId: 'LTAImockOther' }));
  const { status, json } = await submit(mock, token);
  expect([status, json.Code]).toEqual([400, 'InvalidParam.VerifyTokenExpired']);
});

test.each<[string, Record<string, string>, number, string]>([
  ['no materials', {}, 400, 'InvalidParam.MaterialsEmpty'],
  ['an unknown type', { ...PERSON, Passport: 'x' }, 403, 'InvalidParam.MaterialsNotValid'],
  ['no face', { Name: 'a', IdentificationNumber: 'b' }, 403, 'Error.MaterialsInsufficient'],
  ['no name', { IdentificationNumber: 'b', FacePic: FACE }, 403, 'Error.MaterialsInsufficient'],
  ['an empty value', { ...PERSON, Name: '' }, 403, 'InvalidParam.ParamMissing'],
  ['a local path as picture', { ...PERSON, FacePic: '/tmp/face.jpg' }, 500, 'Error.MaterialsUploadError'],
  [
    'a data: header in base64',
    { ...PERSON, FacePic: 'base64://data:image/png;base64,iVBORw0=' },
    500,
    'Error.MaterialsUploadError',
  ],
  ['base64 that is none', { ...PERSON, FacePic: 'base64://人脸' }, 500, 'Error.MaterialsUploadError'],
  ['an oss address without a bucket', { ...PERSON, FacePic: 'oss://face.jpg' }, 500, 'Error.MaterialsUploadError'],
])('%s', async (_title, materials, status, code) => {
  await using mock = createCloudauthMock();
  const reply = await submit(mock, await openTask(mock), materials);
  expect([reply.status, reply.json.Code]).toEqual([status, code]);
});

test.each([
  ['https://example.com/face.jpg'],
  ['http://image-demo.img-cn-hangzhou.aliyuncs.com/example.jpg'],
  ['base64:///9j/4AAQSkZJRg=='],
])('a picture at %s is taken', async (FacePic) => {
  await using mock = createCloudauthMock();
  const reply = await submit(mock, await openTask(mock), { ...PERSON, FacePic });
  expect(reply.status).toBe(200);
});

test.each([
  [2 * 1024 * 1024, 200],
  [2 * 1024 * 1024 + 1, 500],
])('a picture of %i decoded bytes answers %i', async (bytes, status) => {
  await using mock = createCloudauthMock();
  const FacePic = `base64://${Buffer.alloc(bytes, 7).toString('base64')}`;
  const reply = await submit(mock, await openTask(mock), { ...PERSON, FacePic });
  expect(reply.status).toBe(status);
});

test('base64 by GET is refused even where methods are free', async () => {
  await using mock = createCloudauthMock({ methods: 'any' });
  const { json } = await submit(mock, await openTask(mock), PERSON, { method: 'GET' });
  expect(json.Code).toBe('Error.MaterialsUploadError');
});

test('more than ten materials are InvalidParam.MaterialsNotValid', async () => {
  await using mock = createCloudauthMock();
  const VerifyToken = await openTask(mock);
  const many = Array.from({ length: 11 }, (_, n) => [
    [`Material.${n + 1}.MaterialType`, 'Name'],
    [`Material.${n + 1}.Value`, 'x'],
  ]);
  const { json } = await call(
    mock,
    cloudauth2017('SubmitMaterials', { VerifyToken, ...Object.fromEntries(many.flat()) }),
  );
  expect(json.Code).toBe('InvalidParam.MaterialsNotValid');
});

test('what Binding gave counts', async () => {
  await using mock = createCloudauthMock();
  const { FacePic, ...Binding } = PERSON;
  const token = await openTask(mock, 'RPMin', 'ticket', { Binding: JSON.stringify(Binding) });
  const { status } = await submit(mock, token, { FacePic });
  expect(status).toBe(200);
});

test('a failed task may be submitted again until it passes', async () => {
  await using mock = createCloudauthMock();
  const token = await openTask(mock);
  await mock.verifications.fail('ticket', '身份证照片模糊');
  const before = await getStatus(mock);
  await submit(mock, token);
  const after = await getStatus(mock);
  expect(before.json.Data).toMatchObject({ StatusCode: 2, AuditConclusions: '身份证照片模糊' });
  expect(after.json.Data.StatusCode).toBe(1);
});

test('of fifty parallel submissions one passes and the others are duplicates', async () => {
  await using mock = createCloudauthMock();
  const token = await openTask(mock);
  const replies = await Promise.all(Array.from({ length: 50 }, () => submit(mock, token)));
  const codes = replies.map(({ json }) => json.Code).sort();
  expect(codes).toEqual(['1', ...Array.from({ length: 49 }, () => 'Error.DuplicatedTicketId')]);
});

test('verifications.fail with an empty reason says the usual one', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  await openTask(mock, 'RPBasic');
  await mock.verifications.fail('ticket', '');
  expect((await getStatus(mock, 'RPBasic')).json.Data.AuditConclusions).toMatch(/^身份证照片模糊/);
});
