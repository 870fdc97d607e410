// Tests over a real PostgreSQL server, which `npm test` does not ask for: `npm run test:postgres`.
import { defineConfig } from 'vitest/config';
import { forVite } from '../../.ci/page-scripts.mjs';

export default defineConfig({
  plugins: [forVite],
  test: {
    include: ['test/postgres/*.pg.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { requireAssertions: true },
  },
});
