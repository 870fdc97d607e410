import { expect, test } from 'vitest';
import { type Envelope, wrap, wrapFailure } from '../../src/gateway/envelope.js';
import { text } from '../../src/gateway/fields.js';
import { render } from '../../src/gateway/render.js';

const RESULT_OBJECT: Envelope = { code: '200', message: 'success', result: 'ResultObject' };
const FIELDS = { Passed: text() };
const FAILURE = { code: '401', message: 'm' };

const printed = (document: ReturnType<typeof wrap>) => render({ root: 'R', ...document }, 'JSON', '');

test.each<[string, Envelope, string]>([
  ['flat', {}, '{"RequestId":"r","Passed":"T"}'],
  [
    'with Data',
    { code: '1', result: 'Data', success: true },
    '{"RequestId":"r","Code":"1","Data":{"Passed":"T"},"Success":true}',
  ],
  [
    'with ResultObject',
    RESULT_OBJECT,
    '{"RequestId":"r","Code":"200","Message":"success","ResultObject":{"Passed":"T"}}',
  ],
  [
    'with ResultObject and Success',
    { ...RESULT_OBJECT, success: true },
    '{"RequestId":"r","Code":"200","Message":"success","ResultObject":{"Passed":"T"},"Success":true}',
  ],
])('%s: the response in its place', async (_name, envelope, expected) => {
  expect(await printed(wrap(envelope, FIELDS, 'r', { Passed: 'T' }))).toBe(expected);
});

test.each<[string, Envelope, string]>([
  ['flat', {}, '{"RequestId":"r","Code":"401","Message":"m"}'],
  ['with ResultObject', RESULT_OBJECT, '{"RequestId":"r","Code":"401","Message":"m"}'],
  [
    'with ResultObject and Success',
    { ...RESULT_OBJECT, success: true },
    '{"RequestId":"r","Code":"401","Message":"m","Success":false}',
  ],
])('%s: a failure in the body, without a result', async (_name, envelope, expected) => {
  expect(await printed(wrapFailure(envelope, 'r', FAILURE))).toBe(expected);
});
