import { describe, expect, it } from 'vitest';
import { gatesPerAnchor } from '../../../src/iam/gate/perAnchor.ts';
import { ACCOUNT, allow, CN, DEFAULT_MAPPINGS, deny, NOW, trustOf } from './build.ts';

const arnOf = (id: string, region = 'eu-west-1') => `arn:aws:rolesanywhere:${region}:${ACCOUNT}:trust-anchor/${id}`;
const ARNS = [arnOf('a1'), arnOf('b1'), arnOf('a2'), arnOf('a1', 'us-east-1'), arnOf('A2')];
const held = (operator: string, ...values: readonly string[]) => ({ [operator]: { 'aws:SourceArn': values } });

function gatesOf(statements: readonly object[]) {
  const about = { mappings: DEFAULT_MAPPINGS, acceptsSessionName: undefined, now: NOW };
  return gatesPerAnchor({ trust: trustOf(statements), ...about });
}

describe('the gates of many trust anchors', () => {
  it.each<[string, readonly object[], readonly (readonly [boolean | undefined, ...(readonly number[])])[]]>([
    ['none is asked for', [allow()], [[true, 0, 1, 2, 3, 4]]],
    ['nobody gets in', [], [[false, 0, 1, 2, 3, 4]]],
    [
      'one is named',
      [allow(held('ArnEquals', arnOf('b1')))],
      [
        [true, 1],
        [false, 0, 2, 3, 4],
      ],
    ],
    [
      'one is denied',
      [allow(), deny(held('ArnEquals', arnOf('b1')))],
      [
        [false, 1],
        [true, 0, 2, 3, 4],
      ],
    ],
    [
      'two are, in two spellings',
      [allow(held('StringEquals', arnOf('a2')))],
      [
        [true, 2],
        [false, 4],
        [false, 0, 1, 3],
      ],
    ],
    ['one that is not there', [allow(held('ArnEquals', arnOf('c1')))], [[false, 0, 1, 2, 3, 4]]],
    [
      'those of a pattern',
      [allow(held('ArnLike', arnOf('a*')))],
      [
        [true, 0, 2],
        [false, 1, 4],
        [false, 3],
      ],
    ],
    [
      'all by a pattern, each region for itself',
      [allow(held('ArnLike', arnOf('*', '*')))],
      [
        [true, 0, 1, 2, 4],
        [true, 3],
      ],
    ],
    [
      'each by its name in a value',
      [allow({ StringEquals: { [CN]: '${aws:SourceArn}' } })],
      [
        [true, 0],
        [true, 1],
        [true, 2],
        [true, 3],
        [true, 4],
      ],
    ],
  ])('%s', (_, statements, expected) => {
    const gates = gatesOf(statements);
    const among = gates.among(ARNS);
    expect(among.map(({ gate, at }) => [gate.open, ...at()])).toEqual(expected);
    for (const { gate, at } of among) for (const place of at()) expect(gates(ARNS[place]!)).toBe(gate);
  });

  it.each([
    ['by a pattern', (name: string) => [allow({ ...held('ArnLike', arnOf('*')), StringEquals: { [CN]: name } })]],
    ['not at all', (name: string) => [allow({ StringEquals: { [CN]: name } })]],
  ])('are listed once for all policies that tell them apart %s', (_, statements) => {
    const [one, other] = ['one', 'other'].map(name => gatesOf(statements(name)).among(ARNS));
    expect(one!.map(({ at }) => at())).toEqual(other!.map(({ at }) => at()));
    for (const [place, { at }] of one!.entries()) expect(at()).toBe(other![place]!.at());
  });
});
