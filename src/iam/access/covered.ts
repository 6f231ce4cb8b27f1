import { type Action, actionNamed } from '../catalog/action.ts';
import { type ActionSet, actionSetOf, fullSet, minus, unionOf } from '../catalog/actionSet.ts';
import { actionsMatching } from '../catalog/matching.ts';
import type { Patterns } from '../policy.ts';

/** The known actions that `Action` or `NotAction` covers. */
export function actionsCovered(patterns: Patterns): ActionSet {
  const known = covered.get(patterns);
  if (known !== undefined) return known;
  const listed = actionsListed(patterns.values);
  const set = patterns.negated ? minus(fullSet(), listed) : listed;
  covered.set(patterns, set);
  return set;
}

const covered = new WeakMap<Patterns, ActionSet>();

/** Most patterns are names, and a name is looked up. */
function actionsListed(patterns: readonly string[]): ActionSet {
  const named: Action[] = [];
  const sets: ActionSet[] = [];
  for (const pattern of patterns) {
    const action = actionNamed(pattern);
    if (action !== undefined) named.push(action);
    else if (/[*?]/.test(pattern)) sets.push(actionsMatching(pattern));
  }
  const [only] = sets;
  if (only !== undefined && sets.length === 1 && named.length === 0) return only;
  return unionOf([actionSetOf(named), ...sets]);
}
