import { expect, it } from 'vitest';
import { all, not, some, type Truth } from '../../src/iam/truth.ts';

it.each<[readonly Truth[], Truth, Truth]>([
  [[], true, false],
  [[true], true, true],
  [[false], false, false],
  [[undefined], undefined, undefined],
  [[true, undefined], undefined, true],
  [[false, undefined], false, undefined],
  [[true, undefined, false], false, true],
  [[true, true], true, true],
])('%j: all %s, some %s', (values, every, any) => {
  expect(all(values)).toBe(every);
  expect(some(values)).toBe(any);
  expect(not(some(values.map(not)))).toBe(every);
});
