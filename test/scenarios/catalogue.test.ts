/** Every generated scenario, by name and over a socket: its code is what a signed request sees. */
import '../../src/products/eager.js';
import { expect, test } from 'vitest';
import type { ErrorRow } from '../../src/gateway/errors.js';
import { commandedError, legalCodes } from '../../src/gateway/legal-codes.js';
import { createCloudauthMock } from '../../src/index.js';
import { versions } from '../../src/products/index.js';
import { isSafRow } from '../../src/products/saf/codes.js';
import { generatedScenarios } from '../docs/scenarios.js';
import { call, type Reply } from '../support/call.js';
import { type ExampleCall, exampleCalls } from '../support/examples.js';

/** The operations that can answer it: for a product's own code those whose tables have it, for the gateway's those with behaviour. */
const about = (family: string, code: string): readonly [ExampleCall, ErrorRow][] =>
  exampleCalls
    .filter(({ version, operation }) => (family === 'gateway' ? !operation.sample : version.product === family))
    .flatMap((one): [ExampleCall, ErrorRow][] => {
      const row = legalCodes(one.version, one.operation).get(code);
      return row ? [[one, row]] : [];
    });

/** SAF says a failure of its own with HTTP 200, a number and words that name the code. */
const seen = ({ status, json }: Reply) => ({ status, Code: json.Code, Message: json.Message });
const expected = (code: string, row: ErrorRow) => ({
  status: row.status,
  Code: isSafRow(row) ? row.code : code,
  Message: commandedError(code, row).message,
});

const cases = generatedScenarios(versions).map(({ name, code }) => [name, name.split('/')[0]!, code] as const);

test.each(cases)('%s', async (name, family, code) => {
  await using mock = await createCloudauthMock({ port: 0, scenario: name }).listen();
  const answerable = about(family, code);
  expect(answerable.length).toBeGreaterThan(0);
  for (const [{ path, params, operation }, row] of answerable) {
    const reply = await call({ fetch }, params, { url: `${mock.url}/`, method: operation.methods.at(-1) });
    expect([path, seen(reply)]).toEqual([path, expected(code, row)]);
  }
});
