import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/rules/rule.ts';
import { eventRule } from '../rules/detect/timeline.ts';
import { type Happening, type RunPlan, runs } from './account.ts';
import { EACH, named, PAIR, SELDOM, THREE } from './rules.ts';

const NEW = named(
  'new',
  eventRule({
    type: 'new_terms',
    tables: '[rule.new_terms]\nvalue = ["user.name"]\n[[rule.new_terms.history_window_start]]\nvalue = "now-5h"',
  }),
);

const DAY = 24 * 60;

const happening = fc.record({
  minute: fc.nat(2 * DAY),
  delay: fc.nat(15),
  region: fc.constantFrom('eu-west-1', 'us-east-1'),
  name: fc.constantFrom('A', 'B'),
  user: fc.constantFrom('alice', 'bob'),
});
const happenings = fc.array(happening, { maxLength: 40 });
const plans = fc.array(fc.record({ minute: fc.nat(2 * DAY), failing: fc.subarray(['eu-west-1', 'us-east-1']) }), {
  maxLength: 8,
});

type Made = readonly (Omit<Happening, 'id' | 'at'> & { readonly minute: number; readonly delay: number })[];

function happensOf(made: Made, withDelay: boolean): readonly Happening[] {
  return made.map(({ minute, delay, ...rest }, at) => ({
    ...rest,
    id: `e${String(at).padStart(2, '0')}`,
    at: `${minute}m`,
    delivered: `${minute + (withDelay ? delay : 0)}m`,
  }));
}

/** Whatever runs there were, one in the end that can read everything. */
function plansOf(
  made: readonly { readonly minute: number; readonly failing: readonly string[] }[],
  rules: readonly Rule[],
): RunPlan[] {
  const inTime = made.toSorted((a, b) => a.minute - b.minute);
  return [...inTime.map(({ minute, failing }) => ({ at: `${minute}m`, rules, failing })), { at: `${3 * DAY}m`, rules }];
}

function toldIn(happens: readonly Happening[], planned: readonly RunPlan[]): readonly string[] {
  return runs(happens, planned)
    .flatMap(({ told }) => told)
    .sort();
}

describe('whenever runs are, and whatever fails in them', () => {
  it('each event is told once, in spite of delays', () => {
    fc.assert(
      fc.property(happenings, plans, (made, at) => {
        const happens = happensOf(made, true);
        expect(toldIn(happens, plansOf(at, [EACH]))).toEqual(toldIn(happens, plansOf([], [EACH])));
      }),
    );
  });

  it('where nothing fails, sequences and what is new are those of one run over all of it', () => {
    fc.assert(
      fc.property(happenings, plans, (made, at) => {
        const happens = happensOf(made, false);
        const planned = at.map(plan => ({ ...plan, failing: [] }));
        expect(toldIn(happens, plansOf(planned, [PAIR, NEW]))).toEqual(toldIn(happens, plansOf([], [PAIR, NEW])));
      }),
      { numRuns: 100 },
    );
  });

  it('where the first can read everything, no sequence is missed, and nothing that is new', () => {
    fc.assert(
      fc.property(happenings, plans, (made, at) => {
        const happens = happensOf(made, false);
        const [first, ...rest] = plansOf(at, [PAIR, NEW]);
        const told = toldIn(happens, [{ ...first!, failing: [] }, ...rest]);
        expect(told).toEqual(expect.arrayContaining([...toldIn(happens, plansOf([], [PAIR, NEW]))]));
      }),
      { numRuns: 100 },
    );
  });

  const dense = fc
    .array(happening, { minLength: 10, maxLength: 60 })
    .map(made => made.map(each => ({ ...each, minute: each.minute % 500 })));
  it.each([
    ['burst', THREE, 65],
    ['suppressing match', SELDOM, 120],
  ])('where nothing fails, no %s passes without a word', (_, rule, minutes) => {
    fc.assert(
      fc.property(dense, plans, (made, at) => {
        const happens = happensOf(made, false);
        const planned = at.map(plan => ({ ...plan, minute: plan.minute % 500, failing: [] }));
        const minuteOf = (word: string) => made[Number(word.slice(-2))]!.minute;
        const told = toldIn(happens, plansOf(planned, [rule])).map(minuteOf);
        const missed = toldIn(happens, plansOf([], [rule])).filter(
          word => !told.some(minute => Math.abs(minute - minuteOf(word)) <= minutes),
        );
        expect(missed).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
