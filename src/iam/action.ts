import { actionNamed } from './catalog/action.ts';
import { folded } from './catalog/fold.ts';
import { type Glob, globOf, matches } from './glob.ts';
import type { Patterns } from './policy.ts';

/** Whether `Action` or `NotAction` covers this action. Case does not matter; `*` is any run, `?` one character. */
export function coversAction(patterns: Patterns, action: string): boolean {
  const lower = folded(action);
  return patterns.values.some(pattern => matchesAction(pattern, lower)) !== patterns.negated;
}

function matchesAction(pattern: string, lower: string): boolean {
  const glob = actionGlob(pattern);
  return glob !== undefined && matches(glob, lower);
}

const REMEMBERED = 20_000;
const remembered = new Map<string, Glob | undefined>();

/**
 * The language of a pattern, in lower case. Undefined: it matches nothing, as one with white space or a comma in it does, and
 * one without a colon, save `*`.
 */
export function actionGlob(pattern: string): Glob | undefined {
  if (remembered.has(pattern)) return remembered.get(pattern);
  if (remembered.size >= REMEMBERED) remembered.clear();
  const isMeant = /^\*+$/.test(pattern) || (pattern.includes(':') && !/[\s,]/.test(pattern));
  const glob = isMeant ? globOf(folded(pattern)) : undefined;
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
