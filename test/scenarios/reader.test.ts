/** Wrong scenario files are refused when they are loaded, with the line and what is allowed; and nothing else happens. */
import { describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { seededRandom } from '../../src/platform/ids.js';
import { versions } from '../../src/products/index.js';
import { readScenario, ScenarioError } from '../../src/scenarios/reader.js';

const read = (text: string) => readScenario(text, 'file.yaml', versions);

function refusal(text: string): string {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(ScenarioError);
    return (error as Error).message;
  }
  throw new Error('it was taken');
}

const rule = (lines: string) => `rules:\n  - on: GetStatus\n${lines.replace(/^/gm, '    ')}\n`;

describe('a wrong file is refused with its line', () => {
  test.each<[string, string, number, string]>([
    ['an unknown key of the file', 'rulez: []\nrules: [{ on: "*", then: { fail: 500 } }]', 1, 'description, rules'],
    ['an unknown key of a rule', rule('than: { fail: 1 }\nthen: { delay: 1 }'), 3, 'when, after, times, rate, seed'],
    ['an unknown key of when', rule('when:\n  account: a\n  param: { a: b }\nthen: { delay: 1 }'), 5, 'account, call'],
    ['an unknown effect', rule('then:\n  delay: 1\n  explode: true'), 5, 'fail, outcome, progression, delay, fault'],
    ['an unknown operation', 'rules:\n  - on: GetStatuses\n    then: { delay: 1 }', 2, '2017-11-17/GetStatus,'],
    ['a code the operation does not document', rule('then:\n  fail: Z1146'), 4, 'InvalidParam.InvalidBiz'],
    ['a code no operation documents', 'rules:\n  - on: "*"\n    then: { fail: Z9999 }', 3, "no error 'Z9999'"],
    ['a bad regular expression in params', rule('when:\n  params:\n    Biz: /(/\nthen: { delay: 1 }'), 5, '/(/'],
    ['a bad regular expression in on', 'rules:\n  - on: /(/\n    then: { delay: 1 }', 2, 'rules.0.on'],
    ['a bad duration', rule('then:\n  delay: 5 minutes'), 4, '500ms, 30s, 31m, 2h or 1d'],
    ['a negative delay', rule('then:\n  delay: -5s'), 4, 'between 0 and 1d'],
    ['a delay longer than a timer can wait', rule('then:\n  delay: 30d'), 4, 'between 0 and 1d'],
    ['percentiles the wrong way round', rule('then:\n  delay: { p50: 2s, p99: 1s }'), 4, 'p99'],
    ['half a distribution', rule('then:\n  delay:\n    p50: 2s'), 5, 'delay'],
    ['an unknown outcome', rule('then: { outcome: won }'), 3, 'pass, fail, fail:<reason>, quit, expire'],
    ['an unknown progression', rule('then: { progression: soon }'), 3, 'immediate, after:30s, polls:2'],
    ['an unknown fault', rule('then: { fault: fire }'), 3, 'reset'],
    ['no effect at all', rule('then: {}'), 3, 'at least one of fail, outcome, progression, delay, fault'],
    ['a rate over 1', rule('rate: 2\nthen: { delay: 1 }'), 3, 'rate'],
    ['times: 0', rule('times: 0\nthen: { delay: 1 }'), 3, 'times'],
    ['no then', 'rules:\n  - on: GetStatus\n', 2, 'then'],
    ['no rules', 'description: nothing', 1, 'rules'],
    ['an empty list', 'rules: []', 1, 'rules'],
    ['an empty file', '', 1, 'expected object'],
    ['text', 'hello', 1, 'expected object'],
    ['bad YAML', 'rules:\n  - on: [GetStatus\n    then: {}', 3, ''],
    ['the same key twice', 'rules:\n  - on: GetStatus\n    on: GetStatus\n    then: { delay: 1 }', 3, 'unique'],
    ['two documents', 'rules: []\n---\nrules: []', 2, 'document'],
    ['bad JSON', '{\n  "rules": [\n    {"on": "GetStatus" "then": 1}\n]}', 3, ''],
  ])('%s', (_title, text, line, says) => {
    const message = refusal(text);
    expect(message.split(': ')[0]).toBe(`file.yaml:${line}`);
    expect(message).toContain(says);
  });

  test('the legal codes are the operation’s, its product’s and the gateway’s', () => {
    const message = refusal('rules: [{ on: face_verify.query, then: { fail: B110 } }]');
    for (const code of ['Z1146', '402', 'Throttling.User', 'MissingTimestamp']) expect(message).toContain(code);
    expect(message).not.toContain('B110,');
    expect(message).not.toContain('Error.DuplicatedTicketId');
  });

  test('larger than 1 MB', () => {
    expect(refusal(`# ${'x'.repeat(1024 * 1024)}\nrules: []`)).toBe('file.yaml: larger than 1 MB');
  });

  test('an alias bomb', () => {
    const levels = 'bcdefghij'
      .split('')
      .map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[at]}`)}]`);
    expect(refusal(`a: &a [x,x,x,x,x,x,x,x,x]\n${levels.join('\n')}\nrules: *j`)).toMatch(/alias/i);
  });

  test('nesting deeper than the stack', () => {
    expect(refusal(`rules: ${'['.repeat(100_000)}`)).toMatch(/^file\.yaml:\d+: /);
  });

  test('a key of Object’s own is no parameter', () => {
    expect(refusal('rules: [{ on: "*", __proto__: { then: 1 }, then: { delay: 1 } }]')).toContain('__proto__');
  });
});

describe('what is accepted', () => {
  test.each([
    ['JSON', '{"rules": [{"on": "GetStatus", "then": {"fail": "InvalidParam.InvalidBiz"}}]}'],
    ['JSON with $schema', '{"$schema": "schema.json", "rules": [{"on": "*", "then": {"delay": 5}}]}'],
    ['a code as a number', 'rules: [{ on: saf/*, then: { fail: 402 } }]'],
    ['a code spelt out for a parameter', 'rules: [{ on: GetStatus, then: { fail: InvalidTicketId } }]'],
    ['an anchor', 'rules: [{ on: GetStatus, then: &busy { fail: Throttling } }, { on: GetMaterials, then: *busy }]'],
    ['a description', 'description: one line\nrules: [{ on: "*", then: { fault: hang } }]'],
  ])('%s', (_title, text) => {
    expect(read(text).length).toBeGreaterThan(0);
  });
});

test('a file named at the start that is wrong is a ScenarioError', async () => {
  const mock = createCloudauthMock({ scenario: 'test/scenarios/reader.test.ts' });
  await expect(mock.listen()).rejects.toMatchObject({ name: 'ScenarioError' });
});

test('a name that does not exist is told which there are', async () => {
  const mock = createCloudauthMock({ scenario: 'not-there' });
  await expect(mock.listen()).rejects.toThrow(/no scenario 'not-there'.*arrears, attack.*saf\/Z1146/);
});

const SEEDS = [
  'rules:\n  - on: GetStatus\n    when: { params: { Biz: "RP*" }, call: [1, 2] }\n    then: { fail: InvalidParam.InvalidBiz }\n',
  'description: { en: a, zh: b }\nrules:\n  - on: "*"\n    rate: 0.5\n    seed: 3\n    then: { delay: { p50: 5ms, p99: 1s } }\n',
  '{"rules":[{"on":"saf/*","after":1,"times":2,"then":{"fault":"reset","outcome":"fail:Z1146"}}]}',
  'rules:\n  - &a { on: GetStatus, then: { progression: "polls:2" } }\n  - *a\n',
];
const PIECES = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '\n',
    '\n  ',
    '- ',
    '"',
    "'",
    '&a ',
    '*a',
    '!!binary ',
    '!!set ',
    '!!js/function ',
    '<<: ',
  ],
  ...[
    '? ',
    '| ',
    '> ',
    '%YAML 9\n',
    '---\n',
    '...\n',
    '\t',
    '\0',
    '\u{1F600}',
    '\uD800',
    '~',
    '.nan',
    '.inf',
    '-0',
    '1e999',
  ],
  ...[
    '0x',
    'null',
    'true',
    '/(/',
    '/(a+)+$/',
    '__proto__',
    'constructor',
    'on',
    'then',
    'rules',
    'fail: 500',
    '\\u0000',
  ],
];

/** A valid scenario with some characters dropped, doubled, moved or replaced by what parsers stumble over. */
function malform(random: () => number): string {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  let text = pick(SEEDS);
  for (let n = 1 + Math.floor(random() * 6); n > 0; n--) {
    const [from, to] = [Math.floor(random() * text.length), Math.floor(random() * text.length)].sort((a, b) => a - b);
    const kept = random() < 0.5 ? text.slice(from) : text.slice(to);
    text = text.slice(0, from) + pick(PIECES) + kept;
  }
  return text;
}

test('10,000 malformed scenarios: rules or a ScenarioError, nothing else', () => {
  const random = seededRandom('malformed scenarios');
  const others: unknown[] = [];
  let refused = 0;
  for (let n = 0; n < 10_000; n++) {
    const text = malform(random);
    try {
      read(text);
    } catch (error) {
      refused++;
      if (!(error instanceof ScenarioError) || !/^file\.yaml:\d+: ./.test(error.message)) others.push([text, error]);
    }
  }
  expect(others).toEqual([]);
  expect(refused).toBeGreaterThan(5000);
});

test('500 malformed scenarios over the control side: 201 or 400, and it lives on', async () => {
  await using mock = await createCloudauthMock({ port: 0 }).listen();
  const random = seededRandom('posted scenarios');
  const statuses = new Set<number>();
  for (let n = 0; n < 500; n++) {
    const reply = await fetch(`${mock.url}/_mock/scenarios`, { method: 'POST', body: malform(random) });
    if (reply.status === 400) expect(Object.keys((await reply.json()) as object)).toEqual(['error']);
    statuses.add(reply.status);
  }
  expect([...statuses].sort()).toEqual([201, 400]);
  const cleared = await fetch(`${mock.url}/_mock/scenarios`, { method: 'DELETE' });
  expect(cleared.status).toBe(200);
});
