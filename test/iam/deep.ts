import { vi } from 'vitest';

/** POSTERN_DEEP=1 looks hard and takes minutes; without it there is enough for every run of the suite. */
export const DEEP = process.env.POSTERN_DEEP === '1';

if (DEEP) vi.setConfig({ testTimeout: 1_800_000 });

/** How often a property is tried. */
export const RUNS = { numRuns: DEEP ? 10_000 : 200 };
