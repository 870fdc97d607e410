/** Names of pictures that choose an outcome do what the catalogue says of them. */
import { describe, expect, test } from 'vitest';
import type { CloudauthMock } from '../../src/emulator/api.js';
import { createCloudauthMock, pictures } from '../../src/index.js';
import { getStatus, openTask, PERSON, submit } from '../support/tasks.js';

const at = (name: string) => `https://pictures.example.com/${name}`;

/** StatusCode, or the error's code. */
async function end(mock: CloudauthMock, more: Record<string, string>, TicketId = 'ticket'): Promise<number | string> {
  const { json } = await submit(mock, await openTask(mock, 'RPMin', TicketId), { ...PERSON, ...more });
  return json.Data?.VerifyStatus?.StatusCode ?? json.Code;
}

test.each(pictures.map(({ picture, magic, meaning }) => [picture, meaning, magic] as const))(
  '%s %s',
  async (picture, _meaning, magic) => {
    await using mock = createCloudauthMock();
    const ended = await end(mock, { FacePic: at(picture) });
    const { Data } = (await getStatus(mock)).json;
    const expected =
      'fail' in magic ? [magic.fail, -1, undefined] : [2, 2, magic.outcome.kind === 'fail' && magic.outcome.reason];
    expect([ended, Data.StatusCode, Data.AuditConclusions]).toEqual(expected);
  },
);

test.each([
  ['me-no-face.jpg', 2],
  ['dir/me_no-face.jpg', 2],
  ['ME.NO-FACE.JPEG', 2],
  ['no-face.png?x=1', 2],
  ['casino-face.jpg', 1],
  ['no-face.gif', 1],
  ['no-face', 1],
  ['a.jpg?name=no-face.jpg', 1],
  ['no-face.jpg/a.jpg', 1],
])('https://…/%s ends with %i', async (path, status) => {
  await using mock = createCloudauthMock();
  expect(await end(mock, { FacePic: at(path) })).toBe(status);
});

test('a card’s picture counts as a face’s does', async () => {
  await using mock = createCloudauthMock();
  expect(await end(mock, { IdCardFrontPic: at('not-an-id-card.jpg') })).toBe(2);
});

test('a picture in Binding counts for the simulated person', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic', 'ticket', { Binding: JSON.stringify({ FacePic: at('no-face.jpg') }) });
  expect((await getStatus(mock, 'RPBasic')).json.Data.StatusCode).toBe(2);
});

describe('what comes first', () => {
  const FacePic = at('no-face.jpg');

  test('a scenario before a picture’s name', async () => {
    await using mock = createCloudauthMock();
    await mock.scenarios.add({ rules: [{ on: 'SubmitMaterials', then: { outcome: 'pass' } }] });
    expect(await end(mock, { FacePic })).toBe(1);
  });

  test('a ticket’s suffix before a picture’s name', async () => {
    await using mock = createCloudauthMock();
    expect(await end(mock, { FacePic }, 'order~status:1')).toBe(1);
  });

  test('a picture’s name before the person', async () => {
    await using mock = createCloudauthMock();
    expect(await end(mock, { FacePic, Name: '测试通过' })).toBe(2);
  });

  test('an error a picture asks for before one the person asks for', async () => {
    await using mock = createCloudauthMock();
    const Name = '李四~fail:Error.RealNameCheckFail';
    expect(await end(mock, { FacePic: at('upload-error.jpg'), Name })).toBe('Error.MaterialsUploadError');
  });
});
