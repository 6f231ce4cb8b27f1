import { type Action, actionAt } from '../catalog/action.ts';
import {
  type ActionSet,
  actionSetOf,
  actionsIn,
  fullSet,
  has,
  intersect,
  isEmpty,
  isSubset,
  minus,
} from '../catalog/actionSet.ts';
import { once } from '../catalog/once.ts';
import type { Entry } from './entry.ts';

/**
 * The catalogue's actions told apart only as far as the statements do, and those with resources from those without. Found
 * one after the other, as many as are asked for.
 */
export function* classesIn(actions: ActionSet, entries: Iterable<Entry>): Generator<ActionSet, void> {
  const sets = new Set([...entries].map(({ reading }) => reading.known()).filter(set => !isSubset(actions, set)));
  sets.add(withoutResource());
  for (let rest = actions; !isEmpty(rest); ) {
    const example = firstIn(rest);
    let those = rest;
    for (const set of sets) those = has(set, example) ? intersect(those, set) : minus(those, set);
    yield those;
    rest = minus(rest, those);
  }
}

export function firstIn({ words }: ActionSet): Action {
  const at = Array.prototype.findIndex.call(words, word => word !== 0);
  const word = words[at]!;
  return actionAt(at * 32 + 31 - Math.clz32(word & -word));
}

const withoutResource = once(() => actionSetOf([...actionsIn(fullSet())].filter(action => action.wildcardOnly)));
