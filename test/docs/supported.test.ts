import { expect, test } from 'vitest';
import { versions } from '../../src/products/index.js';
import { supported } from './supported.js';

test('SUPPORTED.md is what the registry says (else: npm run docs)', async () => {
  await expect(supported(versions)).toMatchFileSnapshot('../../SUPPORTED.md');
});
