/** How old a person is by the birthday in an ID number of 18 characters. */

/** @param at business clock, ms. @returns false for whatever holds no birthday: a ciphertext, another card's number */
export function isUnder14(number: string, at: number): boolean {
  const [, year, month, day] = /^\d{6}(\d{4})(\d\d)(\d\d)\d{3}[\dXx]$/.exec(number) ?? [];
  if (year === undefined) return false;
  // the day begins in Beijing
  return Date.UTC(Number(year) + 14, Number(month) - 1, Number(day)) - BEIJING_MS > at;
}

const BEIJING_MS = 8 * 3_600_000;
