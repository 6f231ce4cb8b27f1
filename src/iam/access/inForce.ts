import { type ConditionResult, evaluateConditions } from '../condition/evaluate.ts';
import { type Context, layered } from '../context.ts';
import type { Condition, Statement } from '../policy.ts';
import { DIRECTLY } from '../session.ts';

/**
 * What a statement's conditions come to for a caller who may call directly or have a service call. Both are open to it, so
 * an Allow that holds for a direct call holds, and a Deny that does not hold for one spares it; the context leaves open how
 * the call is made, see `anyCallContext`.
 */
export function inForce({ effect, conditions, variables }: Statement, context: Context): ConditionResult {
  if (conditions.length === 0) return HOLDS;
  const either = evaluateConditions(conditions, { context, variables });
  if (either.truth !== undefined || !either.undecided.some(isAboutTheWay)) return either;
  const directly = evaluateConditions(conditions, { context: layered(DIRECTLY, context), variables });
  return directly.truth === (effect === 'Allow') ? directly : either;
}

/** Whether it asks who makes the call. */
function isAboutTheWay({ key }: Condition): boolean {
  return DIRECTLY(key.toLowerCase()).kind !== 'unknown';
}

const HOLDS: ConditionResult = { truth: true, undecided: [] };
