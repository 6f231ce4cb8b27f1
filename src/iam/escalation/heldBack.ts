import type { Stack } from '../access/stack.ts';
import type { PlacedStatement } from '../layer.ts';
import type { Truth } from '../truth.ts';
import type { EscalationPath } from './path.ts';
import type { Self } from './question.ts';
import type { World } from './world.ts';

/** What holds a role's own policies back, and would fall. */
export type Restraint = 'boundary' | 'version' | 'boundary version' | 'managed Deny' | 'inline Deny';

/** What a path that frees the session's own role takes away; undefined for any other path. */
export function restraintOf({ gives, permissions: [first] }: EscalationPath): Restraint | undefined {
  if (gives !== 'own' || first === undefined) return undefined;
  if (first.action.endsWith('PermissionsBoundary')) return 'boundary';
  if (first.action === 'iam:CreatePolicyVersion') return 'boundary';
  if (first.action === 'iam:SetDefaultPolicyVersion') return first.on === 'own-policy' ? 'version' : 'boundary version';
  return first.action === 'iam:DetachRolePolicy' ? 'managed Deny' : 'inline Deny';
}

interface HeldBy {
  readonly self: Self;
  readonly stack: Stack;
  readonly world: World;
}

/** Taking away a boundary or a Deny is no way up for a role that has none; unknown where one may be that nobody read. */
export function isHeldBackBy(restraint: Restraint, { self, stack, world }: HeldBy): Truth {
  const { kind } = self.boundary;
  const isBounded = kind === 'unknown' ? undefined : kind === 'known';
  switch (restraint) {
    case 'boundary':
      return isBounded;
    case 'boundary version':
      return self.boundary.kind === 'known' ? hasOthers(self.boundary.values, world) : isBounded;
    case 'version':
      return self.customerPolicies && hasOthers(self.customerPolicies, world);
    default:
      return denies(stack, restraint === 'managed Deny');
  }
}

function hasOthers(policies: readonly string[], { surroundings }: World): Truth {
  const others = policies.map(arn => surroundings.otherVersions(arn));
  if (others.some(versions => versions !== undefined && versions.length > 0)) return true;
  return others.includes(undefined) ? undefined : false;
}

function denies(stack: Stack, managed: boolean): Truth {
  if (denyingPolicies(stack, managed).length > 0) return true;
  return stack.layers.some(({ name, unread }) => name === 'identity' && unread.length > 0) ? undefined : false;
}

/** The role's own policies with a Deny, managed or inline: see NamedPolicy. */
export function denyingPolicies({ layers }: Stack, managed: boolean): readonly string[] {
  const own = layers.filter(({ name }) => name === 'identity').flatMap(({ statements }) => statements);
  return [...new Set(own.filter(isDeny).map(({ policy }) => policy))].filter(
    policy => policy.startsWith('arn:') === managed,
  );
}

function isDeny({ statement }: PlacedStatement): boolean {
  return statement.effect === 'Deny';
}
