import { defineConfig } from 'vitest/config';
import { forVite } from './.ci/page-scripts.mjs';

export default defineConfig({
  plugins: [forVite],
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // a test that asserts nothing proves nothing
    // what is waited for may take a while on a busy machine
    expect: { requireAssertions: true, poll: { timeout: 10_000 } },
  },
});
