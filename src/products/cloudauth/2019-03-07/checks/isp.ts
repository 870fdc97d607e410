/** The operator of a phone number, by its first digits: who was given them, whoever it has been ported to since. */

const PREFIXES: Readonly<Record<string, RegExp>> = {
  CMCC: /^1(3[4-9]|4[78]|5[0-27-9]|65|7[28]|8[23478]|9[578])/,
  CUCC: /^1(3[0-2]|4[56]|5[56]|6[67]|7[156]|8[56]|96)/,
  CTCC: /^1(33|49|53|62|7[347]|8[019]|9[0139])/,
  CBCC: /^192/,
};

/** @param mobile undefined, a hash or a ciphertext: the one the pages print */
export const ispOf = (mobile = ''): string =>
  (/^1\d{10}$/.test(mobile) && Object.entries(PREFIXES).find(([, prefix]) => prefix.test(mobile))?.[0]) || 'CMCC';
