import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/rules/rule.ts';
import { eventRule } from '../rules/detect/timeline.ts';
import { type Happening, type RunPlan, runs } from './account.ts';
import { EACH, named, PAIR, SELDOM, THREE } from './rules.ts';

const OTHER = named('other', eventRule({ type: 'query', query: 'event.action: B' }));
const AS_OTHER = named('each', eventRule({ type: 'query', query: 'event.action: (A or B)' }));
const OVERLAP = named('each', eventRule({ type: 'query', settings: 'from = "now-2h"\ninterval = "30m"' }));
const NEW = named(
  'new',
  eventRule({
    type: 'new_terms',
    tables: '[rule.new_terms]\nvalue = ["user.name"]\n[[rule.new_terms.history_window_start]]\nvalue = "now-3d"',
  }),
);
const UNSURE = named('unsure', eventRule({ type: 'query', query: 'event.action: A and user_agent.name: curl' }));

interface Case {
  readonly says: string;
  readonly rules: readonly Rule[];
  readonly happens: readonly Happening[];
  /** When each run is, what is special about it, and what it tells. */
  readonly runs: readonly (readonly [at: string, told: readonly string[], special?: Partial<RunPlan>])[];
}

const east = 'us-east-1';

const CASES: readonly Case[] = [
  {
    says: 'each event once, and the first run as far back as CloudTrail goes',
    rules: [EACH],
    happens: [
      { id: 'a', at: '-89d' },
      { id: 'b', at: '1h' },
      { id: 'c', at: '25h' },
      { id: 'gone', at: '-91d' },
    ],
    runs: [
      ['2h', ['each a', 'each b']],
      ['26h', ['each c']],
      ['50h', []],
    ],
  },
  {
    says: 'an event of the moment in which a run ends',
    rules: [EACH],
    happens: [
      { id: 'a', at: '2h' },
      { id: 'b', at: '26h' },
    ],
    runs: [
      ['2h', ['each a']],
      ['26h', ['each b']],
      ['50h', []],
    ],
  },
  {
    says: 'an event that is delivered after the run that would have told it',
    rules: [EACH],
    happens: [
      { id: 'a', at: '118m', delivered: '125m' },
      { id: 'b', at: '119m' },
    ],
    runs: [
      ['2h', ['each b']],
      ['3h', ['each a']],
      ['4h', []],
    ],
  },
  {
    says: 'one that is later than AWS says, where the rule itself looks back further than its runs are apart',
    rules: [OVERLAP],
    happens: [{ id: 'a', at: '1h', delivered: '125m' }],
    runs: [
      ['2h', []],
      ['3h', ['each a']],
      ['4h', []],
    ],
  },
  {
    says: 'runs closer together than CloudTrail is late',
    rules: [EACH, PAIR],
    happens: [
      { id: 'a', at: '61m' },
      { id: 'b', at: '64m', name: 'B' },
      { id: 'late', at: '62m', delivered: '71m' },
    ],
    runs: [
      ['60m', []],
      ['65m', ['each a', 'pair b']],
      ['70m', []],
      ['75m', ['each late']],
      ['80m', []],
    ],
  },
  {
    says: 'the same event in two regions once',
    rules: [EACH],
    happens: [
      { id: 'a', at: '1h' },
      { id: 'a', at: '1h', region: east },
    ],
    runs: [
      ['2h', ['each a']],
      ['3h', []],
    ],
  },
  {
    says: 'the same event once, though one of its regions could not be read at first',
    rules: [EACH],
    happens: [
      { id: 'a', at: '3h' },
      { id: 'a', at: '3h', region: east },
    ],
    runs: [
      ['2h', []],
      ['4h', ['each a'], { failing: [east], regions: [east, 'eu-west-1'] }],
      ['5h', []],
    ],
  },
  {
    says: 'a region that failed is read from where it last succeeded, and what it did tell is not told again',
    rules: [EACH],
    happens: [
      { id: 'a', at: '3h', region: east },
      { id: 'b', at: '4h', region: east },
      { id: 'c', at: '5h' },
    ],
    runs: [
      ['2h', []],
      ['6h', ['each b', 'each c'], { failing: [east] }],
      ['30h', ['each a']],
      ['54h', []],
    ],
  },
  {
    says: 'a region that was left out for a while',
    rules: [EACH],
    happens: [
      { id: 'a', at: '3h', region: east },
      { id: 'b', at: '4h' },
    ],
    runs: [
      ['2h', []],
      ['5h', ['each b'], { regions: ['eu-west-1'] }],
      ['29h', ['each a']],
    ],
  },
  {
    says: 'a sequence whose first event lay before the last end',
    rules: [PAIR],
    happens: [
      { id: 'a', at: '90m' },
      { id: 'b', at: '3h', name: 'B' },
    ],
    runs: [
      ['2h', []],
      ['26h', ['pair b']],
      ['50h', []],
    ],
  },
  {
    says: 'a sequence whose first event lies in a region that failed',
    rules: [PAIR],
    happens: [
      { id: 'a', at: '3h', region: east },
      { id: 'a2', at: '20h', region: east },
      { id: 'b', at: '4h', name: 'B' },
    ],
    runs: [
      ['2h', []],
      ['26h', [], { failing: [east] }],
      ['50h', ['pair b']],
      ['74h', []],
    ],
  },
  {
    says: 'what is new, by the history before it, and nothing old as new because the history read is short',
    rules: [NEW],
    happens: [
      { id: 'a', at: '-60h', user: 'alice' },
      { id: 'a2', at: '-1h', user: 'alice' },
      { id: 'a3', at: '30h', user: 'alice' },
      { id: 'b', at: '31h', user: 'bob' },
      { id: 'b2', at: '55h', user: 'bob' },
      { id: 'a4', at: '140h', user: 'alice' },
    ],
    runs: [
      ['-59h', ['new a']],
      ['2h', []],
      ['32h', ['new b']],
      ['56h', []],
      ['150h', ['new a4']],
    ],
  },
  {
    says: 'a burst that began before the last end, whole; and one that goes on, again with all of it',
    rules: [THREE],
    happens: [
      { id: 'a', at: '110m' },
      { id: 'b', at: '115m' },
      { id: 'c', at: '125m' },
      { id: 'd', at: '300m' },
      { id: 'e', at: '305m' },
      { id: 'f', at: '310m' },
      { id: 'g', at: '330m' },
    ],
    runs: [
      ['2h', []],
      ['320m', ['three c', 'three f']],
      ['400m', ['three g']],
      ['500m', []],
    ],
  },
  {
    says: 'a match that suppresses others once, though they come after the run',
    rules: [SELDOM],
    happens: [
      { id: 'a', at: '90m' },
      { id: 'b', at: '110m' },
      { id: 'c', at: '3h' },
      { id: 'd', at: '5h' },
    ],
    runs: [
      ['2h', ['seldom a']],
      ['26h', ['seldom d']],
      ['50h', []],
    ],
  },
  {
    says: 'a rule that is new is asked about everything, and the others tell nothing again',
    rules: [EACH],
    happens: [
      { id: 'a', at: '-40d' },
      { id: 'b', at: '-40d', name: 'B' },
      { id: 'c', at: '3h' },
      { id: 'd', at: '4h', name: 'B' },
    ],
    runs: [
      ['2h', ['each a']],
      ['26h', ['each c', 'other b', 'other d'], { rules: [EACH, OTHER] }],
      ['50h', [], { rules: [EACH, OTHER] }],
    ],
  },
  {
    says: 'a rule over time that is new',
    rules: [EACH],
    happens: [
      { id: 'a', at: '-40d' },
      { id: 'b', at: '-959h', name: 'B' },
    ],
    runs: [
      ['2h', ['each a']],
      ['26h', ['pair b'], { rules: [EACH, PAIR] }],
      ['50h', [], { rules: [EACH, PAIR] }],
    ],
  },
  {
    says: 'a rule that asks something else than before tells what it has not told',
    rules: [EACH],
    happens: [
      { id: 'a', at: '-40d' },
      { id: 'b', at: '-40d', name: 'B' },
    ],
    runs: [
      ['2h', ['each a']],
      ['26h', ['each b'], { rules: [AS_OTHER] }],
      ['50h', [], { rules: [AS_OTHER] }],
    ],
  },
  {
    says: 'a rule that was away has missed nothing, and repeats nothing',
    rules: [EACH, OTHER],
    happens: [
      { id: 'a', at: '1h', name: 'B' },
      { id: 'b', at: '3h', name: 'B' },
    ],
    runs: [
      ['2h', ['other a']],
      ['26h', [], { rules: [EACH] }],
      ['50h', ['other b']],
    ],
  },
  {
    says: 'what cannot be evaluated is said once',
    rules: [UNSURE],
    happens: [{ id: 'a', at: '119m' }],
    runs: [
      ['2h', []],
      ['3h', []],
    ],
  },
];

describe('each run tells', () => {
  it.each(CASES)('$says', ({ rules, happens, runs: planned }) => {
    const told = runs(
      happens,
      planned.map(([at, , special]) => ({ at, rules, ...special })),
    ).map(run => run.told);
    expect(told).toEqual(planned.map(([, expected]) => expected));
  });
});

it('reads from the last end, less the delay of 15 minutes and what the rules must see before', () => {
  const hours = (rules: readonly Rule[]) =>
    runs(
      [],
      [
        { at: '0h', rules },
        { at: '24h', rules },
      ],
    ).at(-1)!.hoursBack['eu-west-1'];
  const [minute, delay] = [1 / 60, 0.25];
  expect(hours([EACH])).toBeCloseTo(24 + delay + minute);
  expect(hours([OVERLAP])).toBeCloseTo(24 + delay + 1.5);
  expect(hours([PAIR])).toBeCloseTo(24 + delay + 2 + minute);
  expect(hours([NEW, EACH])).toBeCloseTo(24 + delay + 72 + minute);
  expect(hours([SELDOM])).toBeCloseTo(24 + delay + 2 + minute);
});

it('after half a year away reads what CloudTrail has', () => {
  const [, late] = runs(
    [{ id: 'a', at: '100d' }],
    [
      { at: '0d', rules: [EACH] },
      { at: '180d', rules: [EACH] },
    ],
  );
  expect(late).toMatchObject({ told: ['each a'], hoursBack: { 'eu-west-1': 90 * 24 } });
});

it('remembers what was told for as long as it can come again', () => {
  const plans = ['0d', '80d', '91d', '92d', '200d'].map(at => ({ at, rules: [EACH] }));
  const kept = runs(
    [
      { id: 'a', at: '-0.5d' },
      { id: 'b', at: '85d' },
    ],
    plans,
  ).map(({ state }) => state.reported.map(({ event_id: id }) => id));
  expect(kept).toEqual([['a'], ['a'], ['b'], ['b'], []]);
});
