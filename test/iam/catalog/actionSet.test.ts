import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Action, actionAt, actionCount } from '../../../src/iam/catalog/action.ts';
import {
  actionSetOf,
  actionsIn,
  emptySet,
  equals,
  fullSet,
  has,
  intersect,
  isEmpty,
  isSubset,
  keyOf,
  minus,
  size,
  union,
} from '../../../src/iam/catalog/actionSet.ts';

const runs = { numRuns: 200, seed: 7 };
const last = actionCount() - 1;

/** Both ends of words and of the catalogue are likely. */
const anAction = fc
  .oneof(fc.constantFrom(0, 1, 31, 32, 63, 64, last - 1, last), fc.nat({ max: last }))
  .map(id => actionAt(id));
const someActions = fc.array(anAction, { maxLength: 30 });
const list = (actions: ReadonlySet<Action>) => [...actions].sort((a, b) => a.id - b.id);

describe('an action set is a Set of actions', () => {
  it.each([
    ['union', union, (a: Set<Action>, b: Set<Action>) => [...a, ...b]],
    ['intersect', intersect, (a: Set<Action>, b: Set<Action>) => [...a].filter(each => b.has(each))],
    ['minus', minus, (a: Set<Action>, b: Set<Action>) => [...a].filter(each => !b.has(each))],
  ] as const)('%s', (_, ours, model) => {
    fc.assert(
      fc.property(someActions, someActions, (a, b) => {
        const [left, right] = [actionSetOf(a), actionSetOf(b)];
        const before = [keyOf(left), keyOf(right)];
        expect([...actionsIn(ours(left, right))]).toEqual(list(new Set(model(new Set(a), new Set(b)))));
        expect([keyOf(left), keyOf(right)]).toEqual(before);
      }),
      runs,
    );
  });

  it('has, size, isEmpty, and its actions in order', () => {
    fc.assert(
      fc.property(someActions, anAction, (actions, other) => {
        const [ours, model] = [actionSetOf(actions), new Set(actions)];
        expect([...actionsIn(ours)]).toEqual(list(model));
        expect(size(ours)).toBe(model.size);
        expect(isEmpty(ours)).toBe(model.size === 0);
        expect(has(ours, other)).toBe(model.has(other));
      }),
      runs,
    );
  });

  it('equals, isSubset and keyOf', () => {
    fc.assert(
      fc.property(someActions, fc.subarray([0, 1, 2, 3, 4, 5]), (actions, places) => {
        const [whole, part] = [actionSetOf(actions), actionSetOf(actions.filter((_, n) => places.includes(n)))];
        const same = size(whole) === size(part);
        expect(isSubset(part, whole)).toBe(true);
        expect(isSubset(whole, part)).toBe(same);
        expect(equals(whole, part)).toBe(same);
        expect(keyOf(whole) === keyOf(part)).toBe(same);
      }),
      runs,
    );
  });

  it('from nothing to everything', () => {
    expect(size(emptySet())).toBe(0);
    expect(isEmpty(emptySet())).toBe(true);
    expect(size(fullSet())).toBe(actionCount());
    expect([...actionsIn(fullSet())].at(-1)).toBe(actionAt(last));
    expect(isEmpty(minus(fullSet(), fullSet()))).toBe(true);
    expect(equals(union(emptySet(), fullSet()), fullSet())).toBe(true);
  });
});
