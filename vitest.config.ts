import { defineConfig } from 'vitest/config';
import { viteCatalog } from './catalog-plugin.mjs';
import { vitePeggy } from './peggy-plugin.mjs';

export default defineConfig({
  plugins: [vitePeggy(), viteCatalog()],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
