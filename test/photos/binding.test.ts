/** Pictures in Binding (document 004, 关于上传图片地址的说明): judged when the verification ends, alike however it ends. */
import { describe, expect, test } from 'vitest';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { FACE_JPEG } from '../../src/verification/face.js';
import { call, cloudauth2017 } from '../support/call.js';
import { open, pageUrl } from '../support/h5.js';
import { oss, stsOf } from '../support/oss.js';
import { FACE, getMaterials, getStatus, openTask, PERSON, submit } from '../support/tasks.js';

const LIMIT = 2 * 1024 * 1024;
const base64 = (bytes: number) => `base64://${Buffer.alloc(bytes, 7).toString('base64')}`;
const bound = (FacePic: string) => ({ Binding: JSON.stringify({ ...PERSON, FacePic }) });
const hintOf = ({ headers }: { headers: Headers }) => headers.get('x-cloudauth-mock-hint');

const UNUSABLE: readonly [what: string, picture: string, why: string, said: string][] = [
  ['a relative path', 'photos/face.jpg', 'no-picture-address', 'it is written as http'],
  ['an absolute path', '/tmp/face.jpg', 'no-picture-address', 'it is written as http'],
  [
    'a data: header',
    'base64://data:image/png;base64,iVBORw0=',
    'base64-with-data-header',
    'base64 goes without a data:',
  ],
  ['2 MB and a byte', base64(LIMIT + 1), 'over-2-MB', 'it is larger than 2 MB.'],
  ['an object that is not there', 'oss://verify-external-image:x/face.jpg', 'not-uploaded', 'nothing was uploaded'],
];

describe.each(UNUSABLE)('%s', (_what, FacePic, why, said) => {
  test('the hint at GetVerifyToken says what will not pass', async () => {
    await using mock = createCloudauthMock();
    const reply = await call(
      mock,
      cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 't', ...bound(FacePic) }),
    );
    expect([reply.json.Code, hintOf(reply)]).toEqual([
      '1',
      expect.stringContaining(`FacePic is no picture that can be used: ${said}`),
    ]);
    expect(hintOf(reply)).toContain('cannot pass');
  });

  test('the simulated person fails, the hint says why, and nothing is kept', async () => {
    await using mock = createCloudauthMock();
    await openTask(mock, 'RPBasic', 'ticket', bound(FacePic));
    const status = await getStatus(mock, 'RPBasic');
    const materials = await getMaterials(mock, 'RPBasic');
    expect([status.json.Data.StatusCode, hintOf(status)]).toEqual([
      2,
      expect.stringContaining(`It failed, for FacePic is no picture that can be used: ${said}`),
    ]);
    expect([materials.status, materials.json.Code, hintOf(materials)]).toEqual([
      404,
      'InvalidParam.RecordNotFound',
      expect.stringContaining('so nothing was kept'),
    ]);
  });

  test('a rule’s pass fails', async () => {
    await using mock = createCloudauthMock();
    await mock.scenarios.add({ rules: [{ on: 'GetStatus', then: { outcome: 'pass' } }] });
    await openTask(mock, 'RPBasic', 'ticket', bound(FacePic));
    expect((await getStatus(mock, 'RPBasic')).json.Data.StatusCode).toBe(2);
  });

  test('a tester’s pass is refused with the reason, and the task stays open', async () => {
    await using mock = createCloudauthMock({ device: 'manual' });
    await openTask(mock, 'RPBasic', 'ticket', bound(FacePic));
    await expect(mock.verifications.pass('ticket')).rejects.toThrow(`cannot pass with FacePic: ${why}`);
    expect((await mock.verifications.list())[0]?.status).toBe('open');
  });

  test('SubmitMaterials says MaterialsUploadError', async () => {
    await using mock = createCloudauthMock();
    const token = await openTask(mock, 'RPMin', 'ticket', bound(FacePic));
    const reply = await submit(mock, token, { Name: PERSON.Name });
    expect([reply.json.Code, hintOf(reply)]).toEqual([
      'Error.MaterialsUploadError',
      expect.stringContaining(`FacePic is no picture that can be used: ${said}`),
    ]);
  });

  test('a picture submitted in its place passes', async () => {
    await using mock = createCloudauthMock();
    const token = await openTask(mock, 'RPMin', 'ticket', bound(FacePic));
    expect((await submit(mock, token, { FacePic: FACE })).json.Code).toBe('1');
  });
});

test('a page whose scheme takes no such picture fails by it', async () => {
  await using mock = createCloudauthMock({ device: 'manual' });
  const Binding = JSON.stringify({ IDPic: '/tmp/chip.jpg' });
  await open(mock, await pageUrl(mock, { auto: 'pass' }, { Binding }));
  expect((await getStatus(mock, 'RPBasic')).json.Data.StatusCode).toBe(2);
});

describe('base64 needs POST', () => {
  const byGet = async (mock: CloudauthMock) =>
    call(mock, cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId: 'ticket', ...bound(FACE) }), {
      method: 'GET',
    });

  test('in a GetVerifyToken by GET it cannot be used, whatever method asks later', async () => {
    await using mock = createCloudauthMock();
    expect(hintOf(await byGet(mock))).toContain('base64 needs POST.');
    const status = await getStatus(mock, 'RPBasic', 'ticket', { method: 'POST' });
    expect([status.json.Data.StatusCode, hintOf(status)]).toEqual([2, expect.stringContaining('base64 needs POST.')]);
  });

  test('sent by POST it can be used, whatever method asks later', async () => {
    await using mock = createCloudauthMock();
    await openTask(mock, 'RPBasic', 'ticket', bound(FACE));
    expect((await getStatus(mock, 'RPBasic', 'ticket', { method: 'GET' })).json.Data.StatusCode).toBe(1);
  });
});

test.each<[string, (mock: CloudauthMock) => Promise<string>]>([
  ['base64 of 2 MB', async () => base64(LIMIT)],
  ['a web address', async () => 'http://image-demo.img-cn-hangzhou.aliyuncs.com/example.jpg'],
  [
    'what was uploaded',
    async (mock) => {
      const sts = await stsOf(mock, 'earlier');
      await oss(mock, sts, 'PUT', `${sts.path}face.jpg`, { body: FACE_JPEG });
      return `oss://${sts.bucket}:${sts.path}face.jpg`;
    },
  ],
  ['an empty text, as absent', async () => ''],
])('%s passes without a hint', async (_what, picture) => {
  await using mock = createCloudauthMock();
  const more = bound(await picture(mock));
  const reply = await call(
    mock,
    cloudauth2017('GetVerifyToken', { RegionId: 'cn-hangzhou', Biz: 'RPBasic', TicketId: 'ticket', ...more }),
  );
  expect(hintOf(reply)).toBeNull();
  expect((await getStatus(mock, 'RPBasic')).json.Data.StatusCode).toBe(1);
});

test('a picture that is uploaded after GetVerifyToken named it can be used', async () => {
  await using mock = createCloudauthMock();
  const sts = await stsOf(mock, 'earlier');
  const key = `${sts.path}late.jpg`;
  await openTask(mock, 'RPBasic', 'ticket', bound(`oss://${sts.bucket}:${key}`));
  await oss(mock, sts, 'PUT', key, { body: FACE_JPEG });
  expect((await getStatus(mock, 'RPBasic')).json.Data.StatusCode).toBe(1);
});

test.each([
  ['{"Name":5}', 'Name of Binding is no text, so it is not read.'],
  ['{"FacePic":{"url":"https://e.com/f.jpg"}}', 'FacePic of Binding is no text, so it is not read.'],
  ['{"name":"a"}', 'Binding has no name: did you mean Name?'],
  ['{"FaceRetainPic":"https://e.com/f.jpg"}', 'Binding has no FaceRetainPic: did you mean FaceRetainedPic?'],
  ['{"Mobile":"1"}', 'Binding has no Mobile.'],
  ['{"Name":null}', null],
])('Binding %s: what is not read is told', async (Binding, hint) => {
  await using mock = createCloudauthMock();
  const reply = await call(
    mock,
    cloudauth2017('GetVerifyToken', { RegionId: 'cn-hangzhou', Biz: 'RPBasic', TicketId: 't', Binding }),
  );
  expect([reply.json.Code, hintOf(reply)]).toEqual(['1', hint]);
});
