import { remembering } from '../../memo/remembering.ts';
import { type Action, actionNamed } from '../catalog/action.ts';
import { type ActionSet, actionSetOf, fullSet, minus, unionOf } from '../catalog/actionSet.ts';
import { actionsMatching } from '../catalog/matching.ts';
import type { Patterns } from '../policy.ts';

/** The known actions that `Action` or `NotAction` covers. */
export function actionsCovered(patterns: Patterns): ActionSet {
  const known = covered.get(patterns);
  if (known !== undefined) return known;
  const listed = actionsListed(JSON.stringify(patterns.values));
  const set = patterns.negated ? minus(fullSet(), listed) : listed;
  covered.set(patterns, set);
  return set;
}

const covered = new WeakMap<Patterns, ActionSet>();

/** Distinct lists of a large account; many roles are made after one model. */
const REMEMBERED = 2_000;

/** Of a list of patterns as JSON. Most patterns are names, and a name is looked up. */
const actionsListed = remembering((json: string): ActionSet => {
  const named: Action[] = [];
  const sets: ActionSet[] = [];
  for (const pattern of JSON.parse(json) as readonly string[]) {
    const action = actionNamed(pattern);
    if (action !== undefined) named.push(action);
    else if (/[*?]/.test(pattern)) sets.push(actionsMatching(pattern));
  }
  return unionOf(named.length === 0 ? sets : [actionSetOf(named), ...sets]);
}, REMEMBERED);
