import { expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { call } from '../support/call.js';
import { getMaterials, openTask } from '../support/tasks.js';

const SIBLINGS = ['2017-09-12', '2017-10-10', '2017-11-17', '2018-05-04', '2018-07-03', '2018-08-07', '2018-09-16'];

/** Runs the four operations under one date and returns the Data of the last three. */
async function run(Version: string) {
  const mock = createCloudauthMock();
  const send = async (Action: string, params: Record<string, string>) =>
    (await call(mock, { Version, Action, ...params })).json.Data;
  const { VerifyToken } = await send('GetVerifyToken', {
    Biz: 'RPBasic',
    TicketId: 't',
    Binding: '{"Name":"a","IdentificationNumber":"b"}',
  });
  const submit = await send('SubmitMaterials', {
    VerifyToken: VerifyToken.Token,
    'Material.1.MaterialType': 'FacePic',
    'Material.1.Value': 'https://e.com/f.jpg',
  });
  return {
    submit,
    status: await send('GetStatus', { Biz: 'RPBasic', TicketId: 't' }),
    materials: await send('GetMaterials', { Biz: 'RPBasic', TicketId: 't' }),
  };
}

test.each(SIBLINGS)('%s runs the four operations', async (version) => {
  const { submit, status } = await run(version);
  expect([submit.VerifyStatus.StatusCode, status.StatusCode]).toEqual([1, 1]);
});

test.each(SIBLINGS)('%s lists the fields of its own documents', async (version) => {
  const { submit, status, materials } = await run(version);
  expect('IdCardStartDate' in materials).toBe(['2018-05-04', '2018-08-07', '2018-09-16'].includes(version));
  expect('Authority' in materials).toBe(version === '2018-09-16');
  expect('AuthorityComparisonScore' in status).toBe(version === '2018-09-16');
  expect('AuthorityComparisonScore' in submit.VerifyStatus).toBe(version === '2018-09-16');
});

test.each(['', '2017-11-18', '2020-06-19', 'latest'])(
  'Version “%s” is InvalidVersion, in XML <Error> where no Format is given',
  async (Version) => {
    const { status, text } = await call(
      createCloudauthMock(),
      { Version, Action: 'GetStatus' },
      { common: { Format: undefined } },
    );
    expect(status).toBe(400);
    expect(text).toContain("<?xml version='1.0' encoding='UTF-8'?><Error>");
    expect(text).toContain(
      '<Code>InvalidVersion</Code><Message>Specified parameter Version is not valid.</Message><Recommend><![CDATA[',
    );
  },
);

test.each(['json', 'JSON', 'Json'])('Format %s is taken in any case', async (Format) => {
  const { json } = await call(
    createCloudauthMock(),
    { Version: '2017-11-17', Action: 'GetStatus', Biz: 'RPBasic', TicketId: 't' },
    { common: { Format } },
  );
  expect(json.Success).toBe(true);
});

test('characters XML cannot hold are dropped, the others escaped', async () => {
  await using mock = createCloudauthMock();
  await openTask(mock, 'RPBasic', 't', { Binding: '{"Name":"a\\u0001b<&>\\ud800\\u000b中"}' });
  const { text } = await getMaterials(mock, 'RPBasic', 't', { common: { Format: 'XML' } });
  expect(text).toContain('<Name>ab&lt;&amp;&gt;中</Name>');
});

test('a Version of another product of the vendor’s is answered by the nearest one, and the hint says so', async () => {
  const params = { Version: '2020-01-20', Action: 'DescribeFaceVerify', SceneId: '1', CertifyId: 'sha-of-mine' };
  const { json, headers } = await call(createCloudauthMock(), params);
  expect(json.Code).toBe('406');
  expect(headers.get('x-cloudauth-mock-hint')).toMatch(
    /^Version 2020-01-20 has no contract here: cloudauth 2019-03-07/,
  );
});

test('--versions any: so is any date, but nothing that is none', async () => {
  await using mock = createCloudauthMock({ versions: 'any' });
  const codes = [];
  for (const Version of ['2031-01-01', 'latest', ''])
    codes.push((await call(mock, { Version, Action: 'DescribeVerifySetting' })).json.Code);
  expect(codes).toEqual([undefined, 'InvalidVersion', 'InvalidVersion']);
});
