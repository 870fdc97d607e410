// A line chart as SVG. Its greys and colours are readable on white and on black, for an image does not know where it is shown.

const [WIDTH, HEIGHT] = [740, 370];
const BOX = { left: 64, top: 40, right: 700, bottom: 300 };
const GREY = '#808890';
const COLOURS = ['#3b82d6', '#d07a2d', '#3f9d6b', '#b05fc0'];
const TICKS = 5;

const escaped = (text) => String(text).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
const short = (number) => String(Number(number.toFixed(1)));

/** @returns 1, 2, 2.5 or 5 times a power of ten: so many steps of it cover `most` */
function step(most) {
  const least = most / TICKS;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 2.5, 5, 10].map((times) => times * power).find((size) => size >= least * 0.999);
}

const ticks = (most) => {
  const size = step(most);
  return Array.from({ length: Math.ceil(most / size - 1e-9) + 1 }, (_, at) => Number((at * size).toPrecision(6)));
};

const text = (x, y, words, more = '') =>
  `<text x="${short(x)}" y="${short(y)}" fill="${GREY}" ${more}>${escaped(words)}</text>`;

/**
 * Both axes begin at 0.
 * @param note in small print at the foot; @param series names and points [x, y], finite and not negative
 * @throws {RangeError} when there is no point, or one that cannot be drawn
 */
export function lineChart({ title, note, x, y, series }) {
  const all = series.flatMap(({ points }) => points);
  if (all.length === 0) throw new RangeError('nothing to draw');
  if (!all.flat().every((value) => Number.isFinite(value) && value >= 0))
    throw new RangeError('a point that cannot be drawn');
  const most = (axis) => Math.max(...all.map((point) => point[axis])) || 1;
  const [xs, ys] = [ticks(most(0)), ticks(most(1))];
  const xAt = (value) => BOX.left + (value / xs.at(-1)) * (BOX.right - BOX.left);
  const yAt = (value) => BOX.bottom - (value / ys.at(-1)) * (BOX.bottom - BOX.top);
  const grid = ys.map(
    (value) =>
      `<path d="M${BOX.left} ${short(yAt(value))}H${BOX.right}" stroke="${GREY}" stroke-opacity="${value === 0 ? 1 : 0.3}"/>` +
      text(BOX.left - 8, yAt(value) + 4, value, 'text-anchor="end"'),
  );
  const labels = xs.map((value) =>
    text(xAt(value), BOX.bottom + 20, value.toLocaleString('en'), 'text-anchor="middle"'),
  );
  const lines = series.map(({ name, points }, at) => {
    const colour = COLOURS[at % COLOURS.length];
    const places = points.map(([px, py]) => [short(xAt(px)), short(yAt(py))]);
    const dots = places.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3"/>`);
    return (
      `<g fill="${colour}"><polyline points="${places.map((place) => place.join(',')).join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}</g>` +
      `<rect x="${BOX.right - 110 * (series.length - at)}" y="${BOX.top - 28}" width="12" height="12" fill="${colour}"/>` +
      text(BOX.right - 110 * (series.length - at) + 18, BOX.top - 18, name)
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" role="img">
<title>${escaped(title)}</title>
${text(BOX.left, BOX.top - 18, title, 'font-size="14"')}
${grid.join('\n')}
${labels.join('\n')}
${text((BOX.left + BOX.right) / 2, BOX.bottom + 40, x, 'text-anchor="middle"')}
${text(BOX.left, HEIGHT - 6, note, 'font-size="10"')}
${text(0, 0, y, `text-anchor="middle" transform="translate(16 ${(BOX.top + BOX.bottom) / 2}) rotate(-90)"`)}
${lines.join('\n')}
</svg>
`;
}
