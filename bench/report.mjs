// Figures to text: the median, the machine, and tables in Markdown.
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

export const machineLine = ({ date, node, cores, cpu, system, loadBefore }) =>
  `${date}, Node ${node}, ${cores} cores, ${cpu}, ${system}; load average before the run ${loadBefore}`;

/** @param rows of cells, words or numbers; the first column is words, all others are figures */
export function markdown(head, rows) {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column].length)));
  const pad = (cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]));
  const print = (row) => `| ${row.map(pad).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [print(all[0]), rule, ...all.slice(1).map(print)].join('\n');
}

const times = (ratio) => `${ratio.toFixed(2)} ×`;

/** @param rows of bench/figures.mjs; what was before has columns where any row has it */
export function table(rows) {
  const compared = rows.some(({ before }) => before);
  const lines = rows.map(({ title, unit, digits, value, base, of, ratio, least, most, met, before }) => {
    const figure = (number) => `${number.toFixed(digits)} ${unit}`;
    return [
      title,
      figure(value),
      `${figure(base)}, ${of}`,
      times(ratio),
      least !== undefined ? `≥ ${times(least)}` : most !== undefined ? `≤ ${times(most)}` : '',
      met === undefined ? '' : met ? 'met' : 'missed',
      ...(compared ? [before ? figure(before.value) : '–', before ? times(before.ratio) : '–'] : []),
    ];
  });
  const more = compared ? ['before', 'ratio before'] : [];
  return markdown(['', 'emulator', 'compared with', 'ratio', 'mark', '', ...more], lines);
}
