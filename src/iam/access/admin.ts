import { isAlwaysAllowed } from '../action.ts';
import { actionsIn, fullSet, minus } from '../catalog/actionSet.ts';
import { once } from '../catalog/once.ts';
import type { PlacedCondition } from '../decide.ts';
import type { Escalation, OpenPath, Self } from '../escalation/match.ts';
import { ANYTHING } from '../glob.ts';
import { all, some, type Truth } from '../truth.ts';
import { type AllowedActions, allowedActions } from './actions.ts';
import { roughlyAlikeIn } from './alike.ts';
import { covers } from './covers.ts';
import { type Stack, stackWithout } from './stack.ts';
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
export function adminOf(stack: Stack, { possible, everywhere }: AllowedActions = allowedActions(stack)): AdminAnswer {
  for (const { name } of actionsIn(minus(fullSet(), possible))) {
    if (!isAlwaysAllowed(name)) return refusing(name, '*');
  }
  const documented = roughlyAlikeIn(actionsIn(minus(fullSet(), everywhere)), stack).map(({ example }) => example.name);
  const conditions: PlacedCondition[] = [];
  let truth: Truth = true;
  for (const action of [...documented, ...undocumentedActions(stack)]) {
    const coverage = covers(stack, { action, on: ANYTHING });
    if (coverage.covered === false) return refusing(action, coverage.exception ?? '*');
    if (coverage.covered === undefined) truth = undefined;
    conditions.push(...coverage.conditions);
  }
  return { truth, exception: undefined, conditions };
}

function refusing(action: string, resource: string): AdminAnswer {
  return { truth: false, exception: { action, resource }, conditions: [] };
}

/** What makes a session as good as an administrator. */
export interface EquivalentAnswer {
  readonly truth: Truth;
  /** Ids of the paths by which it is, or may be. */
  readonly by: readonly string[];
  readonly conditions: readonly PlacedCondition[];
}

/**
 * Whether it can make itself one. What it writes into its own role stays within boundary and session policy, so those must
 * let everything through; a role that it makes is free of both.
 */
export function adminEquivalentOf(
  stack: Stack,
  admin: AdminAnswer,
  { self, escalation }: { readonly self: Self; readonly escalation: Escalation },
): EquivalentAnswer {
  const cage = once(() => adminOf(stackWithout(stack, 'identity')));
  const ways = [...escalation.open, ...escalation.dominated]
    .filter(({ path }) => path.gives === 'admin')
    .map(open => ({ open, truth: all([isOwn(open, self), open.certain || undefined, isFree(open) || cage().truth]) }))
    .filter(way => way.truth !== false);
  const truth = some([admin.truth, ...ways.map(way => way.truth)]);
  return {
    truth,
    by: ways.filter(way => way.truth === truth).map(({ open }) => open.path.id),
    conditions: truth === undefined ? [...admin.conditions, ...ways.flatMap(conditionsOf), ...cage().conditions] : [],
  };
}

/** One that writes into a policy does so only where that policy is the role's own. */
function isOwn({ path, held }: OpenPath, { customerPolicies }: Self): Truth {
  const written = held.filter((_, at) => path.permissions[at]?.on === 'own-policy').map(({ resource }) => resource);
  return written.length === 0 || (customerPolicies && written.every(arn => customerPolicies.includes(arn)));
}

/** One that writes into nothing of the role's own. */
function isFree({ path }: OpenPath): boolean {
  return path.permissions.every(({ on }) => on === 'any');
}

function conditionsOf({ open }: { readonly open: OpenPath }): readonly PlacedCondition[] {
  return open.held.flatMap(each => each.conditions);
}
