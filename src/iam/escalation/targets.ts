import type { Onward } from './assumable.ts';
import { isListed } from './gates.ts';
import { inAll, type RolesMeant, rolesMeant } from './meant.ts';
import type { EscalationPath, Permission } from './path.ts';
import type { Setting } from './question.ts';
import { trusting } from './trusting.ts';
import type { KnownRole, World } from './world.ts';

/**
 * The roles that a path may lead to, for all that they say themselves and that the session's policies mean, sorted by ARN. Where
 * these mean all of them it is the same list for all sessions of a world, so the session's own role is among them, see `isTarget`.
 */
export function candidatesOf(path: EscalationPath, setting: Setting): readonly Onward[] {
  const targets = targetsOf(path, setting);
  return targets.length === 0 ? targets : thoseMeant(targets, rolesMeantBy(path, setting));
}

function targetsOf({ target }: EscalationPath, { world, assumable }: Setting): readonly Onward[] {
  switch (target.kind) {
    case 'role':
      return target.dormant ? dormantAmong(trusting(target.trusts, world), world) : trusting(target.trusts, world);
    case 'role-trusting-session':
      return assumable;
    case 'any-role':
      return anyRole(world);
    case 'resource':
      return trusting(target.roleTrusts, world);
    default:
      return [];
  }
}

/** Those that each of its permissions on the target may be about; sts:AssumeRole may come from the target's side alone. */
function rolesMeantBy({ permissions }: EscalationPath, setting: Setting): RolesMeant {
  const onTarget = permissions.filter(({ on, action }) => on === 'target-role' && action !== 'sts:AssumeRole');
  return meantBy(onTarget, setting);
}

/** Those that all of the permissions may be about. */
export function meantBy(permissions: readonly Permission[], { stack, world, meant }: Setting): RolesMeant {
  return inAll(
    permissions.map(({ action }) => {
      if (!meant.has(action)) meant.set(action, rolesMeant(action, stack, world));
      return meant.get(action);
    }),
  );
}

function thoseMeant(targets: readonly Onward[], meant: RolesMeant): readonly Onward[] {
  if (meant === undefined) return targets;
  const byRole = targetsByRole.get(targets) ?? new Map(targets.map(target => [target.role, target]));
  targetsByRole.set(targets, byRole);
  return meant.flatMap(role => byRole.get(role) ?? []);
}

const targetsByRole = new WeakMap<readonly Onward[], ReadonlyMap<KnownRole, Onward>>();

function anyRole(world: World): readonly Onward[] {
  const known = everyRole.get(world) ?? world.roles.map(role => ({ role, certain: true }));
  everyRole.set(world, known);
  return known;
}

const everyRole = new WeakMap<World, readonly Onward[]>();

/** Whether the path leads anywhere else with this role than where the session is already. */
export function isTarget({ target }: EscalationPath, { role }: Onward, { isElse }: Setting): boolean {
  return (target.kind !== 'role' && target.kind !== 'any-role') || isElse(role.arn);
}

/** Those that a profile lists which is switched off. */
function dormantAmong(all: readonly Onward[], { surroundings }: World): readonly Onward[] {
  const known = dormantOnes.get(all);
  if (known !== undefined) return known;
  const made = all.flatMap(({ role, certain }) => {
    const listed = isListed(role.arn, false, surroundings.gates);
    return listed === false ? [] : [{ role, certain: certain && listed === true }];
  });
  dormantOnes.set(all, made);
  return made;
}

/** By lists that belong to one world each. */
const dormantOnes = new WeakMap<readonly Onward[], readonly Onward[]>();
