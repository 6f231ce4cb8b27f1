import { type Place, placeAt } from '../access/place.ts';
import { literal } from '../glob.ts';
import type { Onward } from './assumable.ts';
import type { TargetFacts } from './choice.ts';
import { denyingPolicies } from './heldBack.ts';
import { ANY_ROLE, exactly, type Held } from './holding.ts';
import type { EscalationPath, Permission } from './path.ts';
import type { Setting } from './question.ts';
import { meantBy } from './targets.ts';
import { boundaryIn, isOutOfReach, type KnownRole, type World } from './world.ts';

export interface Looking {
  readonly setting: Setting;
  readonly path: EscalationPath;
  readonly candidate: Onward | undefined;
  readonly gate: string | undefined;
}

/** Several permissions are held on one resource together. */
export function heldFor(permissions: readonly Permission[], looking: Looking): readonly Held[] | undefined {
  const { path, candidate, gate } = looking;
  const { holdings, world } = looking.setting;
  const [permission] = permissions;
  if (permission === undefined) return [];
  const single = (held: Held | undefined) => held && [held];
  const anyOf = (template: string) => placeAt(template, permission.action, world);
  switch (permission.on) {
    case 'any':
      return single(holdings.anywhere(permission));
    case 'new-role':
      return onNew(permissions, anyOf(ANY_ROLE), looking);
    case 'new-user':
      return holdings.together(permissions, anyOf(ANY_USER), CHOSEN_BOUNDARY);
    case 'own-role':
      return single(onOwnRole(permission, looking));
    case 'own-policy':
      return single(onPolicy(permission, looking));
    case 'own-boundary':
      return single(onBoundary(permission, looking));
    case 'target-policy':
      return single(onTargetPolicy(permission, looking));
    case 'target-role':
      return candidate === undefined
        ? holdings.together(permissions, strangersAmong(anyOf(ANY_ROLE), world))
        : onRole(permissions, candidate, looking);
    case 'target-user':
      return holdings.together(permissions, anyOf(ANY_USER));
    case 'target-group':
      return holdings.together(permissions, anyOf('arn:*:iam::*:group/*'));
    case 'target-resource':
      if (gate !== undefined) return holdings.together(permissions, exactly(gate));
      return 'template' in path.target ? holdings.together(permissions, anyOf(path.target.template)) : undefined;
  }
}

const ANY_USER = 'arn:*:iam::*:user/*';
const ANY_POLICY = 'arn:*:iam::*:policy/*';

const CHOSEN_BOUNDARY: TargetFacts = { boundary: 'chosen' };

/** A role that is there already cannot be made. */
function onNew(permissions: readonly Permission[], place: Place, looking: Looking): readonly Held[] | undefined {
  const { holdings, world } = looking.setting;
  const made = holdings.together(permissions, place, CHOSEN_BOUNDARY);
  if (!made?.some(({ resource }) => world.byArn.has(resource))) return made;
  const there = meantBy(permissions, looking.setting) ?? world.roles;
  return holdings.together(permissions, without(there, place), CHOSEN_BOUNDARY);
}

/** Where all roles are known, a path is asked about in general first; else only those count that nobody has seen. */
function strangersAmong(place: Place, world: World): Place {
  if (world.complete) return place;
  const known =
    strangers.get(world) ??
    without(
      world.roles.filter(({ trust }) => trust !== undefined),
      place,
    );
  strangers.set(world, known);
  return known;
}

const strangers = new WeakMap<World, Place>();

function without(roles: readonly KnownRole[], place: Place): Place {
  return { ...place, without: [...place.without, ...roles.map(({ arn }) => literal(arn))] };
}

/** That the session can assume it was found out already: for certain, and it may take no permission, or perhaps. */
function onRole(
  permissions: readonly Permission[],
  { role, certain }: Onward,
  { path, setting: { holdings } }: Looking,
): readonly Held[] | undefined {
  const held: Held[] = [];
  const target = { boundary: boundaryIn(role.layers) };
  for (const permission of permissions) {
    const one = holdings.on(permission, [itself(role)], target);
    const found = path.target.kind === 'role-trusting-session' && permission.action === 'sts:AssumeRole';
    if (one === undefined && !found) return undefined;
    if (one?.certain || (one && !(found && certain))) held.push(one);
  }
  return held;
}

function itself(role: KnownRole): Place {
  const known = ownPlaces.get(role) ?? exactly(role.arn);
  ownPlaces.set(role, known);
  return known;
}

const ownPlaces = new WeakMap<KnownRole, Place>();

/** IAM refuses to change a reserved role, its own included (IAM user guide, "Service-linked roles"; IAM Identity Center). */
function onOwnRole(permission: Permission, { setting: { holdings, self, stack } }: Looking): Held | undefined {
  if (isOutOfReach(self.arn)) return undefined;
  const detachable = denyingPolicies(stack, true);
  return holdings.on(permission, [exactly(self.arn)], {
    boundary: self.boundary,
    detachable: detachable.length === 0 ? undefined : detachable,
  });
}

/**
 * One of the role's own, or else, where a session wants to write into one, any: it may hang on a user, a group or a role
 * with more.
 */
function onPolicy(permission: Permission, { path, setting: { holdings, world, self } }: Looking): Held | undefined {
  const own = holdings.on(permission, self.customerPolicies?.map(exactly) ?? []);
  if (own !== undefined || (path.gives !== 'admin' && self.customerPolicies !== undefined)) return own;
  return holdings.on(permission, [placeAt(ANY_POLICY, permission.action, world)]);
}

/** AWS's own policies nobody can rewrite. */
function onBoundary(permission: Permission, { setting }: Looking): Held | undefined {
  const { holdings, world } = setting;
  const { boundary } = setting.self;
  if (boundary.kind === 'absent') return undefined;
  if (boundary.kind === 'unknown') return holdings.on(permission, [placeAt(ANY_POLICY, permission.action, world)]);
  return holdings.on(permission, boundary.values.filter(arn => !/^arn:[^:]*:iam::aws:/.test(arn)).map(exactly));
}

function onTargetPolicy(
  permission: Permission,
  { candidate, setting: { holdings, world } }: Looking,
): Held | undefined {
  const policies = candidate?.role.customerPolicies;
  if (policies !== undefined) return holdings.on(permission, policies.map(exactly));
  const held = holdings.on(permission, [placeAt(ANY_POLICY, permission.action, world)]);
  return held && { ...held, certain: held.certain && candidate === undefined };
}
