/**
 * Figures of this process in the text format of Prometheus, 0.0.4. No account, person or key is named. What is not counted
 * anyway is measured when somebody asks. Loaded by the first who does.
 */
import { stopwatch } from '../platform/clock.js';
import { maskText, oneLine } from '../platform/redact.js';
import { VERSION } from '../platform/version.js';
import type { Totals } from './totals.js';

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number, suffix?: string];

/** @param accounts how many have a journal. @param throttled calls that were refused, by operation path; absent without `--qps` */
export async function metrics(
  totals: Totals,
  accounts: number,
  throttled: ReadonlyMap<string, number> = new Map(),
): Promise<string> {
  const outcomes = [...totals.calls].map(([outcome, total]) => {
    const [operation = '', code = ''] = outcome.split(' ');
    return { operation, code, ...total };
  });
  const byOperation = new Map<string, { calls: number; ms: number }>();
  for (const { operation, calls, ms } of outcomes) {
    const sum = byOperation.get(operation) ?? { calls: 0, ms: 0 };
    byOperation.set(operation, { calls: sum.calls + calls, ms: sum.ms + ms });
  }
  return [
    family(
      'cloudauth_mock_calls_total',
      'counter',
      'Gateway calls by what they were answered; ok is a success.',
      outcomes.map(({ operation, code, calls }): Sample => [{ operation, code }, calls]),
    ),
    family(
      'cloudauth_mock_call_duration_seconds',
      'summary',
      'How long calls took, without what a rule held back.',
      [...byOperation].flatMap(([operation, { calls, ms }]): Sample[] => [
        [{ operation }, ms / 1000, '_sum'],
        [{ operation }, calls, '_count'],
      ]),
    ),
    family(
      'cloudauth_mock_rule_fired_total',
      'counter',
      'How often each rule of a scenario fired.',
      [...shown(totals.rules)].map(([rule, fired]): Sample => [{ rule }, fired]),
    ),
    family(
      'cloudauth_mock_throttled_total',
      'counter',
      'Calls that --qps refused.',
      [...throttled].map(([operation, refused]): Sample => [{ operation }, refused]),
    ),
    alone('cloudauth_mock_accounts', 'gauge', 'Accounts with a journal.', accounts),
    family('cloudauth_mock_info', 'gauge', 'Which build this is.', [[{ version: VERSION, node: process.version }, 1]]),
    ...(await ofProcess()),
  ].join('');
}

/** Names as they may be read: two that look alike then are one, for a series that comes twice spoils them all. */
function shown(rules: ReadonlyMap<string, number>): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [rule, fired] of rules) {
    const name = oneLine(maskText(rule));
    sums.set(name, (sums.get(name) ?? 0) + fired);
  }
  return sums;
}

/** As clients of Prometheus call them. */
async function ofProcess(): Promise<string[]> {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  const asked = stopwatch();
  await new Promise(setImmediate);
  const lag = (stopwatch() - asked) / 1000;
  return [
    alone('process_cpu_seconds_total', 'counter', 'User and system CPU time.', (user + system) / 1e6),
    alone('process_resident_memory_bytes', 'gauge', 'Resident memory.', rss),
    alone('process_uptime_seconds', 'gauge', 'Since the process started.', process.uptime()),
    alone('nodejs_heap_size_used_bytes', 'gauge', 'Used heap.', heapUsed),
    alone('nodejs_external_memory_bytes', 'gauge', 'Memory of buffers outside the heap.', external),
    alone('nodejs_eventloop_lag_seconds', 'gauge', 'How long the event loop let this call wait.', lag),
  ];
}

type Type = 'counter' | 'gauge' | 'summary';

const alone = (name: string, type: Type, help: string, value: number): string =>
  family(name, type, help, [[{}, value]]);

function family(name: string, type: Type, help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return '';
  const lines = samples.map(([labels, value, suffix = '']) => `${name}${suffix}${written(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function written(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (value: string): string =>
  value.replace(/[\\"\n]/g, (found) => (found === '\n' ? '\\n' : `\\${found}`));
