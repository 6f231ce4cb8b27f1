import { defineConfig } from 'vitest/config';
import { vitePeggy } from './peggy-plugin.mjs';

export default defineConfig({
  plugins: [vitePeggy()],
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
