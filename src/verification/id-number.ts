/**
 * Identity numbers for tests (GB 11643: area, birth date, sequence, check digit). Area codes begin 11–82; 99 was never
 * issued, so the check digit is right, an application's own validation passes, and no real person can match.
 */

const AREA = '990000';
const BIRTH = '19900307';
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = '10X98765432';

export const checkDigit = (first17: string): string =>
  CHECK[[...first17].reduce((sum, digit, index) => sum + Number(digit) * WEIGHTS[index]!, 0) % 11]!;

/** @param sequence 0–499; the 17th digit comes out odd: a man's number */
export function testIdNumber(sequence: number): string {
  const first17 = `${AREA}${BIRTH}${String(sequence * 2 + 1).padStart(3, '0')}`;
  return first17 + checkDigit(first17);
}

/** @returns the sequence of a number {@link testIdNumber} could have made, whatever its birth date and sex; else undefined */
export function testSequence(number: string): number | undefined {
  const match = /^990000\d{8}(\d{3})([\dXx])$/.exec(number);
  return match && checkDigit(number.slice(0, 17)) === match[2]!.toUpperCase()
    ? Math.floor(Number(match[1]) / 2)
    : undefined;
}

/** The area code is one that was issued, residence permits included: the number may be a real person's. */
export const mayBeReal = (number: string): boolean =>
  /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{15}[\dXx]$/.test(number);
