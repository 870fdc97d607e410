/** Something between signing and sending changed a value, or the parameters were sorted by a rule of the client's own. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { explain } from '../../src/detective/explain.js';
import { received } from '../support/received.js';
import { rpcCall } from '../support/wrong-client.js';

const CALLER = { id: 'LTAImockDefault', secret: 'cloudauth-mock-secret' };
const UNHURRIED = { ms: 1, now: () => 0 };
type Names = readonly string[];

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** A call whose sent parameters are right, signed over others or in another order. */
function call(sent: Record<string, string>, { signed = sent, sort = (names: Names): Names => [...names].sort() } = {}) {
  const { url } = rpcCall([], { params: sent });
  const query = new URL(url).searchParams;
  query.delete('Signature');
  const params = { ...Object.fromEntries(query), ...signed };
  const joined = sort(Object.keys(params)).map((name) => `${encode(name)}=${encode(params[name]!)}`);
  const signature = createHmac('sha1', `${CALLER.secret}&`)
    .update(`GET&%2F&${encode(joined.join('&'))}`)
    .digest('base64');
  const text = [...query].map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  const target = `https://cloudauth.aliyuncs.com/?${text}&Signature=${encode(signature)}`;
  return received({ method: 'GET', url: target, headers: {}, body: '' });
}

const judged = (...args: Parameters<typeof call>) => explain(call(...args), CALLER, [], UNHURRIED);

test('the client of this file signs right when nothing is changed', () => {
  expect(judged({ Note: 'a' }).text).toContain('both strings to sign are the same');
});

describe('the value signed is not the value sent', () => {
  test.each<[cause: string, sent: string, signed: string]>([
    ['sent-with-entities', '&#x27;&#39;&quot;&nbsp;', `''"\u00a0`],
    ['signed-with-entities', `{"a":"b&c"}`, '{&quot;a&quot;:&quot;b&amp;c&quot;}'],
    ['signed-with-entities', `"a'`, '&quot;a&#x27;'],
    ['signed-with-entities', `"a'`, '&quot;a&#039;'],
    ['signed-with-entities', `<"`, '&lt;"'],
    ['signed-trimmed', '\ta\r\n', 'a'],
    ['sent-trimmed', 'a', ' a'],
    ['sent-trimmed', 'a', 'a\n'],
    ['line-ends-differ', 'a\nb', 'a\r\nb'],
    ['line-ends-differ', 'a\r\nb\r\n', 'a\nb\n'],
    ['unicode-form-differs', 'café', 'cafe\u0301'],
    ['unicode-form-differs', 'ＡＢ张', 'AB张'],
  ])('%s: %j was signed as %j', (cause, sent, signed) => {
    expect(judged({ Note: sent }, { signed: { Note: signed } }).cause).toBe(cause);
  });

  test('the explanation names the parameter whose white space was lost', () => {
    const { text } = judged({ BizName: 'a', Note: 'b' }, { signed: { BizName: 'a ' } });
    expect(text).toContain('BizName is signed with white space around it');
  });

  test('together with another mistake both are named', () => {
    const request = received(rpcCall(['line-ends-differ', 'key-without-ampersand'], { params: { Note: 'a\r\nb' } }));
    expect(explain(request, CALLER, [], UNHURRIED).cause).toBe('key-without-ampersand+line-ends-differ');
  });
});

describe('sorted by another rule', () => {
  const TAGS = { 'Tag.2': 'a', 'Tag.10': 'b', b: 'c', B: 'd', 'P[1]': 'e', Pa: 'f', 'P-a': 'g', A_1: 'h', A1: 'i' };
  const byNumber = (names: Names): Names =>
    [...names].sort((a, b) => {
      const [one, other] = [a, b].map((name) => name.replace(/\d+/, (digits) => digits.padStart(9, '0')));
      return one! < other! ? -1 : 1;
    });
  const isPublic = (name: string) => /^(Action|Version|Format|AccessKeyId|Timestamp|Signature\w+)$/.test(name);

  test.each<[rule: string, sort: (names: Names) => Names]>([
    ['locale', (names) => [...names].sort((a, b) => a.localeCompare(b, 'en'))],
    ['locale-numeric', (names) => [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))],
    ['natural', byNumber],
    ['descending', (names) => [...names].sort().reverse()],
    ['encoded-names', (names) => [...names].sort((a, b) => (encode(a) < encode(b) ? -1 : 1))],
    ['public-first', (names) => [...names.filter(isPublic).sort(), ...names.filter((name) => !isPublic(name)).sort()]],
    ['own-first', (names) => [...names.filter((name) => !isPublic(name)).sort(), ...names.filter(isPublic).sort()]],
  ])('%s', (rule, sort) => {
    const { cause, text } = judged(TAGS, { sort });
    expect([cause, text]).toEqual(['sorted-by-another-rule', expect.stringContaining(`another rule: ${rule}`)]);
  });
});

test('a picture is left as it is, and the search stays in its time', () => {
  const params = { Picture: '&amp;\r\n'.repeat(50_000) };
  const request = received(rpcCall([], { params, method: 'POST', secret: 'a secret nobody here knows' }));
  let looks = 0;
  const { cause } = explain(request, CALLER, [], { ms: 25, now: () => looks++ * 1_000 });
  expect(cause).toBe('unknown');
});
