/** Values that choose an outcome by themselves do what the catalogue says of them. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock, identities } from '../../src/index.js';
import { checkDigit, mayBeReal, testIdNumber, testSequence } from '../../src/verification/id-number.js';
import { call, cloudauth2017, faceVerify } from '../support/call.js';
import { FACE, getMaterials, getStatus, openTask, submit } from '../support/tasks.js';

type Mock = ReturnType<typeof createCloudauthMock>;
interface Person {
  readonly name: string;
  readonly number: string;
}

const PLAIN = '123';
const saf = async (mock: Mock, members: object) => (await call(mock, faceVerify({ ...members }))).json;
const init = (mock: Mock, { name, number }: Person, method = 'init') =>
  saf(mock, { method, name, certNumber: number, metainfo: '{}' });
/** What init answers, and query after it. */
async function verified(mock: Mock, person: Person): Promise<(string | number)[]> {
  const started = await init(mock, person);
  if (started.Code !== 200) return [codeIn(started)];
  return [200, codeIn(await saf(mock, { method: 'query', ...started.Data }))];
}
/** The detailed code inside the message, else the body's own. */
const codeIn = ({ Code, Message }: { Code: number; Message: string }): string | number =>
  /[（(，]([BRZ]\d{3,4})[）)，]/.exec(Message)?.[1] ?? Code;

let ticket = 0;
async function submitted(mock: Mock, { name, number }: Person): Promise<string | number> {
  const token = await openTask(mock, 'RPMin', `t${ticket++}`);
  const { json } = await submit(mock, token, { Name: name, IdentificationNumber: number, FacePic: FACE });
  return json.Data?.VerifyStatus?.StatusCode ?? json.Code;
}
/** A person on a phone whose materials came with Binding. */
async function onPhone(mock: Mock, { name, number }: Person): Promise<number> {
  const TicketId = `t${ticket++}`;
  await openTask(mock, 'RPBasic', TicketId, { Binding: JSON.stringify({ Name: name, IdentificationNumber: number }) });
  return (await getStatus(mock, 'RPBasic', TicketId)).json.Data.StatusCode;
}

const catalogue = identities.map((identity) => [identity.number, identity.meaning, identity] as const);

describe('numbers', () => {
  test.each(catalogue)('%s (%s) has a valid check digit and an area code that was never issued', (number) => {
    expect(number).toMatch(/^99\d{15}[\dX]$/);
    expect([checkDigit(number.slice(0, 17)), mayBeReal(number)]).toEqual([number[17], false]);
  });

  test.each(['11010519491231002X', '440524188001010014'])(
    '%s, printed in the standard, has the check digit we compute',
    (number) => {
      expect(checkDigit(number.slice(0, 17))).toBe(number[17]);
    },
  );

  test('all 500 differ, and lead back to their sequence', () => {
    const numbers = Array.from({ length: 500 }, (_, sequence) => testIdNumber(sequence));
    expect(new Set(numbers).size).toBe(500);
    expect(numbers.map(testSequence)).toEqual(numbers.map((_, sequence) => sequence));
  });

  test('the catalogue has one number for each meaning', () => {
    expect(new Set(identities.map(({ number }) => number)).size).toBe(identities.length);
    expect(new Set(identities.map(({ meaning }) => meaning)).size).toBe(identities.length);
  });

  test('a woman’s number, another birth date and a lower-case x mean the same', async () => {
    await using mock = createCloudauthMock();
    const first17 = ['99000020010228002', '99000019900307002', '99000019851231003'];
    const numbers = first17.map((digits) => (digits + checkDigit(digits)).toLowerCase());
    const ends = [];
    for (const number of numbers) ends.push(await verified(mock, { name: '李四', number }));
    expect(ends).toEqual([
      [200, 'Z1146'],
      [200, 'Z1146'],
      [200, 'Z1146'],
    ]);
  });

  test.each(['990000199003070030', '110000199003070031', '99000019900307003', '9900001990030700311'])(
    '%s is nobody in the catalogue',
    async (number) => {
      await using mock = createCloudauthMock();
      expect(await verified(mock, { name: '李四', number })).toEqual([200, 200]);
    },
  );
});

/** What each kind of meaning promises of a SAF verification, a submission and a phone. */
function promised(meaning: string): { saf: (string | number)[]; submitted: string | number; phone: number } {
  const init = /^init answers (\w+):/.exec(meaning)?.[1];
  const query = /^query answers (\w+):/.exec(meaning)?.[1];
  const materials = /^SubmitMaterials answers ([\w.]+):/.exec(meaning)?.[1];
  const code = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);
  if (init) return { saf: [code(init)], submitted: 1, phone: 1 };
  if (query) return { saf: [200, code(query)], submitted: 2, phone: 2 };
  if (materials) return { saf: [200, 200], submitted: materials, phone: 1 };
  if (/^Describe(FaceVerify|VerifyResult) answers/.test(meaning))
    return { saf: [200, 'Z1146'], submitted: 2, phone: 2 };
  if (meaning.startsWith('InitFaceVerify answers')) return { saf: [200, 200], submitted: 1, phone: 1 };
  if (meaning.startsWith('passes')) return { saf: [200, 200], submitted: 1, phone: 1 };
  if (meaning.startsWith('fails')) return { saf: [200, 'Z1146'], submitted: 2, phone: 2 };
  if (meaning.startsWith('quits')) return { saf: [200, 300], submitted: 1, phone: -1 };
  throw new Error(`no promise known for: ${meaning}`);
}

describe('each number does what the catalogue says', () => {
  test.each(catalogue)('%s in SAF: %s', async (number, meaning) => {
    await using mock = createCloudauthMock();
    expect(await verified(mock, { name: '李四', number })).toEqual(promised(meaning).saf);
  });

  test.each(catalogue)('%s in SubmitMaterials: %s', async (number, meaning) => {
    await using mock = createCloudauthMock();
    expect(await submitted(mock, { name: '李四', number })).toBe(promised(meaning).submitted);
  });

  test.each(catalogue)('%s on a phone: %s', async (number, meaning) => {
    await using mock = createCloudauthMock();
    expect(await onPhone(mock, { name: '李四', number })).toBe(promised(meaning).phone);
  });

  test.each(catalogue)('%s the seventh time as the first: %s', async (number, meaning) => {
    await using mock = createCloudauthMock();
    const ends = [];
    for (let n = 0; n < 7; n++) ends.push(await verified(mock, { name: '李四', number }));
    expect(ends).toEqual(Array(7).fill(promised(meaning).saf));
  });

  test('in a web page as well', async () => {
    await using mock = createCloudauthMock();
    const failing = identities.find(({ meaning }) => meaning.includes('Z8302'))!;
    const started = await init(mock, { name: '李四', number: failing.number }, 'initH5');
    expect(codeIn(await saf(mock, { method: 'queryH5', ...started.Data }))).toBe('Z8302');
  });

  test('a failed task shows no SAF code as AuditConclusions', async () => {
    await using mock = createCloudauthMock();
    const { number } = identities.find(({ meaning }) => meaning.includes('Z1146'))!;
    await openTask(mock, 'RPBasic', 't', { Binding: JSON.stringify({ IdentificationNumber: number }) });
    const { Data } = (await getStatus(mock, 'RPBasic', 't')).json;
    expect([Data.StatusCode, Data.AuditConclusions]).toEqual([2, '身份证照片模糊，光线问题造成字体无法识别']);
  });

  test('the catalogue names every failure a query or an init can be told to answer', () => {
    const meanings = identities.map(({ meaning }) => meaning).join('\n');
    for (const code of [
      'Z1146',
      'Z8302',
      'Z8399',
      'B110',
      'R110',
      'Z1108',
      'Z8102',
      '402',
      '403',
      '510',
      '520',
      '530',
      '540',
    ])
      expect(meanings).toContain(`answers ${code}: `);
  });
});

describe('names', () => {
  test.each(identities.filter(({ name }) => name !== undefined).map(({ name, meaning }) => [name!, meaning] as const))(
    '%s %s, whatever the number',
    async (name, meaning) => {
      await using mock = createCloudauthMock();
      const person = { name, number: PLAIN };
      const ends = [await verified(mock, person), await submitted(mock, person), await onPhone(mock, person)];
      expect(ends).toEqual([promised(meaning).saf, promised(meaning).submitted, promised(meaning).phone]);
    },
  );

  test.each([
    ['测试通过', [200]],
    ['测试不通过', [400]],
  ])('match: %s', async (name, codes) => {
    await using mock = createCloudauthMock();
    const reply = await saf(mock, { method: 'match', name, certNumber: PLAIN, imgbase64: '/9j/' });
    expect([reply.Code]).toEqual(codes);
  });

  test.each<[string, (string | number)[]]>([
    ['张三~fail:Z1146', [200, 'Z1146']],
    ['张三~fail:Z8399', [200, 'Z8399']],
    ['张三~fail:Z1108', ['Z1108']],
    ['张三~fail:540', [540]],
    ['张三~fail:402', [402]],
    ['张三~status:2', [200, 'Z1146']],
    ['张三~status:-1', [200, 300]],
    ['张三~status:1', [200, 200]],
    ['张三~fail:Nope', [200, 200]],
    ['张三~fail:', [200, 200]],
    ['~fail:Z1146~', [200, 200]],
  ])('%s', async (name, codes) => {
    await using mock = createCloudauthMock();
    expect(await verified(mock, { name, number: PLAIN })).toEqual(codes);
  });

  test.each([
    ['张三~fail:Nope', /^No operation documents the error Nope/],
    ['张三~fail:Z1146', /^$/],
  ])('init of %s: the hint is like %s', async (name, hint) => {
    await using mock = createCloudauthMock();
    const reply = await call(mock, faceVerify({ method: 'init', name, certNumber: PLAIN, metainfo: '{}' }));
    expect(reply.headers.get('x-cloudauth-mock-hint') ?? '').toMatch(hint);
  });

  test('a suffix comes before the number', async () => {
    await using mock = createCloudauthMock();
    expect(await verified(mock, { name: '张三~fail:Z8399', number: testIdNumber(1) })).toEqual([200, 'Z8399']);
  });

  test('a name comes before the number', async () => {
    await using mock = createCloudauthMock();
    expect(await verified(mock, { name: '测试通过', number: testIdNumber(1) })).toEqual([200, 200]);
  });
});

describe('TicketIds', () => {
  test.each([
    ['order~status:1', 1],
    ['order~status:2', 2],
    ['order~status:-1', -1],
    ['order~status:7', 1],
    ['order', 1],
  ])('%s on a phone', async (TicketId, status) => {
    await using mock = createCloudauthMock();
    await openTask(mock, 'RPBasic', TicketId);
    expect((await getStatus(mock, 'RPBasic', TicketId)).json.Data.StatusCode).toBe(status);
  });

  test.each([
    ['order~status:1', 1],
    ['order~status:2', 2],
  ])('%s when the server submits', async (TicketId, status) => {
    await using mock = createCloudauthMock();
    const { json } = await submit(mock, await openTask(mock, 'RPMin', TicketId));
    const asked = (await getStatus(mock, 'RPMin', TicketId)).json.Data.StatusCode;
    expect([json.Data.VerifyStatus.StatusCode, asked]).toEqual([status, status]);
  });

  test('~status comes before the person', async () => {
    await using mock = createCloudauthMock();
    const token = await openTask(mock, 'RPMin', 'order~status:1');
    const { json } = await submit(mock, token, { Name: '测试不通过', IdentificationNumber: PLAIN, FacePic: FACE });
    expect(json.Data.VerifyStatus.StatusCode).toBe(1);
  });

  test.each([
    'InvalidParam.VerifyTokenExpired',
    'InvalidParam.MaterialsEmpty',
    'Error.DuplicatedTicketId',
    'Error.RealNameCheckFail',
    'Error.SubmitMaterialsError',
  ])('~fail:%s fails SubmitMaterials, which documents it, and nothing else', async (code) => {
    await using mock = createCloudauthMock();
    const TicketId = `order~fail:${code}`;
    const token = await openTask(mock, 'RPMin', TicketId);
    const status = await getStatus(mock, 'RPMin', TicketId);
    const submission = await submit(mock, token);
    expect([status.json.Data.StatusCode, submission.json.Code]).toEqual([-1, code]);
  });

  test('~fail:InvalidParam.InvalidBiz fails GetVerifyToken, GetStatus and GetMaterials', async () => {
    await using mock = createCloudauthMock();
    const TicketId = 'order~fail:InvalidParam.InvalidBiz';
    const replies = [
      await call(mock, cloudauth2017('GetVerifyToken', { Biz: 'RPBasic', TicketId })),
      await getStatus(mock, 'RPBasic', TicketId),
      await getMaterials(mock, 'RPBasic', TicketId),
    ];
    expect(replies.map(({ status, json }) => [status, json.Code])).toEqual(
      Array(3).fill([400, 'InvalidParam.InvalidBiz']),
    );
  });

  test('~fail:Error.GetMaterialsError fails GetMaterials alone', async () => {
    await using mock = createCloudauthMock();
    const TicketId = 'order~fail:Error.GetMaterialsError';
    await openTask(mock, 'RPBasic', TicketId);
    const status = await getStatus(mock, 'RPBasic', TicketId);
    const materials = await getMaterials(mock, 'RPBasic', TicketId);
    expect([status.json.Data.StatusCode, materials.json.Code]).toEqual([1, 'Error.GetMaterialsError']);
  });

  test('an error it orders changes no state', async () => {
    await using mock = createCloudauthMock();
    const TicketId = 'order~fail:Error.SubmitMaterialsError';
    const token = await openTask(mock, 'RPMin', TicketId);
    await submit(mock, token);
    expect((await getStatus(mock, 'RPMin', TicketId)).json.Data.StatusCode).toBe(-1);
  });
});

describe('what comes first', () => {
  const failing = { name: '测试不通过', number: PLAIN };

  test('a scenario before a magic value', async () => {
    await using mock = createCloudauthMock();
    await mock.scenarios.add({ rules: [{ on: 'face_verify.query', then: { outcome: 'pass' } }] });
    expect(await verified(mock, failing)).toEqual([200, 200]);
  });

  test('an explicit conclusion before a magic value', async () => {
    await using mock = createCloudauthMock();
    const { Data } = await init(mock, failing);
    await mock.verifications.pass(Data.queryId);
    expect((await saf(mock, { method: 'query', ...Data })).Code).toBe(200);
  });

  test('a magic value before the simulated person, and not before the person is due', async () => {
    await using mock = createCloudauthMock({ device: 'polls:1' });
    const { Data } = await init(mock, failing);
    const codes = [await saf(mock, { method: 'query', ...Data }), await saf(mock, { method: 'query', ...Data })].map(
      codeIn,
    );
    expect(codes).toEqual([300, 'Z1146']);
  });
});
