import '../../src/products/eager.js';
import { expect, test } from 'vitest';
import { legalCodes } from '../../src/gateway/legal-codes.js';
import { versions } from '../../src/products/index.js';
import { supported } from './supported.js';

test('SUPPORTED.md is what the registry says (else: npm run docs)', async () => {
  await expect(supported(versions)).toMatchFileSnapshot('../../SUPPORTED.md');
});

test.each(versions)('$product $version: what every operation can answer, one of them does', (version) => {
  const answered = new Set(version.operations.flatMap((operation) => [...legalCodes(version, operation).values()]));
  const never = Object.entries(version.dialect.commonErrors).filter(
    ([code, row]) => !answered.has(row) && !located(code),
  );
  expect(never.map(([code]) => code)).toEqual([]);
});

/** Answered before an operation is found. */
const located = (code: string): boolean => code === '400' || code === '404';
