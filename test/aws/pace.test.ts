import { describe, expect, test } from 'vitest';
import { iam, type Operation, rolesAnywhere } from '../../src/aws/operation.ts';
import { type Clock, paceAt } from '../../src/aws/pace.ts';

const LIST = rolesAnywhere('ListTrustAnchors', 'trust anchor');
const TAGS = rolesAnywhere('ListTagsForResource', 'tagging');
const LOOKUP: Operation = { name: 'cloudtrail:LookupEvents', family: 'LookupEvents', perSecond: 2 };
const ROLES = iam('ListRoles');
const WHO: Operation = { name: 'sts:GetCallerIdentity', family: 'STS', perSecond: undefined };

/** A clock that goes on only as far as it is told; sleepers wake on the way. */
function handClock(): Clock & { advance(milliseconds: number): Promise<void> } {
  let time = 0;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => time,
    sleep: milliseconds => new Promise(wake => sleepers.push({ at: time + milliseconds, wake })),
    async advance(milliseconds) {
      const end = time + milliseconds;
      for (;;) {
        await settled();
        const next = sleepers.toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined || next.at > end) break;
        time = next.at;
        sleepers = sleepers.filter(each => each !== next);
        next.wake();
      }
      time = end;
    },
  };
}

const settled = () => new Promise(resolve => setImmediate(resolve));

type Turn = readonly [Operation, string];

/** A pace whose turns write down when they were given. */
function paced(limited: boolean) {
  const clock = handClock();
  const told: string[] = [];
  const given: number[] = [];
  const onWait = ({ family }: Operation, region: string) => void told.push(`${family} ${region}`);
  const pace = paceAt({ limited, margin: 1, clock, onWait });
  const ask = (...turns: readonly Turn[]) => {
    for (const [operation, region] of turns) void pace.turn(operation, region).then(() => given.push(clock.now()));
  };
  return { pace, clock, told, given, ask };
}

describe('turns asked for all at once', () => {
  const A: Turn = [LIST, 'a'];
  test.each<[string, readonly Turn[], readonly number[]]>([
    ['one family, one region', [A, A, A], [0, 1000, 2000]],
    ['one family, two regions', [A, [LIST, 'b']], [0, 0]],
    ['two families', [A, [TAGS, 'a']], [0, 0]],
    [
      'two a second',
      [
        [LOOKUP, 'a'],
        [LOOKUP, 'a'],
        [LOOKUP, 'a'],
      ],
      [0, 500, 1000],
    ],
    [
      'IAM',
      [
        [ROLES, 'a'],
        [ROLES, 'a'],
      ],
      [0, 100],
    ],
    [
      'no rate',
      [
        [WHO, 'a'],
        [WHO, 'a'],
      ],
      [0, 0],
    ],
  ])('%s', async (_name, turns, expected) => {
    const { clock, given, ask } = paced(true);
    ask(...turns);
    await clock.advance(5000);
    expect(given).toEqual(expected);
  });

  test('with no limits there is no waiting', async () => {
    const { clock, given, ask } = paced(false);
    ask(A, A, A);
    await clock.advance(5000);
    expect(given).toEqual([0, 0, 0]);
  });
});

describe('throttled all the same', () => {
  test('the family waits in that region, turns that were asked for before it too', async () => {
    const { pace, clock, told, given, ask } = paced(true);
    ask([LIST, 'a'], [LIST, 'a'], [LIST, 'a']);
    await clock.advance(500);
    pace.slowDown(LIST, 'a', 2000);
    ask([LIST, 'b']);
    await clock.advance(9000);
    expect(given).toEqual([0, 500, 2500, 3500]);
    expect(told).toEqual(['trust anchor a', 'trust anchor a']);
  });

  test.each([
    ['one by one', true, [700, 800, 900]],
    ['together where nothing limits them', false, [700, 700, 700]],
  ])('whoever waited leaves %s', async (_, limited, expected) => {
    const { pace, clock, given, ask } = paced(limited);
    pace.slowDown(ROLES, 'a', 700);
    ask([ROLES, 'a'], [ROLES, 'a'], [ROLES, 'a']);
    await clock.advance(9000);
    expect(given).toEqual(expected);
  });

  test('twice, the longer wait holds', async () => {
    const { pace, clock, given, ask } = paced(true);
    pace.slowDown(LIST, 'a', 4000);
    pace.slowDown(LIST, 'a', 500);
    ask([LIST, 'a']);
    await clock.advance(9000);
    expect(given).toEqual([4000]);
  });
});

test('a turn that was given up does not stop those behind it', async () => {
  const stop = new Error('stopped');
  let sleeps = 0;
  const sleep = async () => {
    sleeps += 1;
    throw stop;
  };
  const pace = paceAt({ limited: true, margin: 1, clock: { now: () => 0, sleep }, onWait: () => undefined });
  await pace.turn(LIST, 'a');
  const turns = await Promise.allSettled([pace.turn(LIST, 'a'), pace.turn(LIST, 'a')]);
  expect(turns.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(sleeps).toBe(2);
});
