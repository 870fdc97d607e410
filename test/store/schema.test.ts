/** What a new file begins with is what all migrations come to. */
import { expect, test } from 'vitest';
import { loadDriver } from '../../src/store/drivers/load.js';
import { STEPS } from '../../src/store/migrations.js';

test('schema.json is what the migrations come to (else: npx vitest run test/store/schema.test.ts -u)', async () => {
  const connection = loadDriver('auto').open(':memory:');
  for (const sql of STEPS.flat()) connection.run(sql, []);
  // an index that a PRIMARY KEY makes by itself has no text
  const made = connection.all('SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid', []);
  connection.close();
  const sql = (made as { sql: string }[]).map(({ sql }) => sql.replace(/\s+/g, ' '));
  const schema = `${JSON.stringify({ steps: STEPS.length, sql }, null, 2)}\n`;
  await expect(schema).toMatchFileSnapshot('../../src/store/schema.json');
});
