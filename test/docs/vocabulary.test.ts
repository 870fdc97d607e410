import '../../src/products/eager.js';
import { expect, test } from 'vitest';
import { versions } from '../../src/products/index.js';
import { kinds } from '../../src/products/kinds.js';
import { vocabulary } from './vocabulary.js';

test('src/scenarios/vocabulary.ts is what the contracts say (else: npm run docs)', async () => {
  await expect(vocabulary(versions, kinds)).toMatchFileSnapshot('../../src/scenarios/vocabulary.ts');
});
