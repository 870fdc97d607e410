/** What the benchmarks draw and write, on given figures. The figures themselves are nobody's promise. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { type Chart, lineChart } from '../../bench/chart.mjs';
import { withTables } from '../../bench/page.mjs';

const chart = (...series: Chart['series']): Chart => ({ title: 'T', note: 'N', x: 'tasks', y: 'share', series });
const rising = [
  [0, 0],
  [65_000, 0.21],
  [130_000, 0.2],
] as const;

const read = (svg: string) =>
  new XMLParser({ ignoreAttributes: false, isArray: (name) => ['g', 'circle', 'text'].includes(name) }).parse(svg).svg;

test('a chart is well-formed XML, whatever its words are', () => {
  const svg = lineChart(chart({ name: '<a> & "b"', points: rising }));
  expect(XMLValidator.validate(svg)).toBe(true);
  expect(JSON.stringify(read(svg))).toContain('&#60;a&#62; &#38; &#34;b&#34;');
});

test('a chart has a dot for each figure, inside the picture', () => {
  const svg = lineChart(chart({ name: 'now', points: rising }, { name: 'before', points: rising.slice(1) }));
  const [, , width, height] = read(svg)['@_viewBox'].split(' ').map(Number);
  const dots = read(svg).g.map(({ circle }: { circle: Record<string, string>[] }) => circle);
  expect(dots.map((some: unknown[]) => some.length)).toEqual([3, 2]);
  for (const dot of dots.flat()) {
    expect(Number(dot['@_cx'])).toSatisfy((x: number) => x >= 0 && x <= width);
    expect(Number(dot['@_cy'])).toSatisfy((y: number) => y >= 0 && y <= height);
  }
});

test('the axes of a chart are named, and their numbers reach the greatest figure', () => {
  const words = read(lineChart(chart({ name: 'now', points: rising }))).text.map(
    (text: { '#text': unknown }) => text['#text'],
  );
  expect(words).toEqual(expect.arrayContaining(['tasks', 'share', 'N', 0.25, '150,000']));
});

test('a single figure of 0 is drawn without NaN', () => {
  expect(lineChart(chart({ name: 'now', points: [[0, 0]] }))).not.toMatch(/NaN|Infinity|undefined/);
});

test.each([[], [[1, Number.NaN]], [[1, Number.POSITIVE_INFINITY]], [[-1, 1]]] as [number, number][][])(
  'what cannot be drawn is refused: %j',
  (...points) => {
    expect(() => lineChart(chart({ name: 'now', points }))).toThrow(RangeError);
  },
);

test('a table takes the place of the one before, and what was not measured stays', () => {
  const place = (name: string, text: string) => `<!-- bench: ${name} -->\n\n${text}\n\n<!-- bench: end -->`;
  const page = (rows: string) => `Words.\n\n${place('rows', rows)}\n\nMore.\n\n${place('peers', 'kept')}\n`;
  expect(withTables(page('| old |'), { rows: '| new |' })).toBe(page('| new |'));
  expect(() => withTables(page(''), { large: '' })).toThrow('the page has no <!-- bench: large -->');
});
