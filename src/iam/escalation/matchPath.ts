import type { Onward } from './assumable.ts';
import { findings, foundOnce } from './findings.ts';
import { gatesOfKind } from './gates.ts';
import { isHeldBackBy, type Restraint, restraintOf } from './heldBack.ts';
import { opened } from './opened.ts';
import type { EscalationPath, GateTarget } from './path.ts';
import type { OpenPath, Setting } from './question.ts';
import { candidatesOf, isTarget } from './targets.ts';
import { trusting } from './trusting.ts';

export type Match =
  | { readonly kind: 'open'; readonly open: OpenPath }
  | { readonly kind: 'latent'; readonly certain: boolean }
  | undefined;

export function matchPath(path: EscalationPath, setting: Setting): Match {
  const { target } = path;
  const given = (assuming: string) => opening(opened(path, setting, { assuming }));
  switch (target.kind) {
    case 'role':
      return overRoles(path, setting, `if a role exists that trusts ${target.trusts.join(' or ')}`);
    case 'role-trusting-session':
      return overRoles(path, setting, 'if a role exists whose trust policy lets this role assume it');
    case 'any-role':
      return overRoles(path, setting, 'if another role exists');
    case 'none':
      return opening(freeing(path, setting));
    case 'user':
      return given('if such a user exists');
    case 'group':
      return given('if such a group exists');
    case 'resource': {
      const isNobody = setting.world.complete && trusting(target.roleTrusts, setting.world).length === 0;
      const found = given(`if there is ${target.what}`);
      return isNobody ? waiting(found) : found;
    }
    case 'gate':
      return overGates(path, target, setting);
  }
}

export function isAboutItself({ permissions }: EscalationPath): boolean {
  return permissions.some(({ on }) => on.startsWith('own-'));
}

function opening(open: OpenPath | undefined): Match {
  return open && { kind: 'open', open };
}

function waiting(found: Match): Match {
  return found?.kind === 'open' ? { kind: 'latent', certain: found.open.certain } : found;
}

/** One that frees the session's own role is open where something holds that role back. */
function freeing(path: EscalationPath, setting: Setting): OpenPath | undefined {
  const restraint = restraintOf(path);
  const isHeld = restraint === undefined || isHeldBackBy(restraint, setting);
  if (isHeld === false) return undefined;
  const found = opened(path, setting, {});
  if (isHeld === true || restraint === undefined || found === undefined) return found;
  return { ...found, certain: false, assuming: SUPPOSED[restraint] };
}

/** What would have to be there, where it was not read. */
const SUPPOSED: Readonly<Record<Restraint, string>> = {
  boundary: 'if the role has a permissions boundary',
  version: 'if another version of the policy allows more',
  'boundary version': 'if another version of the boundary lets more through',
  'managed Deny': 'if one of the policies that were not read denies something',
  'inline Deny': 'if one of the policies that were not read denies something',
};

/** How many targets are named; one is enough to be open. */
const NAMED = 20;

/** Open through a role that is there; or through one that may be, where not all roles are known; else latent. */
function overRoles(path: EscalationPath, setting: Setting, assuming: string): Match {
  const inGeneral = opened(path, setting, { assuming });
  if (inGeneral === undefined && path.target.kind !== 'role-trusting-session') return undefined;
  return (
    best(openTowards(path, setting)) ?? (setting.world.complete ? waiting(opening(inGeneral)) : opening(inGeneral))
  );
}

/** Towards roles, the session's own apart where that is no target. */
function openTowards(path: EscalationPath, setting: Setting): readonly OpenPath[] {
  const candidates = candidatesOf(path, setting);
  const towards = (candidate: Onward) => opened(path, setting, { candidate });
  if (isAboutItself(path) || path.target.kind === 'role-trusting-session')
    return firstOpen(candidates, candidate => (isTarget(path, candidate, setting) ? towards(candidate) : undefined));
  const { stack, world } = setting;
  const found = foundOnce(towardsRoles(stack, world), path.id, stack, () => firstOpen(candidates, towards, NAMED + 1));
  return found.filter(({ targets: [arn] }) => setting.isElse(arn)).slice(0, NAMED);
}

const towardsRoles = findings<{ readonly value: readonly OpenPath[] }>();

/** Likewise, with what there is of Roles Anywhere. */
function overGates(path: EscalationPath, { of, what }: GateTarget, setting: Setting): Match {
  const inGeneral = opened(path, setting, { assuming: `if there is ${what}` });
  if (inGeneral === undefined) return undefined;
  const { all, complete } = gatesOfKind(of, setting.world.surroundings.gates);
  const found = firstOpen(all, gate => opened(path, setting, { gate }));
  return best(found) ?? (complete ? waiting(opening(inGeneral)) : opening(inGeneral));
}

function firstOpen<T>(
  targets: readonly T[],
  towards: (target: T) => OpenPath | undefined,
  most = NAMED,
): readonly OpenPath[] {
  const found: OpenPath[] = [];
  for (const target of targets) {
    const open = towards(target);
    if (open !== undefined) found.push(open);
    if (found.length === most) break;
  }
  return found;
}

function best(found: readonly OpenPath[]): Match {
  const first = found.find(each => each.certain) ?? found[0];
  return first && { kind: 'open', open: { ...first, targets: found.flatMap(each => each.targets) } };
}
