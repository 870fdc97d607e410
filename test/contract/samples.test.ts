/** What operations without behaviour answer: a sample that is marked as one, with the caller's ids, and never a pass. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE_HEADER } from '../../src/gateway/operation.js';
import { type CloudauthMock, createCloudauthMock } from '../../src/index.js';
import { LoadError } from '../../src/platform/lazy.js';
import { sampled as sampledIn } from '../../src/products/sampled.js';
import { call, cloudauth2019, type Reply } from '../support/call.js';
import { type ExampleCall, exampleCalls } from '../support/examples.js';

const sampled = exampleCalls.filter(({ operation }) => operation.sample);

let mock: CloudauthMock;
const answers = new Map<ExampleCall, Reply>();
beforeAll(async () => {
  mock = createCloudauthMock();
  for (const one of sampled) answers.set(one, await call(mock, one.params, { method: one.operation.methods.at(-1) }));
});
afterAll(() => mock.close());

test('each of them answers its valid call with 200, and says in a header what the answer is', () => {
  const wrong = [...answers].filter(
    ([{ operation }, { status, headers }]) => status !== 200 || headers.get(SAMPLE_HEADER) !== operation.sample,
  );
  expect(answers.size).toBeGreaterThan(100);
  expect(wrong.map(([{ path }, { text }]) => `${path} ${text}`)).toEqual([]);
});

/** Members that say that somebody passed, in an answer and in the texts of JSON inside it. */
const PASSES: readonly RegExp[] = [
  /\\*"\w*passed\\*"\s*:\s*\\*"?(T|Y|true)\b/i,
  /\\*"ekycResult\\*"\s*:\s*\\*"Y/i,
  /\\*"bizCode\\*"\s*:\s*\\*"?1\b/i,
  /\\*"subCode\\*"\s*:\s*\\*"?(200|101)\b/i,
  /\\*"verifyStatus\\*"\s*:\s*1\b/i,
  /\\*"\w*(verifyScore|similarityScore|passedScore|comparisonScore\w*|comparisionScore)\\*"\s*:\s*\\*"?([5-9]\d|100|1\b|0\.[5-9])/i,
];

test('none says that somebody passed', () => {
  const passing = [...answers].flatMap(([{ path }, { text }]) =>
    PASSES.flatMap(
      (pattern) =>
        pattern
          .exec(text)
          ?.map((found) => `${path} ${found}`)
          .slice(0, 1) ?? [],
    ),
  );
  expect(passing).toEqual([]);
});

test.each([
  ['{"Result":{"Passed":"Y"}}'],
  ['{"ResultObject":{"BizCode":"1"}}'],
  ['{"ExtFaceInfo":"{\\"facePassed\\": \\"Y\\"}"}'],
  ['{"VerifyStatus":1}'],
  ['{"ResultObject":{"SubCode":"200"}}'],
  ['{"FaceComparisonScore":98}'],
])('that test would find %s', (text) => {
  expect(PASSES.some((pattern) => pattern.test(text))).toBe(true);
});

test('a member that is called as a parameter has the caller’s value', async () => {
  const { json } = await call(mock, cloudauth2019('InitDevice', { CertifyId: 'sha-of-mine' }));
  expect(json.ResultObject.CertifyId).toBe('sha-of-mine');
});

test('an error of such an operation is no sample', async () => {
  const { json, headers, status } = await call(mock, cloudauth2019('DescribeFaceVerify'));
  expect([status, json.Code, json.Message]).toEqual([200, '400', '参数不能为空']);
  expect(headers.has(SAMPLE_HEADER)).toBe(false);
});

test('a contract that cannot be read is a LoadError, one and the same, and the next one is read again', () => {
  const thrown = [1, 2].map(() => {
    try {
      return sampledIn('nowhere', ['Nothing']).read('Nothing');
    } catch (error) {
      return error;
    }
  });
  expect(thrown[0]).toBeInstanceOf(LoadError);
  expect(thrown[1]).toBe(thrown[0]);
  expect(sampledIn('saf/2019-05-21', []).read('RequestDecision').name).toBe('RequestDecision');
});
