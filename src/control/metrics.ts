/**
 * Figures of this process in the text format of Prometheus, 0.0.4. No account, person or key is named. What is not counted
 * anyway is measured when somebody asks. Loaded by the first who does.
 */
import { stopwatch } from '../platform/clock.js';
import { maskText, oneLine } from '../platform/redact.js';
import { VERSION } from '../platform/version.js';
import type { Total, Totals } from './totals.js';

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number, suffix?: string];

/** What one process has counted, as plain data: several of one emulator are added up. */
export interface Figures {
  /** By `<operation path> <code>`. */
  readonly calls: readonly (readonly [outcome: string, total: Total])[];
  readonly rules: readonly (readonly [rule: string, fired: number])[];
  /** Calls that were refused, by operation path; none without `--qps`. */
  readonly throttled: readonly (readonly [operation: string, refused: number])[];
  readonly process: ProcessFigures;
}

export const figuresOf = async (
  totals: Totals,
  throttled: ReadonlyMap<string, number> = new Map(),
): Promise<Figures> => ({
  calls: [...totals.calls],
  rules: [...totals.rules],
  throttled: [...throttled],
  process: await ofProcess(),
});

/** @param all processes of the emulator @param accounts how many have a journal */
export function metrics(all: readonly Figures[], accounts: number): string {
  const totals = new Map<string, Total>();
  for (const [outcome, { calls, ms }] of all.flatMap((one) => one.calls)) {
    const sum = totals.get(outcome) ?? { calls: 0, ms: 0 };
    totals.set(outcome, { calls: sum.calls + calls, ms: sum.ms + ms });
  }
  const outcomes = [...totals].map(([outcome, total]) => {
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
      [...summed(all.flatMap(({ rules }) => rules.map(([rule, fired]) => [readable(rule), fired])))].map(
        ([rule, fired]): Sample => [{ rule }, fired],
      ),
    ),
    family(
      'cloudauth_mock_throttled_total',
      'counter',
      'Calls that --qps refused.',
      [...summed(all.flatMap(({ throttled }) => throttled))].map(
        ([operation, refused]): Sample => [{ operation }, refused],
      ),
    ),
    alone('cloudauth_mock_accounts', 'gauge', 'Accounts with a journal.', accounts),
    family('cloudauth_mock_info', 'gauge', 'Which build this is.', [[{ version: VERSION, node: process.version }, 1]]),
    ...processText(all.map(({ process }) => process)),
  ].join('');
}

/** As it may be read: names that look alike then are one, for a series that comes twice spoils them all. */
const readable = (rule: string): string => oneLine(maskText(rule));

function summed(counts: readonly (readonly [name: string, n: number])[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const [name, n] of counts) sums.set(name, (sums.get(name) ?? 0) + n);
  return sums;
}

/** Seconds and bytes. */
interface ProcessFigures {
  readonly cpu: number;
  readonly resident: number;
  readonly uptime: number;
  readonly heap: number;
  readonly external: number;
  readonly lag: number;
}

async function ofProcess(): Promise<ProcessFigures> {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  const asked = stopwatch();
  await new Promise(setImmediate);
  const lag = (stopwatch() - asked) / 1000;
  return { cpu: (user + system) / 1e6, resident: rss, uptime: process.uptime(), heap: heapUsed, external, lag };
}

/** As clients of Prometheus call them. */
function processText(all: readonly ProcessFigures[]): string[] {
  const sum = (figure: keyof ProcessFigures) => all.reduce((total, one) => total + one[figure], 0);
  const most = (figure: keyof ProcessFigures) => Math.max(...all.map((one) => one[figure]));
  return [
    alone('process_cpu_seconds_total', 'counter', 'User and system CPU time.', sum('cpu')),
    alone('process_resident_memory_bytes', 'gauge', 'Resident memory.', sum('resident')),
    alone('process_uptime_seconds', 'gauge', 'Since the process started.', most('uptime')),
    alone('nodejs_heap_size_used_bytes', 'gauge', 'Used heap.', sum('heap')),
    alone('nodejs_external_memory_bytes', 'gauge', 'Memory of buffers outside the heap.', sum('external')),
    alone('nodejs_eventloop_lag_seconds', 'gauge', 'How long the event loop let this call wait.', most('lag')),
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
