import { expect, test } from 'vitest';
import { type HowFar, progressLine } from '../../src/commands/readProgress.ts';

test.each<[HowFar, string]>([
  [{ bytes: 0, totalBytes: undefined, records: 0, seconds: 0 }, '0.0 MB · 0 records/s'],
  [{ bytes: 12_340_000, totalBytes: undefined, records: 104_000, seconds: 2 }, '12.3 MB · 52,000 records/s'],
  [{ bytes: 0, totalBytes: 450e6, records: 0, seconds: 0 }, '0.0 of 450.0 MB · 0 records/s'],
  [{ bytes: 50e6, totalBytes: 450e6, records: 100, seconds: 10 }, '50.0 of 450.0 MB · 10 records/s · 1 min 20 s left'],
  [{ bytes: 1e6, totalBytes: 450e6, records: 100, seconds: 10 }, '1.0 of 450.0 MB · 10 records/s · 1 h 14 min left'],
  [{ bytes: 450e6, totalBytes: 450e6, records: 100, seconds: 10 }, '450.0 of 450.0 MB · 10 records/s · 0 s left'],
  // Files that grow while they are read.
  [{ bytes: 460e6, totalBytes: 450e6, records: 100, seconds: 10 }, '460.0 of 450.0 MB · 10 records/s · 0 s left'],
])('%j', (howFar, line) => {
  expect(progressLine(howFar)).toBe(line);
});
