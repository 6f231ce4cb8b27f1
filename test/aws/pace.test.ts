import { describe, expect, test } from 'vitest';
import { iam, type Operation, rolesAnywhere } from '../../src/aws/operation.ts';
import { type Clock, paceAt } from '../../src/aws/pace.ts';

const LIST = rolesAnywhere('ListTrustAnchors', 'trust anchor');
const TAGS = rolesAnywhere('ListTagsForResource', 'tagging');
const LOOKUP: Operation = { name: 'cloudtrail:LookupEvents', family: 'LookupEvents', perSecond: 2 };
const ROLES = iam('ListRoles');

/** Stands still; tells how long it was asked to sleep. */
function stillClock(): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  return { slept, now: () => 1000, sleep: async milliseconds => void slept.push(milliseconds) };
}

describe('turns asked for all at once', () => {
  test.each([
    [
      'one family, one region',
      [
        [LIST, 'a'],
        [LIST, 'a'],
        [LIST, 'a'],
      ],
      [1000, 2000],
    ],
    [
      'one family, two regions',
      [
        [LIST, 'a'],
        [LIST, 'b'],
      ],
      [],
    ],
    [
      'two families',
      [
        [LIST, 'a'],
        [TAGS, 'a'],
      ],
      [],
    ],
    [
      'two a second',
      [
        [LOOKUP, 'a'],
        [LOOKUP, 'a'],
        [LOOKUP, 'a'],
      ],
      [500, 1000],
    ],
    [
      'no published rate',
      [
        [ROLES, 'a'],
        [ROLES, 'a'],
      ],
      [],
    ],
  ] as const)('%s', async (_name, turns, slept) => {
    const clock = stillClock();
    const pace = paceAt({ limited: true, margin: 1, clock, onWait: () => undefined });
    for (const [operation, region] of turns) await pace.turn(operation, region);
    expect(clock.slept).toEqual(slept);
  });

  test('with no limits there is no waiting', async () => {
    const clock = stillClock();
    const pace = paceAt({ limited: false, margin: 1, clock, onWait: () => undefined });
    for (const region of ['a', 'a', 'a']) await pace.turn(LIST, region);
    expect(clock.slept).toEqual([]);
  });
});

test('throttled all the same, the family waits in that region, limits or not', async () => {
  const clock = stillClock();
  const told: string[] = [];
  const pace = paceAt({
    limited: false,
    margin: 1,
    clock,
    onWait: ({ family }, region) => told.push(`${family} ${region}`),
  });
  pace.slowDown(ROLES, 'a', 700);
  await pace.turn(ROLES, 'a');
  await pace.turn(ROLES, 'b');
  expect(clock.slept).toEqual([700]);
  expect(told).toEqual(['IAM a']);
});
