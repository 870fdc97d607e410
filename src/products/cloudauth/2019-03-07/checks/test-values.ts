/**
 * Values that order an answer by their last three digits, for checks that are sent nobody's name: a SubCode, a TimeCode (`005`)
 * or an error. Before them stand zeros, so that nobody's own value orders anything.
 */

const TAILS = {
  Mobile: /^1\d\d00000(\d{3})$/,
  BankCard: /^\d+00000(\d{3})$/,
  VehicleNum: /^\p{Script=Han}[A-Z]0{2,3}(\d{3})$/u,
  Vin: /^[A-Z\d]+00000(\d{3})$/,
} as const;

/** Of a file that is called so, or ends so: `…/card-PS.jpg`, `…/421.png`. */
const FILE = /[/:_.-](\w+)\.(?:jpe?g|png|bmp|webp|mp4|mov)$/i;
/** A name is at the end of its address; the pattern is tried on no more. */
const LONGEST = 100;

/** What a value orders: a code, whether or not the check documents it. */
export function orderedBy(name: string, value: string): string | undefined {
  if (name in TAILS) return TAILS[name as keyof typeof TAILS].exec(value)?.[1];
  const path = /^(?:https?|oss):\/\/[^?#]*/i.exec(value)?.[0] ?? '';
  return FILE.exec(path.slice(-LONGEST))?.[1];
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at);

/** Every code some check documents; a test compares. */
export const CODES: readonly string[] = [
  ...[range(1, 5), range(101, 105), range(201, 216), range(301, 306)],
  ...[range(400, 406), range(410, 412), range(419, 421), [440, 500]],
]
  .flat()
  .map((code) => String(code).padStart(3, '0'));

/** Known by their hashes: of most only the last characters are hashed, so any beginning will do. */
export const testValuesOf = {
  Mobile: () => range(130, 199).flatMap((head) => CODES.map((code) => `${head}00000${code}`)),
  BankCard: () => CODES.map((code) => `6200000000000${code}`),
  VehicleNum: () => CODES.map((code) => `浙A00${code}`),
  Vin: () => CODES.map((code) => `LSV00000000000${code}`),
} as const satisfies Record<keyof typeof TAILS, () => readonly string[]>;
