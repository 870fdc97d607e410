/** Ids are shown, searched for and given to commands: none is mistaken for an ID number and masked. */
import { expect, test } from 'vitest';
import { createIds } from '../../src/platform/ids.js';
import { maskText } from '../../src/platform/redact.js';

test.each(['requestId', 'token', 'taskId', 'ossRequestId', 'uploadId'] as const)('no %s is masked', (kind) => {
  const ids = createIds('legible');
  const drawn = Array.from({ length: 20_000 }, () => ids[kind]());
  expect(drawn.filter((id) => maskText(id) !== id)).toEqual([]);
});
