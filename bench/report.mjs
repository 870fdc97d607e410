// Figures to text: the ratios against their marks, then what they were made from.
import { cpus, loadavg, release, type } from 'node:os';

export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

export const machine = () => ({
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  system: `${type()} ${release()} ${process.arch}`,
  cores: cpus().length,
  /** Of the minute before: what else the machine was doing. */
  loadBefore: Number(loadavg()[0].toFixed(1)),
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
});

/** @param lines the first one is the head; the first of each names it, the others are figures */
export const markdown = ([head, ...lines]) =>
  [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...lines]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');

/** `least` and `most` are the marks: a ratio is met from the one upwards, or up to the other. */
export const MARKS = {
  throughput: { title: 'throughput', unit: 'requests/s', digits: 0, least: 0.2 },
  cpu: { title: 'server CPU per request', unit: 'µs', digits: 1, most: 5 },
  start: { title: 'start to first signed answer', unit: 'ms', digits: 0, most: 2 },
  memory: { title: 'idle memory', unit: 'MB', digits: 1, most: 1.6 },
};

/** @param measured server name → figure name → values; `bare` is the base of the ratios */
export function rows(measured) {
  const found = [];
  for (const [figure, { least, most }] of Object.entries(MARKS)) {
    for (const [server, figures] of Object.entries(measured)) {
      if (server === 'bare' || !figures[figure]?.length) continue;
      const value = median(figures[figure]);
      const bare = median(measured.bare[figure]);
      // neighbours in a round share the machine's mood, so they are divided before the median is taken
      const ratio = median(figures[figure].map((one, round) => one / measured.bare[figure][round]));
      const met = least !== undefined ? ratio >= least : ratio <= most;
      found.push({ figure, server, value, bare, ratio, mark: least ?? most, met });
    }
  }
  return found;
}

export function table(found) {
  const lines = found.map(({ figure, server, value, bare, ratio, met }) => {
    const { title, unit, digits, least, most } = MARKS[figure];
    return [
      server === 'emulator' ? title : `${title}, ${server}`,
      `${value.toFixed(digits)} ${unit}`,
      `${bare.toFixed(digits)} ${unit}`,
      `${ratio.toFixed(2)} ×`,
      least !== undefined ? `≥ ${least} ×` : `≤ ${most} ×`,
      met ? 'met' : 'missed',
    ];
  });
  const all = [['', 'emulator', 'bare node:http', 'ratio', 'mark', ''], ...lines];
  const widths = all[0].map((_, column) => Math.max(3, ...all.map((line) => line[column].length)));
  const print = (line) => `| ${line.map((cell, column) => pad(cell, widths[column], column)).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [print(all[0]), rule, ...lines.map(print)].join('\n');
}

const pad = (cell, width, column) => (column === 0 ? cell.padEnd(width) : cell.padStart(width));
