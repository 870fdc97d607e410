/** People of one's own: who decides by them, what goes before, and what they may not be. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createCloudauthMock, type MockOptions } from '../../src/index.js';
import { identities } from '../../src/products/magic.js';
import { admin } from '../support/admin.js';
import { call, cloudauth2019 } from '../support/call.js';
import { certifyId, describe as describeFace } from '../support/face.js';
import { postedBy, startH5 } from '../support/saf.js';
import { init, query, withRules } from '../support/scenario.js';
import { getStatus, openTask, PERSON, submit } from '../support/tasks.js';

const NUMBER = '99000019800101999X';
const mockOf = (people: MockOptions['people'], more: MockOptions = {}) => createCloudauthMock({ people, ...more });
type Mock = ReturnType<typeof mockOf>;

/** What a query of SAF says of somebody. */
async function safCode(mock: Mock, person: object) {
  const { Data } = await init(mock, person);
  const { Code, Message } = await query(mock, Data!);
  return /[（(，]([BRZ]\d{3,4})[）)，]/.exec(Message)?.[1] ?? Code;
}

test.each([
  ['by name', { name: '王五' }],
  ['by number', { certNumber: NUMBER }],
  ['by number, in another case', { certNumber: NUMBER.toLowerCase() }],
])('SAF: who is known %s ends so, others pass', async (_how, person) => {
  await using mock = mockOf([{ name: '王五', certNumber: NUMBER, outcome: 'fail:Z1146' }]);
  expect([await safCode(mock, person), await safCode(mock, {})]).toEqual(['Z1146', 200]);
});

test('financial-grade verification has the SubCode', async () => {
  await using mock = mockOf(['王五=fail:204']);
  const { json } = await describeFace(mock, await certifyId(mock, { CertName: '王五' }));
  expect(json.ResultObject).toMatchObject({ Passed: 'F', SubCode: '204' });
});

test('what a server submits fails as well', async () => {
  await using mock = mockOf(['王五=fail']);
  await submit(mock, await openTask(mock), { ...PERSON, Name: '王五' });
  expect((await getStatus(mock)).json.Data.StatusCode).toBe(2);
});

const id2Meta = async (mock: Mock, ParamType: string, UserName: string) => {
  const IdentifyNum = '990000199003079038';
  const hash = (text: string) => createHash('md5').update(text).digest('hex');
  const number = `990000${hash('19900307')}9038`;
  const sent =
    ParamType === 'md5'
      ? { UserName: hash(UserName[0]!) + UserName.slice(1), IdentifyNum: number }
      : { UserName, IdentifyNum };
  return (await call(mock, cloudauth2019('Id2MetaVerify', { ParamType, ...sent }))).json.ResultObject.BizCode;
};
test.each(['normal', 'md5'])('an information check differs, by ParamType %s', async (type) => {
  await using mock = mockOf(['王五=fail']);
  expect([await id2Meta(mock, type, '王五'), await id2Meta(mock, type, '张三')]).toEqual(['2', '1']);
});

test('an information check has no record of whom fail:3 means', async () => {
  await using mock = mockOf(['王五=fail:3']);
  expect(await id2Meta(mock, 'normal', '王五')).toBe('3');
});

test('the page ends it so', async () => {
  await using mock = mockOf(['王五=fail:Z1146'], { device: 'manual' });
  const { url } = await startH5(mock, { name: '王五' });
  const body = new FormData();
  body.set('frame', Buffer.from([0xff, 0xd8, 0xff, 0xe0]).toString('base64'));
  await mock.fetch(new Request(url, { method: 'POST', body }));
  expect(postedBy(await (await mock.fetch(new Request(url))).text())).toMatchObject({ retCodeSub: 'Z1146' });
});

test('a tester sees what his data asks for', async () => {
  await using mock = mockOf(['王五=quit'], { device: 'manual' });
  await init(mock, { name: '王五' });
  expect((await mock.verifications.list())[0]!.asksFor).toBe('quit');
});

test('a reason of another product is its usual failure', async () => {
  await using mock = mockOf(['王五=fail:Z1146']);
  const { json } = await describeFace(mock, await certifyId(mock, { CertName: '王五' }));
  expect(json.ResultObject.Passed).toBe('F');
});

describe('who goes before whom', () => {
  test('a person of one’s own before a test identity', async () => {
    await using mock = mockOf(['测试不通过=pass']);
    expect(await safCode(mock, { name: '测试不通过' })).toBe(200);
  });

  test('a suffix before a person of one’s own', async () => {
    await using mock = mockOf([`${NUMBER}=pass`]);
    expect(await safCode(mock, { name: '王五~fail:Z8302', certNumber: NUMBER })).toBe('Z8302');
  });

  test('a rule before both', async () => {
    await using mock = await withRules([{ on: 'face_verify.query', then: { outcome: 'pass' } }], {
      people: ['王五=fail'],
    });
    expect(await safCode(mock, { name: '王五' })).toBe(200);
  });

  test('his name before his number, and the hint says who decided', async () => {
    await using mock = mockOf(['王五=fail:Z1146', `${NUMBER}=fail:Z8302`]);
    expect(await safCode(mock, { name: '王五', certNumber: NUMBER })).toBe('Z1146');
    expect((await mock.requests()).at(-1)!.hints).toEqual(
      expect.arrayContaining([expect.stringContaining('The test person decides')]),
    );
  });
});

test('each emulator has its own, and keeps them when it is reset', async () => {
  await using mock = mockOf(['王五=fail:Z1146']);
  await using other = mockOf([]);
  await mock.reset();
  expect([await safCode(mock, { name: '王五' }), await safCode(other, { name: '王五' })]).toEqual(['Z1146', 200]);
});

test('the catalogue lists them first, numbers masked', async () => {
  await using mock = mockOf([{ name: '王五', certNumber: '110101199003071030', outcome: 'fail:204' }]);
  const [first] = (await admin(mock, '/identities')).json as unknown as object[];
  expect(first).toEqual({
    number: '110*************30',
    name: '王五',
    meaning: 'of your own: fail:204',
    magic: { outcome: { kind: 'fail', reason: '204' } },
  });
});

test.each<[string, unknown, string]>([
  ['no outcome', ['王五'], 'write WHO=OUTCOME'],
  ['nobody', [{ outcome: 'pass' }], 'a person has a name, a certNumber, or both'],
  ['an empty name', ['=pass'], 'name takes text of 1 to 64 characters'],
  ['a long one', [`${'王'.repeat(65)}=pass`], 'name takes text of 1 to 64 characters'],
  ['a suffix', ['王五~fail:204=pass'], 'takes no ~'],
  ['another end', ['王五=expire'], 'outcome takes pass, fail, fail:REASON or quit'],
  ['more behind pass', ['王五=pass:204'], "'pass:204' is not one of"],
  ['a slip in a member', [{ naem: '王五', outcome: 'pass' }], "a person has no 'naem'; did you mean name?"],
  ['a reason nobody documents', ['王五=fail:Z1164'], 'did you mean Z1146?'],
  ['one name twice', ['王五=pass', '王五=fail'], 'two people have the same name'],
  ['a number that is a test identity’s', [`${identities[3]!.number}=pass`], 'is a test identity’s already'],
  ['no list', 7, 'write WHO=OUTCOME'],
])('%s is refused', (_what, people, why) => {
  expect(() => mockOf(people as never)).toThrow(new RegExp(`^--person: .*${why.replace(/[?=|]/g, '.')}`));
});
