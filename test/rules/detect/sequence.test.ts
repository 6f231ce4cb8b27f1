import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { detectorOf } from '../../../src/rules/detect/detectorOf.ts';
import { eventOf, eventRule, type Step, said } from './timeline.ts';

const rule = (query: string, settings = '') => eventRule({ type: 'eql', query, settings });
const byName = rule(`sequence by user.name with maxspan=15m
  [any where event.action == "A"]
  [any where event.action == "B" and event.outcome == "success"]`);

const a = (name = 'ann') => ({ 'user.name': name, 'event.outcome': 'success' });
const b = (name = 'ann') => ({ ...a(name), 'event.action': 'B' });

describe('a sequence', () => {
  it.each<[string, readonly Step[], readonly string[]]>([
    [
      'one after the other',
      [
        ['0m', 'e1', a()],
        ['5m', 'e2', b()],
      ],
      ['e1>e2'],
    ],
    [
      'the other way round',
      [
        ['0m', 'e1', b()],
        ['5m', 'e2', a()],
      ],
      [],
    ],
    [
      'of another user',
      [
        ['0m', 'e1', a()],
        ['5m', 'e2', b('bob')],
      ],
      [],
    ],
    [
      'of nobody',
      [
        ['0m', 'e1', { 'event.action': 'A' }],
        ['5m', 'e2', { 'event.action': 'B', 'event.outcome': 'success' }],
      ],
      [],
    ],
    [
      'all of maxspan',
      [
        ['0m', 'e1', a()],
        ['15m', 'e2', b()],
      ],
      ['e1>e2'],
    ],
    [
      'a second more',
      [
        ['0m', 'e1', a()],
        ['901s', 'e2', b()],
      ],
      [],
    ],
    [
      'from the last first',
      [
        ['0m', 'e1', a()],
        ['1m', 'e2', a()],
        ['2m', 'e3', b()],
      ],
      ['e2>e3'],
    ],
    [
      'a match is used up',
      [
        ['0m', 'e1', a()],
        ['1m', 'e2', b()],
        ['2m', 'e3', b()],
      ],
      ['e1>e2'],
    ],
    [
      'two users at a time',
      [
        ['0m', 'e1', a()],
        ['1m', 'e2', a('bob')],
        ['2m', 'e3', b('bob')],
        ['3m', 'e4', b()],
      ],
      ['e2>e3', 'e1>e4'],
    ],
    [
      'at one time, by their ids',
      [
        ['0m', 'e1', a()],
        ['0m', 'e2', b()],
      ],
      ['e1>e2'],
    ],
    [
      'what a step asks beyond the action',
      [
        ['0m', 'e1', a()],
        ['1m', 'e2', { ...b(), 'event.outcome': 'failure' }],
      ],
      [],
    ],
  ])('%s', (_, steps, expected) => {
    expect(said(byName, steps)).toEqual(expected);
  });

  it('of one time goes by the tiebreaker where the rule names one', () => {
    const tied = rule(
      'sequence by user.name [any where event.action == "A"] [any where event.action == "B"]',
      'tiebreaker_field = "event.id"',
    );
    const steps: readonly Step[] = [
      ['0m', 'e1', { ...b(), 'event.id': '2' }],
      ['0m', 'e2', { ...a(), 'event.id': '1' }],
    ];
    expect(said(tied, steps)).toEqual(['e2>e1']);
  });

  it.each([
    ['as long as the rule looks back', 'from = "now-30m"', '30m', ['e1>e2']],
    ['and no longer', 'from = "now-30m"', '31m', []],
    ['six minutes where it does not say', '', '6m', ['e1>e2']],
    ['and no longer', '', '7m', []],
  ])('without a maxspan takes %s', (_, settings, when, expected) => {
    const free = rule(
      'sequence by user.name [any where event.action == "A"] [any where event.action == "B"]',
      settings,
    );
    expect(
      said(free, [
        ['0m', 'e1', a()],
        [when, 'e2', b()],
      ]),
    ).toEqual(expected);
  });

  it('ends with until', () => {
    const until = rule(`sequence by user.name with maxspan=1h
      [any where event.action == "A"] [any where event.action == "B"] until [any where event.action == "C"]`);
    const end: Step = ['1m', 'e2', { ...a(), 'event.action': 'C' }];
    expect(said(until, [['0m', 'e1', a()], end, ['2m', 'e3', b()]])).toEqual([]);
    expect(said(until, [['0m', 'e1', a()], ['1m', 'e3', b()], ['2m', ...end.slice(1)] as unknown as Step])).toEqual([
      'e1>e3',
    ]);
  });

  it('with runs, and a step that asks the same', () => {
    const runs = rule('sequence by user.name with maxspan=1h [any where event.action == "A"] with runs=3');
    expect(
      said(
        runs,
        ['0m', '1m', '2m', '3m'].map((when, n): Step => [when, `e${n}`, a()]),
      ),
    ).toEqual(['e0>e1>e2', 'e1>e2>e3']);
  });
});

describe('what is not known', () => {
  it.each<[string, readonly Step[], readonly string[]]>([
    ['whose it is', [['0m', 'e1', { ...a(), 'user.name': null, unknown: ['user'] }]], ['e1 not evaluated (user.name)']],
    [
      'whether it is a step',
      [
        ['0m', 'e1', a()],
        ['1m', 'e2', { 'event.action': 'B', 'user.name': 'ann', unknown: ['event.outcome'] }],
      ],
      ['e1>e2 not evaluated (event.outcome)'],
    ],
    [
      'what does not matter',
      [
        ['0m', 'e1', { ...a(), unknown: ['source.as'] }],
        ['1m', 'e2', b()],
      ],
      ['e1>e2'],
    ],
  ])('%s', (_, steps, expected) => {
    expect(said(byName, steps)).toEqual(expected);
  });
});

it('gives up keys beyond its limit, and says how many', () => {
  const detector = detectorOf(byName, { most: 10 });
  for (let n = 0; n < 100; n += 1) detector.push(eventOf([`${n}s`, `e${n}`, a(`n${n}`)]));
  detector.end();
  expect(detector.forgotten).toBe(90);
});

it('of the events that begin one keeps what is told about them, and lets go of the rest', async () => {
  const detector = detectorOf(byName);
  const push = (step: Step) => {
    const event = eventOf(step);
    return { told: detector.push(event), held: new WeakRef(event) };
  };
  const begun = Array.from({ length: 10 }, (_, n) => push([`${n}s`, `e${n}`, a(`n${n}`)]).held);
  push(['1m', 'later', b()]);
  await collected();
  expect(begun.map(ref => ref.deref()?.id).filter(id => id !== undefined)).toEqual([]);
  expect([...push(['2m', 'e10', b('n3')]).told, ...detector.end()]).toMatchObject([
    { event: { id: 'e10', document: {} }, events: [{ id: 'e3' }, { id: 'e10' }] },
  ]);
});

/** After the next turn nothing is held for the sake of those who asked in this one. */
async function collected(): Promise<void> {
  setFlagsFromString('--expose-gc');
  await new Promise(setImmediate);
  runInNewContext('gc')();
}

it('an event by itself', () => {
  const single = rule('info where event.action == "A"', 'event_category_override = "event.type"');
  expect(
    said(single, [
      ['0m', 'e1', { 'event.type': 'info' }],
      ['1m', 'e2', { 'event.type': 'start' }],
      ['2m', 'e3', { unknown: ['event.type'] }],
    ]),
  ).toEqual(['e1', 'e3 not evaluated (event.type)']);
});
