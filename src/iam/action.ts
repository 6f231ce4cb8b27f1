import { actionNamed } from './catalog/action.ts';
import { folded } from './catalog/fold.ts';
import { type Glob, globOf, matches } from './glob.ts';
import type { Patterns } from './policy.ts';

/** Whether `Action` or `NotAction` covers this action. Case does not matter; `*` is any run, `?` one character. */
export function coversAction(patterns: Patterns, action: string): boolean {
  const lower = folded(action);
  return patterns.values.some(pattern => matchesAction(pattern, lower)) !== patterns.negated;
}

/** A pattern with white space or a comma in it matches nothing, and neither does one without a colon, save `*`. */
function matchesAction(pattern: string, lower: string): boolean {
  if (/^\*+$/.test(pattern)) return true;
  return pattern.includes(':') && !/[\s,]/.test(pattern) && matches(actionGlob(pattern), lower);
}

const REMEMBERED = 20_000;
const remembered = new Map<string, Glob>();

function actionGlob(pattern: string): Glob {
  const known = remembered.get(pattern);
  if (known !== undefined) return known;
  if (remembered.size >= REMEMBERED) remembered.clear();
  const glob = globOf(folded(pattern));
  remembered.set(pattern, glob);
  return glob;
}

/** Whether the action has no resource of its own, so that only `Resource: "*"` can grant it. */
export function isWildcardOnly(action: string): boolean {
  return actionNamed(action)?.wildcardOnly === true;
}

/** AWS answers it whatever a policy says (STS API, GetCallerIdentity). */
export function isAlwaysAllowed(action: string): boolean {
  return action.toLowerCase() === 'sts:getcalleridentity';
}
