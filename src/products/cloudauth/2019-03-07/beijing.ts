/** Days as Beijing counts them, which has no summer time. Instants are ms of the business clock. */

const BEIJING_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

export const startOfDay = (at: number): number => Math.floor((at + BEIJING_MS) / DAY_MS) * DAY_MS - BEIJING_MS;

/**
 * Whether a person is younger than 14, by the birthday in an ID number of 18 characters.
 * @returns false for whatever holds no birthday: a ciphertext, another card's number
 */
export function isUnder14(number: string, at: number): boolean {
  const [, year, month, day] = /^\d{6}(\d{4})(\d\d)(\d\d)\d{3}[\dXx]$/.exec(number) ?? [];
  return year !== undefined && Date.UTC(Number(year) + 14, Number(month) - 1, Number(day)) - BEIJING_MS > at;
}
