/** How the tests run: every property draws the same random cases each time. */
import { defineConfig } from 'vitest/config';

// biome-ignore lint/style/noDefaultExport: the runner asks for it
export default defineConfig({
  test: { include: ['test/**/*.test.ts'], setupFiles: ['test/support/seed.ts'], testTimeout: 60_000 },
});
