// The options of `npm run bench`, read and checked.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ROWS } from './rows.mjs';
import { cli } from './servers.mjs';

const DEFAULT = Object.keys(ROWS).filter((name) => name !== 'peers');

export const HELP = `npm run bench -- [--only ROWS] [--peers] [--against DIR] [--rounds N] [--quick] [--growth N]
                 [--svg FILE] [--json FILE] [--markdown FILE]

Measures signed calls against the emulator and against a bare node:http server that reads the same bodies and answers
the same bytes, by turns, and prints the median ratios with the marks they should keep to. Loopback only; three to four
minutes. The exit code says whether it could measure, not what it found.

  --only ROWS      some rows only, with commas: ${Object.keys(ROWS).join(', ')}
  --peers          Mockoon, Prism and WireMock as well, each answering one static GET; npm installs them into
                   ~/.cache/cloudauth-mock/peers once. One that cannot be had is said to be missing
  --against DIR    a second checkout, built: measured by turns with this one, batch for batch, in columns of its own
  --rounds N       rounds of load (default 5, with --quick 2)
  --quick          fewer starts, shorter warm-ups: a first look, too noisy to note down
  --growth N       how many tasks the store grows to (default 130000, with --quick 30000); nothing is removed
  --svg FILE       also draw the growth
  --json FILE      also write every figure to FILE
  --markdown FILE  also write the tables into FILE, between its lines <!-- bench: rows --> and <!-- bench: end -->,
                   and likewise peers; with --only peers alone
  --help           this text
`;

const text = { type: 'string' };
const flag = { type: 'boolean' };

function number(name, value, least, most) {
  const read = Number(value);
  if (Number.isInteger(read) && read >= least && read <= most) return read;
  throw new Error(`--${name} takes a number from ${least} to ${most}`);
}

function rowsOf({ only, peers, growth, svg }) {
  const chosen = only === undefined ? [...DEFAULT] : only.split(',');
  const unknown = chosen.find((name) => !Object.hasOwn(ROWS, name));
  if (unknown !== undefined) throw new Error(`--only knows no '${unknown}', only ${Object.keys(ROWS).join(', ')}`);
  if (peers) chosen.push('peers');
  if (growth !== undefined || svg !== undefined) chosen.push('growth');
  return Object.keys(ROWS).filter((name) => chosen.includes(name));
}

/** @returns undefined when help is asked for. @throws what is wrong */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      ...{ only: text, peers: flag, against: text, rounds: text, quick: flag, growth: text },
      ...{ svg: text, json: text, markdown: text, help: { ...flag, short: 'h' } },
    },
  });
  if (values.help) return undefined;
  const { quick = false, svg, json, markdown } = values;
  const against = values.against && resolve(values.against);
  if (against && !existsSync(cli(against))) throw new Error(`--against: ${cli(against)} is not there; build it first`);
  return {
    rows: rowsOf(values),
    some: values.only !== undefined,
    against,
    quick,
    rounds: number('rounds', values.rounds ?? (quick ? 2 : 5), 1, 50),
    growth: number('growth', values.growth ?? (quick ? 30_000 : 130_000), 30_000, 5_000_000),
    warmUp: quick ? 2_000 : 6_000,
    starts: quick ? 3 : 11,
    idle: quick ? 2 : 5,
    files: { svg, json, markdown },
  };
}
