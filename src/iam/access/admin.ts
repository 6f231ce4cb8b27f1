import { isAlwaysAllowed } from '../action.ts';
import { type ActionSet, fullSet, has, minus } from '../catalog/actionSet.ts';
import type { PlacedCondition } from '../decide.ts';
import { ANYTHING } from '../glob.ts';
import type { Truth } from '../truth.ts';
import { allowedActions } from './actions.ts';
import { roughlyDistinctIn } from './alike.ts';
import { covers } from './covers.ts';
import { actionsMentioned } from './mentioned.ts';
import type { Stack } from './stack.ts';
import { mostTelling, tellingFirst } from './telling.ts';
import { onceForTwins } from './twins.ts';
import { undocumentedActions } from './undocumented.ts';

/** Whether a session may do everything, and what it would take. */
export interface AdminAnswer {
  readonly truth: Truth;
  /** A request that is refused, when it may not. */
  readonly exception: { readonly action: string; readonly resource: string } | undefined;
  /** Conditions that the answer hangs on, when it cannot be said. */
  readonly conditions: readonly PlacedCondition[];
}

/** Every action on every resource, by inclusion: asked of one action of each kind that the statements tell apart. */
export const adminOf = onceForTwins((stack: Stack): AdminAnswer => {
  if (!has(actionsMentioned(stack), mostTelling())) return refusing(mostTelling().name, '*');
  const { possible, everywhere } = allowedActions(stack);
  for (const { name } of tellingFirst(minus(fullSet(), possible))) {
    if (!isAlwaysAllowed(name)) return refusing(name, '*');
  }
  const conditions: PlacedCondition[] = [];
  let truth: Truth = true;
  for (const action of askedAbout(stack, everywhere)) {
    const coverage = covers(stack, { action, on: ANYTHING });
    if (coverage.covered === false) return refusing(action, coverage.exception ?? '*');
    if (coverage.covered === undefined) truth = undefined;
    conditions.push(...coverage.conditions);
  }
  return { truth, exception: undefined, conditions };
});

function* askedAbout(stack: Stack, settled: ActionSet): Generator<string, void> {
  for (const { name } of roughlyDistinctIn(minus(fullSet(), settled), stack)) yield name;
  yield* undocumentedActions(stack);
}

function refusing(action: string, resource: string): AdminAnswer {
  return { truth: false, exception: { action, resource }, conditions: [] };
}
