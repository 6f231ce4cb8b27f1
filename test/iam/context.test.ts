import { expect, it } from 'vitest';
import { ABSENT, contextOf, known, layered, PRESENT, UNKNOWN } from '../../src/iam/context.ts';

it('contextOf does not mind the case of a key, and knows nothing of others', () => {
  const context = contextOf([['aws:SourceIp', known('10.0.0.1')]]);
  expect(context('aws:sourceip')).toEqual({ kind: 'known', values: ['10.0.0.1'] });
  expect(context('aws:username')).toEqual(UNKNOWN);
});

it.each([
  ['nobody knows', [UNKNOWN, UNKNOWN], UNKNOWN],
  ['the first that knows speaks', [known('a'), known('b')], known('a')],
  ['absence is known', [ABSENT, known('b')], ABSENT],
  ['presence is less than a value', [PRESENT, known('b')], known('b')],
  ['presence is more than nothing', [UNKNOWN, PRESENT, UNKNOWN], PRESENT],
  ['presence is no absence', [PRESENT, ABSENT], PRESENT],
  ['presence is no absence, and may have a value', [PRESENT, ABSENT, known('b')], known('b')],
  ['absence comes first', [ABSENT, PRESENT], ABSENT],
  ['none', [], UNKNOWN],
] as const)('layered: %s', (_, values, expected) => {
  expect(layered(...values.map(value => () => value))('k')).toEqual(expected);
});
