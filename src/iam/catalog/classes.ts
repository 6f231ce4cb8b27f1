import { once } from '../../memo/once.ts';
import { type Action, actionAt } from './action.ts';
import { type ActionSet, actionSetOfIds, has, intersect, isEmpty, isSubset, minus } from './actionSet.ts';
import { idsWithoutResource } from './service.ts';
import { rows } from './table.ts';

/** The actions told apart only as far as the sets do. Found one after the other, as many as are asked for. */
export function* classesIn(actions: ActionSet, sets: Iterable<ActionSet>): Generator<ActionSet, void> {
  const telling = [...new Set(sets)].filter(set => !isSubset(actions, set));
  for (let rest = actions; !isEmpty(rest); ) {
    const example = firstIn(rest);
    let those = rest;
    for (const set of telling) those = has(set, example) ? intersect(those, set) : minus(those, set);
    yield those;
    rest = minus(rest, those);
  }
}

export function firstIn({ words }: ActionSet): Action {
  const at = Array.prototype.findIndex.call(words, word => word !== 0);
  const word = words[at]!;
  return actionAt(at * 32 + 31 - Math.clz32(word & -word));
}

/** Those that are about no resource: see Action's `wildcardOnly`. */
export const withoutResource = once(() => actionSetOfIds(rows().flatMap(idsWithoutResource)));
