import { reach } from '../access/reach.ts';
import { givenOf, type Stack, stackWith, stackWithout } from '../access/stack.ts';
import { ABSENT, known } from '../context.ts';
import { denyingPolicies, type Restraint } from '../escalation/heldBack.ts';
import type { OpenPath, Self } from '../escalation/question.ts';
import type { World } from '../escalation/world.ts';
import { literal } from '../glob.ts';
import { contentOf, type NamedPolicy } from '../layer.ts';
import type { Truth } from '../truth.ts';

/** What a session is once something that held its role back has fallen. */
export interface Freed {
  readonly stack: Stack;
  readonly self: Self;
  /** Whether it comes to that. */
  readonly truth: Truth;
}

export interface Prisoner {
  readonly stack: Stack;
  readonly self: Self;
  readonly world: World;
}

/** Each of the states that the path can bring about; undefined where they are not known. */
export function freedBy({ path }: OpenPath, restraint: Restraint, prisoner: Prisoner): readonly Freed[] | undefined {
  const { stack, self } = prisoner;
  switch (restraint) {
    case 'boundary': {
      const isTakenOff = path.permissions[0]?.action === 'iam:DeleteRolePermissionsBoundary';
      const after = isTakenOff ? { ...self, boundary: ABSENT } : self;
      return [{ stack: stackWithout(stack, 'boundary'), self: after, truth: true }];
    }
    case 'boundary version':
      return self.boundary.kind === 'known' ? otherVersions('boundary', self.boundary.values, prisoner) : undefined;
    case 'version':
      return self.customerPolicies && otherVersions('identity', self.customerPolicies, prisoner);
    case 'managed Deny':
      return withoutDeny(denyingPolicies(stack, true), 'iam:DetachRolePolicy', prisoner);
    case 'inline Deny':
      return withoutDeny(denyingPolicies(stack, false), 'iam:DeleteRolePolicy', prisoner);
  }
}

function otherVersions(
  layer: 'identity' | 'boundary',
  policies: readonly string[],
  { stack, self, world }: Prisoner,
): readonly Freed[] | undefined {
  const freed: Freed[] = [];
  for (const policy of policies) {
    const truth = truthOf(stack, 'iam:SetDefaultPolicyVersion', policy);
    if (truth === false) continue;
    const versions = world.surroundings.otherVersions(policy);
    if (versions === undefined) return undefined;
    freed.push(...versions.map(version => ({ stack: withVersion(stack, layer, version), self, truth })));
  }
  return freed;
}

function withVersion(stack: Stack, name: 'identity' | 'boundary', version: NamedPolicy): Stack {
  const content = contentOf({ name, policies: [version], complete: true });
  return stackWith(stack, name, ({ statements, unread }) => ({
    statements: [...statements.filter(({ policy }) => policy !== version.name), ...content.statements],
    unread: [...unread, ...content.unread],
  }));
}

/** All of them gone that it may take away, or just one: with a Deny goes what the same policy allows. */
function withoutDeny(policies: readonly string[], action: string, { stack, self }: Prisoner): readonly Freed[] {
  const removable = policies
    .map(policy => ({ policy, truth: mayRemove(policy, action, { stack, self }) }))
    .filter(({ truth }) => truth !== false);
  const choices = removable.length > 1 ? [removable, ...removable.map(each => [each])] : [removable];
  return choices
    .filter(gone => gone.length > 0)
    .map(gone => ({
      stack: withoutPolicies(
        stack,
        gone.map(({ policy }) => policy),
      ),
      self,
      truth: gone.every(({ truth }) => truth === true) || undefined,
    }));
}

function withoutPolicies(stack: Stack, gone: readonly string[]): Stack {
  return stackWith(stack, 'identity', ({ statements, unread }) => ({
    statements: statements.filter(({ policy }) => !gone.includes(policy)),
    unread,
  }));
}

function mayRemove(policy: string, action: string, { stack, self }: Pick<Prisoner, 'stack' | 'self'>): Truth {
  const given = givenOf([
    ['iam:PermissionsBoundary', self.boundary],
    ...(action === 'iam:DetachRolePolicy' ? [['iam:PolicyARN', known(policy)] as const] : []),
  ]);
  return truthOf(stack, action, self.arn, given);
}

function truthOf(stack: Stack, action: string, resource: string, given?: ReturnType<typeof givenOf>): Truth {
  const { possible, certain } = reach(stack, { action, on: literal(resource), given });
  if (certain.kind === 'found') return true;
  return possible.kind === 'none' ? false : undefined;
}
