import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { certifyId, describe, init, remove } from '../support/face.js';
import { saying } from '../support/hints.js';

const DELETED = (CertifyId: string) => ({ CertifyId, DeleteResult: 'Y' });
const refused = (CertifyId: string, FailReason: string) => ({ CertifyId, DeleteResult: 'N', FailReason });

test('name, number and picture are gone, and how it ended stays', async () => {
  await using mock = createCloudauthMock();
  const id = await certifyId(mock, { RarelyCharacters: 'Y' });
  const before = JSON.parse((await describe(mock, id)).json.ResultObject.MaterialInfo).facialPictureFront.pictureUrl;
  const { ResultObject } = await remove(mock, id);
  const after = await describe(mock, id);
  const { Passed, SubCode, MaterialInfo, ...rest } = after.json.ResultObject;
  expect(ResultObject).toEqual(DELETED(id));
  expect([Passed, SubCode, rest, after.hint]).toEqual([
    'T',
    '200',
    { IdentityInfo: 'null', Success: 'True' },
    await saying('result-deleted'),
  ]);
  expect(JSON.parse(MaterialInfo).facialPictureFront).not.toHaveProperty('pictureUrl');
  expect((await mock.fetch(new Request(before))).status).toBe(404);
});

test('a second time it says so', async () => {
  await using mock = createCloudauthMock();
  const id = await certifyId(mock);
  await remove(mock, id);
  const { Code, ResultObject } = await remove(mock, id, { DeleteAfterQuery: 'N' });
  expect([Code, ResultObject]).toEqual(['200', refused(id, 'NOT_DELETE_REPEATEDLY')]);
});

test('with DeleteAfterQuery=Y the result has to be known first', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  const id = await certifyId(mock);
  // asked for, but there was none yet
  await describe(mock, id);
  await mock.verifications.fail(id, '205');
  const before = (await remove(mock, id, { DeleteAfterQuery: 'Y' })).ResultObject;
  await describe(mock, id);
  const after = (await remove(mock, id, { DeleteAfterQuery: 'Y' })).ResultObject;
  expect([before, after]).toEqual([refused(id, 'NEED_QUERY_VERIFY_RESULT'), DELETED(id)]);
});

test('of what was not submitted there is nothing to delete: 424', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  expect((await remove(mock, await certifyId(mock))).Code).toBe('424');
});

test.each([
  ['an unknown CertifyId', 'sha0', {}, '406'],
  ['no CertifyId', '', {}, '400'],
  ['another word than Y or N', 'sha0', { DeleteAfterQuery: 'yes' }, '401'],
])('%s', async (_what, id, changes, code) => {
  await using mock = createCloudauthMock();
  expect((await remove(mock, id, changes)).Code).toBe(code);
});

test('of two at once one deletes', async () => {
  await using mock = createCloudauthMock();
  const id = await certifyId(mock);
  await describe(mock, id);
  const results = await Promise.all([remove(mock, id), remove(mock, id)]);
  expect(results.map(({ ResultObject }) => ResultObject.DeleteResult).sort()).toEqual(['N', 'Y']);
});

test('a query at the same time does not keep it from being deleted', async () => {
  await using mock = createCloudauthMock();
  const id = await certifyId(mock);
  await mock.verifications.pass(id);
  const [deleted] = await Promise.all([remove(mock, id), ...Array.from({ length: 5 }, () => describe(mock, id))]);
  expect(deleted.ResultObject).toEqual(DELETED(id));
});

test('whose number was deleted is not 417 by it any more', async () => {
  await using mock = createCloudauthMock();
  const id = await certifyId(mock);
  await mock.verifications.fail(id, '202');
  await remove(mock, id);
  expect((await init(mock)).json.Code).toBe('200');
});
