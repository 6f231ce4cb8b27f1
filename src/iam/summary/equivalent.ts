import { type AdminAnswer, adminOf } from '../access/admin.ts';
import { type Stack, stackWithout } from '../access/stack.ts';
import { once } from '../catalog/once.ts';
import type { PlacedCondition } from '../decide.ts';
import type { Escalation, OpenPath, Self } from '../escalation/match.ts';
import { all, some, type Truth } from '../truth.ts';

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
function isOwn({ held }: OpenPath, { customerPolicies }: Self): Truth {
  const written = held.filter(({ permission }) => permission.on === 'own-policy').map(({ resource }) => resource);
  return written.length === 0 || (customerPolicies && written.every(arn => customerPolicies.includes(arn)));
}

/** One that writes into nothing of the role's own. */
function isFree({ path }: OpenPath): boolean {
  return path.permissions.every(({ on }) => on === 'new-role' || on === 'new-user');
}

function conditionsOf({ open }: { readonly open: OpenPath }): readonly PlacedCondition[] {
  return open.held.flatMap(each => each.conditions);
}
