/** The control side and its scenarios: every route with bodies, names and patterns that are odd. */
import type { Random } from '../random.js';
import type { House, Sent } from '../sent.js';
import { NAMES, nested, nonsense, plain, spoilt, VALUES } from '../words.js';
import { encodeRaw } from './oss.js';

/** An account of their own: a rule that holds a reply back for a day, or a clock in 9998, is not to meet the other doors. */
const ACCOUNT = 'LTAImockControl';

const ROUTES: readonly [method: string, path: string][] = [
  ...['operations', 'errors', 'identities', 'accounts', 'clock', 'scenarios', 'verifications', 'requests'].map(
    (name): [string, string] => ['GET', name],
  ),
  ...[
    'snapshots',
    'snapshots/a',
    'coverage',
    'billing',
    'metrics',
    'phone',
    'callbacks',
    'requests/1/curl',
    'verifications/1-a',
    'verifications/1-a/qr',
    'scenarios/catalogue',
    'scenarios/never-fired',
    '',
    'nope',
  ].map((name): [string, string] => ['GET', name]),
  ...['snapshots/a/diff', 'accounts/overview', 'connect', 'connect/snippets', 'openapi.json'].map(
    (name): [string, string] => ['GET', name],
  ),
  ...['fail-next', 'reset/undo', 'snapshots/a/open'].map((name): [string, string] => ['POST', name]),
  ['DELETE', 'snapshots/a'],
  ...['reset', 'clock', 'verify', 'snapshots/a', 'snapshots/a/restore', 'phone'].map((name): [string, string] => [
    'POST',
    name,
  ]),
  ['DELETE', 'scenarios'],
];
const MEMBERS = [
  'advance',
  'set',
  'freeze',
  'on',
  'when',
  'times',
  'reason',
  'counts',
  'undo',
  'as',
  'operation',
  'code',
  ...NAMES,
];
const ENDS = ['pass', 'fail', 'quit', 'expire', 'nope', '..'];

export function controlCall(random: Random, { tasks, sessions }: House): Sent {
  const [method, path] = random.chance(0.15) ? ending(random, tasks, sessions) : random.pick(ROUTES);
  const query = new URLSearchParams();
  if (random.chance(0.95)) query.set('account', random.chance(0.95) ? ACCOUNT : random.pick(VALUES).slice(0, 300));
  for (const name of ['operation', 'code', 'trace', 'status', 'q', 'lang', 'with'])
    if (random.chance(0.2))
      query.set(
        name,
        random.chance(0.5) ? random.pick(['*', 'Get*', 'ok', 'open', 'zh']) : random.pick(VALUES).slice(0, 1500),
      );
  const body = method === 'POST' ? Buffer.from(bodyOf(random)) : Buffer.alloc(0);
  const text = random.chance(0.1) ? spoilt(random, `${query}`).slice(0, 6000) : `${query}`;
  return {
    method: random.chance(0.95) ? method : random.pick(['PUT', 'HEAD', 'OPTIONS', 'PATCH']),
    target: encodeRaw(`/_mock/${path}?${text}`),
    headers: {
      host: 'localhost',
      ...(method === 'POST' && {
        'content-type': random.pick(['application/json', 'application/x-www-form-urlencoded', 'text/yaml']),
      }),
      ...(random.chance(0.05) && { origin: plain(random.pick(['http://localhost', 'null', ...VALUES])) }),
    },
    body,
  };
}

function ending(random: Random, tasks: House['tasks'], sessions: House['sessions']): [string, string] {
  const id = random.pick([...tasks.map(({ VerifyToken }) => VerifyToken), ...sessions, 'x', '*', '***']);
  return ['POST', `verifications/${encodeURIComponent(id)}/${random.pick(ENDS)}`];
}

function bodyOf(random: Random): string {
  const members = Array.from({ length: random.below(4) }, (): [string, unknown] => [
    random.pick(MEMBERS),
    random.chance(0.4)
      ? random.pick(['31m', '2030-01-01T00:00:00Z', 'GetStatus', true, 5, { params: { Biz: '*' } }])
      : nonsense(random),
  ]);
  const text = JSON.stringify(Object.fromEntries(members));
  if (random.chance(0.01)) return nested(random.below(100_000));
  return random.chance(0.1) ? spoilt(random, text) : text;
}

const YAML: readonly string[] = [
  ...[
    'rules:\n  - on: GetStatus\n    then: {delay: 1ms}\n',
    'rules: []',
    '- a',
    'a: &x [*x]',
    '*x',
    '&a *a',
    'on: *',
    '---\n---',
  ],
  ...[
    '%YAML 9.9\n---\na',
    'rules:\n\t- on: x',
    '{',
    '"',
    "'",
    '!!js/function x',
    '? a',
    'a: b: c',
    '\ufeffrules: []',
    '<<: *a',
  ],
  // a reader without bounds ends or blocks the process on these
  ...['? '.repeat(1000), '- '.repeat(50_000), 'a:\n'.repeat(20_000), '[ ? '.repeat(400)],
];
const PATTERNS = [
  'GetStatus',
  '*',
  'saf/*',
  '/^Get/',
  '/(a+)+$/',
  '/(?=a)/',
  '/[/',
  '*'.repeat(3000),
  `/${'('.repeat(900)}/`,
  '/a/gimsuyx',
];
const THEN = [
  ...[
    { fail: 'Error.InternalError' },
    { fail: 404 },
    { fail: 'nope' },
    { delay: '1ms' },
    { delay: -1 },
    { fault: 'reset' },
  ],
  ...[
    { outcome: 'pass' },
    { outcome: 'fail:Z1146' },
    { outcome: { pass: 1 } },
    { progression: 'polls:2' },
    { delay: { p50: 1, p99: 0 } },
    {},
  ],
];

export function scenariosCall(random: Random): Sent {
  const rule = (): Record<string, unknown> => ({
    on: random.chance(0.9) ? random.pick(PATTERNS) : nonsense(random),
    ...(random.chance(0.5) && {
      when: random.chance(0.6) ? { params: { [random.pick(NAMES)]: random.pick(PATTERNS) } } : nonsense(random),
    }),
    ...(random.chance(0.3) && { [random.pick(['after', 'times', 'rate', 'seed', ...NAMES])]: nonsense(random) }),
    then: random.chance(0.8) ? random.pick(THEN) : nonsense(random),
  });
  const json = JSON.stringify({ rules: Array.from({ length: 1 + random.below(3) }, rule) });
  const text = random.chance(0.7) ? json : random.pick(YAML);
  const body = random.chance(0.15) ? spoilt(random, text).slice(0, 4000) : text;
  return {
    method: 'POST',
    target: `/_mock/scenarios?account=${ACCOUNT}`,
    headers: { host: 'localhost', 'content-type': 'text/yaml' },
    body: Buffer.from(body),
  };
}
