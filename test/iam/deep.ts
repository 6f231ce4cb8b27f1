/** How often a property is tried: enough for every run of the suite, or with POSTERN_DEEP=1 for a run that looks hard. */
export const RUNS = { numRuns: process.env.POSTERN_DEEP === '1' ? 10_000 : 200 };
