/** Wrong scenario files are refused when they are loaded, with the line and what is allowed; and nothing else happens. */
import '../../src/products/eager.js';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCloudauthMock } from '../../src/index.js';
import { seededRandom } from '../../src/platform/ids.js';
import { versions } from '../../src/products/index.js';
import { readScenario, ScenarioError } from '../../src/scenarios/reader.js';

const read = (text: string) => readScenario(text, 'file.yaml', versions);

async function refusal(text: string): Promise<string> {
  try {
    await read(text);
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
    [
      'an unknown key of when',
      rule('when:\n  account: a\n  param: { a: b }\nthen: { delay: 1 }'),
      5,
      'account, host, call',
    ],
    ['an unknown effect', rule('then:\n  delay: 1\n  explode: true'), 5, 'fail, outcome, progression, delay, fault'],
    ['an unknown operation', 'rules:\n  - on: GetStatuses\n    then: { delay: 1 }', 2, 'did you mean GetStatus? “'],
    ['a code the operation does not document', rule('then:\n  fail: Z1146'), 4, 'what answers it: face_verify.query'],
    [
      'a code no operation documents',
      'rules:\n  - on: "*"\n    then: { fail: Z9999 }',
      3,
      "no error 'Z9999'; “cloudauth-mock errors” lists",
    ],
    [
      'a bad regular expression in params',
      rule('when:\n  params:\n    Biz: /(/\nthen: { delay: 1 }'),
      5,
      'a ( is not closed',
    ],
    ['a bad regular expression in on', 'rules:\n  - on: /(/\n    then: { delay: 1 }', 2, 'a ( is not closed'],
    ['a bad duration', rule('then:\n  delay: 5 minutes'), 4, '500ms, 30s, 31m, 2h or 1d'],
    ['a negative delay', rule('then:\n  delay: -5s'), 4, 'between 0 and 1d'],
    ['a delay longer than a timer can wait', rule('then:\n  delay: 30d'), 4, 'between 0 and 1d'],
    ['percentiles the wrong way round', rule('then:\n  delay: { p50: 2s, p99: 1s }'), 4, 'p99'],
    ['half a distribution', rule('then:\n  delay:\n    p50: 2s'), 5, "'p99' is missing"],
    ['an unknown outcome', rule('then: { outcome: won }'), 3, 'pass, fail, fail:<reason>, quit, expire'],
    ['an unknown progression', rule('then: { progression: soon }'), 3, 'immediate, after:30s, polls:2'],
    ['an unknown fault', rule('then: { fault: fire }'), 3, 'reset'],
    ['no effect at all', rule('then: {}'), 3, 'at least one of fail, outcome, progression, delay, fault'],
    ['a rate over 1', rule('rate: 2\nthen: { delay: 1 }'), 3, "'2' is more than 1"],
    ['times: 0', rule('times: 0\nthen: { delay: 1 }'), 3, "'0' is less than 1"],
    ['no then', 'rules:\n  - on: GetStatus\n', 2, 'then'],
    ['no rules', 'description: nothing', 1, 'rules'],
    ['an empty list', 'rules: []', 1, 'the list is empty'],
    ['an empty file', '', 1, 'nothing is not a mapping'],
    ['text', 'hello', 1, "the text 'hello' is not a mapping"],
    ['bad YAML', 'rules:\n  - on: [GetStatus\n    then: {}', 3, ''],
    ['the same key twice', 'rules:\n  - on: GetStatus\n    on: GetStatus\n    then: { delay: 1 }', 3, 'twice'],
    [
      'the same key twice, in JSON',
      '{"rules":[\n{"on":"*","on":"*","then":{"delay":1}}]}',
      2,
      "key 'on' stands here twice",
    ],
    ['two documents', 'rules: []\n---\nrules: []', 2, 'one document'],
    ['bad JSON', '{\n  "rules": [\n    {"on": "GetStatus" "then": 1}\n]}', 3, 'a comma is missing'],
    ['a bare star', 'rules:\n  - on: *\n    then: { delay: 1 }', 2, 'has to be quoted: "*"'],
    ['a star before a word', 'rules:\n  - on: *Token\n    then: { delay: 1 }', 2, 'has to be quoted: "*"'],
    ['a quote left open', 'rules:\n  - on: "Get\n', 3, 'a quote is not closed'],
    ['a tab before a key', 'rules:\n\t- on: GetStatus', 2, 'a tab cannot indent'],
    ['a directive', '%YAML 1.1\n---\nrules: [{ on: "*", then: { delay: 1 } }]', 1, 'lines that begin with %'],
    ['a tag the library knows', 'rules: !!binary aGVsbG8=', 1, 'tags (!) mean nothing here'],
    ['a reason without end', rule(`then: { outcome: "fail:${'x'.repeat(1001)}" }`), 3, 'more than 1000 characters'],
    ['a tag', 'rules: !!set [x]', 1, 'tags (!) mean nothing here'],
    ['a merge key', rule('<<: { then: 1 }\nthen: { delay: 1 }'), 3, "no key '<<'"],
    ['a list as a key', 'rules:\n  ? [a]\n  : b', 2, 'a key is a text'],
    [
      'a number that is not kept',
      rule('when: { params: { Biz: 330103199001011234 } }\nthen: { delay: 1 }'),
      3,
      'quote it: "3301',
    ],
    [
      'the same in JSON',
      '{"rules":[{"on":"*","when":{"params":{"Biz":330103199001011234}},"then":{"delay":1}}]}',
      1,
      'quote it',
    ],
    [
      'a number with zeros before it',
      rule('when: { params: { Biz: 0123 } }\nthen: { delay: 1 }'),
      3,
      'quote it: "0123"',
    ],
    ['an infinite number', rule('when: { params: { Biz: 1e999 } }\nthen: { delay: 1 }'), 3, 'quote it'],
    [
      'a parameter there is not',
      rule('when: { params: { TicketID: x } }\nthen: { delay: 1 }'),
      3,
      'did you mean TicketId?',
    ],
    [
      'a parameter called __proto__',
      rule('when: { params: { __proto__: x } }\nthen: { delay: 1 }'),
      3,
      'its own are Biz, TicketId',
    ],
    [
      'a pattern without end',
      `rules: [{ on: "${'*'.repeat(5000)}", then: { delay: 1 } }]`,
      1,
      'more than 4096 characters',
    ],
    ['lines that end as on Windows', 'rules:\r\n  - on: GetStatuses\r\n    then: { delay: 1 }', 2, 'GetStatus?'],
    ['a NUL byte', 'rules:\n  - on: GetStatus\n\0', 3, 'a colon and a space'],
  ])('%s', async (_title, text, line, says) => {
    const message = await refusal(text);
    expect(message).toMatch(new RegExp(`^file\\.yaml:${line}:\\d+: `));
    expect(message.split('\n')[0]).toContain(says);
  });

  test('everything that is wrong is told at once, with the line and what may have been meant', async () => {
    const message = await refusal(`rules:
  - on: getstatus
    then: { fail: Z9999 }
  - on: face_verify.init
    when: { params: { CertNumber: x, bizid: y } }
    times: 0
    then: { fail: z1108 }
  - on: GetStatus
    than: { delay: 1 }
`);
    expect(message.split('\n')).toEqual([
      'file.yaml:2:9: no operation ‘getstatus’; did you mean GetStatus? “cloudauth-mock operations” lists them'.replace(
        /[‘’]/g,
        "'",
      ),
      '  2 |   - on: getstatus',
      expect.stringMatching(
        /^file\.yaml:5:23: face_verify\.init has no parameter 'CertNumber'; did you mean certNumber\?/,
      ),
      '  5 |     when: { params: { CertNumber: x, bizid: y } }',
      expect.stringMatching(/^file\.yaml:5:38: face_verify\.init has no parameter 'bizid'; did you mean bizId\?/),
      '  5 |     when: { params: { CertNumber: x, bizid: y } }',
      "file.yaml:6:12: the number '0' is less than 1",
      '  6 |     times: 0',
      "file.yaml:7:19: face_verify.init documents no error 'z1108'; did you mean Z1108? “cloudauth-mock errors face_verify.init” lists those it can answer",
      '  7 |     then: { fail: z1108 }',
      "file.yaml:9:5: no key 'than'; did you mean then? there are: on, when, after, times, rate, seed, disabled, then",
      '  9 |     than: { delay: 1 }',
    ]);
  });

  test.each([
    ['a code of a sibling', 'face_verify.query', 'B110', 'what answers it: face_verify.init, face_verify.initH5'],
    [
      'a parameter that the operation tells by a code of its own',
      'face_verify.init',
      'Missingname',
      'documents no error',
    ],
    ['a parameter that has no form', 'GetStatus', 'InvalidTicketId', 'documents no error'],
  ])('a code that cannot occur: %s', async (_title, on, fail, says) => {
    expect(await refusal(JSON.stringify({ rules: [{ on, then: { fail } }] }))).toContain(says);
  });

  test('what is shown of a line is bounded, and nothing in it commands a terminal', async () => {
    const message = await refusal(
      `rules: [{ on: "GetStatus\\u001b[2J\u001b[2J${'x'.repeat(300)}", then: { delay: 1 } }]`,
    );
    expect(message).toMatch(/^[^\u0000-\u001f]{1,300}\n {2}1 \| [^\u0000-\u001f]{1,102}$/);
  });
});

describe('what is accepted', () => {
  test.each([
    ['JSON', '{"rules": [{"on": "GetStatus", "then": {"fail": "InvalidParam.InvalidBiz"}}]}'],
    ['JSON with $schema', '{"$schema": "schema.json", "rules": [{"on": "*", "then": {"delay": 5}}]}'],
    ['a code as a number', 'rules: [{ on: saf/*, then: { fail: 402 } }]'],
    ['a code spelt out for a parameter', 'rules: [{ on: CreateRPSDK, then: { fail: MissingAppUrl } }]'],
    [
      'a parameter of every call',
      'rules: [{ on: GetStatus, when: { params: { RegionId: cn-* } }, then: { delay: 1 } }]',
    ],
    [
      'a member of a list',
      'rules: [{ on: SubmitMaterials, when: { params: { Material.2.Value: x } }, then: { delay: 1 } }]',
    ],
    [
      'a member of ServiceParameters',
      'rules: [{ on: saf/*, when: { params: { ServiceParameters.name: x } }, then: { delay: 1 } }]',
    ],
    ['a byte order mark', '\uFEFFrules: [{ on: "*", then: { delay: 1 } }]'],
    ['JSON with a byte order mark', '\uFEFF{"rules": [{"on": "*", "then": {"delay": 1}}]}'],
    ['JSON indented with tabs', '{\n\t"rules": [\n\t\t{"on": "*", "then": {"delay": 1}}]}'],
    ['an anchor', 'rules: [{ on: GetStatus, then: &busy { fail: Throttling } }, { on: GetMaterials, then: *busy }]'],
    ['a description', 'description: one line\nrules: [{ on: "*", then: { fault: hang } }]'],
  ])('%s', async (_title, text) => {
    expect((await read(text)).length).toBeGreaterThan(0);
  });
});

test.each([
  [
    'in GBK',
    Buffer.from(
      'rules: [{ on: face_verify.init, when: { params: { name: \xd5\xc5\xc8\xfd } }, then: { delay: 1 } }]',
      'latin1',
    ),
    ':1:57: this is no UTF-8',
  ],
  ['that is larger than 1 MB', Buffer.alloc(5_000_000, '# a\n'), ': larger than 1 MB, the limit of a scenario'],
])('a file %s is refused', async (_title, bytes, message) => {
  const folder = await mkdtemp(join(tmpdir(), 'cloudauth-mock-'));
  try {
    const scenario = join(folder, 'rules.yaml');
    await writeFile(scenario, bytes);
    await expect(createCloudauthMock({ scenario }).listen()).rejects.toThrow(scenario + message);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a device without end is no scenario', async () => {
  await expect(createCloudauthMock({ scenario: '/dev/zero' }).listen()).rejects.toThrow('larger than 1 MB');
});

test('a file named at the start that is wrong is a ScenarioError', async () => {
  const mock = createCloudauthMock({ scenario: 'test/scenarios/reader.test.ts' });
  await expect(mock.listen()).rejects.toMatchObject({ name: 'ScenarioError' });
});

test.each([
  ['saf/z1146', "no scenario 'saf/z1146'; did you mean saf/Z1146"],
  ['aboard', "no scenario 'aboard'; “cloudauth-mock scenarios” lists them"],
  ['./not-there.yaml', "there is no file './not-there.yaml'"],
])('--scenario %s: %s', async (scenario, message) => {
  await expect(createCloudauthMock({ scenario }).listen()).rejects.toThrow(message);
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

test('10,000 malformed scenarios: rules or a ScenarioError, nothing else', async () => {
  const random = seededRandom('malformed scenarios');
  const others: unknown[] = [];
  let refused = 0;
  for (let n = 0; n < 10_000; n++) {
    const text = malform(random);
    try {
      await read(text);
    } catch (error) {
      refused++;
      if (!(error instanceof ScenarioError) || !/^file\.yaml:\d+:\d+: ./.test(error.message))
        others.push([text, error]);
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
    if (reply.status === 400) {
      const { error, problems } = (await reply.json()) as { error: string; problems?: object[] };
      expect([typeof error, problems?.length ?? 1]).not.toEqual(['string', 0]);
    }
    statuses.add(reply.status);
  }
  expect([...statuses].sort()).toEqual([201, 400]);
  const cleared = await fetch(`${mock.url}/_mock/scenarios`, { method: 'DELETE' });
  expect(cleared.status).toBe(200);
});
