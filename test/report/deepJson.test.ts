import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deepJson } from '../../src/report/deepJson.ts';

it.each([
  [
    {
      a: undefined,
      b: [undefined, () => 1],
      c: Number.NaN,
      d: new Date(0),
      e: {},
      f: [],
      g: null,
      h: { i: undefined },
    },
  ],
  [{ __proto__: 1, 'a"b': '\u2028\ud800' }],
  [[[], [[]], {}]],
  [new Date(0)],
  ['text'],
  [null],
])('is what JSON.stringify gives: %j', value => {
  for (const indent of [0, 1, 2]) expect(deepJson(value, indent)).toBe(JSON.stringify(value, undefined, indent));
});

it('is what JSON.stringify gives for any JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 2), (value, indent) => {
      expect(deepJson(value, indent)).toBe(JSON.stringify(value, undefined, indent));
    }),
  );
});

it('is null where JSON has no word', () => {
  expect(deepJson(undefined)).toBe('null');
});
