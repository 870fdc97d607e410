// Figures as they come in, kept by what was measured; and the rows of the report made of them.
import { median } from './report.mjs';
import { BASES, FIGURES, figuresOf, ROWS } from './rows.mjs';

/** Side, call and server → figure → one value a round. The bare server has no side; calls of the other rows are their names. */
export class Figures {
  #values = {};

  add(key, figures) {
    this.#values[key] ??= {};
    const kept = this.#values[key];
    for (const [figure, value] of Object.entries(figures)) kept[figure] = [...(kept[figure] ?? []), value];
  }

  of = (key, figure) => this.#values[key]?.[figure];

  toJSON = () => this.#values;
}

/** @returns the name of what is measured */
export const keyOf = (side, call, server) =>
  `${server === 'bare' || server === 'peer' ? '' : `${side}/`}${call}/${server}`;

/**
 * @returns value, base and ratio; undefined when it was not measured. Neighbours in a round share the machine's mood, so they
 * are divided before the median is taken.
 */
function compared(figures, name, figure, side) {
  const { call = name, server, base } = ROWS[name];
  const own = figures.of(keyOf(side, call, server), figure);
  const bases = figures.of(keyOf(side, call, base), figure);
  if (!own || !bases) return undefined;
  const ratios = own.map((value, round) => value / bases[round]);
  return { value: median(own), base: median(bases), ratio: median(ratios) };
}

/** @param names of the rows that were chosen */
export function rowsOf(figures, names) {
  const found = [];
  const all = names.flatMap((name) => figuresOf(name).map((figure) => ({ name, figure })));
  const order = Object.keys(FIGURES);
  all.sort((a, b) => order.indexOf(a.figure) - order.indexOf(b.figure));
  for (const { name, figure } of all) {
    const now = compared(figures, name, figure, 'now');
    if (!now) continue;
    const { title, unit, digits } = FIGURES[figure];
    const { least, most } = ROWS[name].marks?.[figure] ?? {};
    const mark = least ?? most;
    const met = mark === undefined ? undefined : least === undefined ? now.ratio <= most : now.ratio >= least;
    const text = [ROWS[name].title, title].filter(Boolean).join(', ');
    const before = compared(figures, name, figure, 'before');
    found.push({
      name,
      figure,
      title: text,
      unit,
      digits,
      ...now,
      of: BASES[ROWS[name].base],
      least,
      most,
      met,
      before,
    });
  }
  return found;
}
