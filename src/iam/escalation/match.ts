import { allowedActions } from '../access/actions.ts';
import { actionsMentioned } from '../access/mentioned.ts';
import { type Place, placeAt } from '../access/place.ts';
import type { Stack } from '../access/stack.ts';
import { type Action, actionNamed } from '../catalog/action.ts';
import { type ActionSet, has } from '../catalog/actionSet.ts';
import { once } from '../catalog/once.ts';
import type { ContextValue } from '../context.ts';
import { literal } from '../glob.ts';
import type { Truth } from '../truth.ts';
import type { Actor, Onward } from './assumable.ts';
import type { TargetFacts } from './choice.ts';
import { findings, foundOnce } from './findings.ts';
import { folded } from './fold.ts';
import { gatesOfKind, isListed } from './gates.ts';
import { denyingPolicies, isHeldBackBy, type Restraint, restraintOf } from './heldBack.ts';
import { ANY_ROLE, exactly, type Held, type Holdings, holdingsOf } from './holding.ts';
import { inAll, type RolesMeant, rolesMeant } from './meant.ts';
import type { EscalationPath, GateTarget, Permission, Reach } from './path.ts';
import { escalationPaths } from './paths.ts';
import { trusting } from './trusting.ts';
import { boundaryIn, isOutOfReach, type KnownRole, type World } from './world.ts';

/** A path that stands open to a session. */
export interface OpenPath {
  readonly path: EscalationPath;
  /** False: it hangs on conditions or policies that are not known. Whether a target exists is another matter. */
  readonly certain: boolean;
  /** Without sts:AssumeRole where the trust policy of the target is permission enough. */
  readonly held: readonly Held[];
  /** ARNs of the roles it leads to, or of the gates it opens, where they are known; sorted. */
  readonly targets: readonly string[];
  /** What must be there besides, where nobody can tell: `if a role exists that trusts lambda.amazonaws.com`. */
  readonly assuming: string | undefined;
}

/** The permissions are there, and the target is not. */
export interface LatentPath {
  readonly path: EscalationPath;
  /** See OpenPath. */
  readonly certain: boolean;
}

export interface Escalation {
  /** Minimal ones, by id: none of them needs all that another one needs, and more. */
  readonly open: readonly OpenPath[];
  /** Open too, though a shorter one of `open` leads there. */
  readonly dominated: readonly OpenPath[];
  readonly latent: readonly LatentPath[];
}

/** The session's role, as far as its own policies are a way up. */
export interface Self {
  readonly arn: string;
  /** Undefined: not read. */
  readonly customerPolicies: readonly string[] | undefined;
  /** The ARN of its permissions boundary; see boundaryIn. */
  readonly boundary: ContextValue;
}

export interface EscalationQuestion extends Actor {
  /** Where it can go at once, see assumableBy. */
  readonly assumable: readonly Onward[];
  readonly self: Self;
  readonly world: World;
}

/** What was found, and which role each path leads to. */
export interface Matching {
  readonly escalation: Escalation;
  /**
   * The roles that may be the target of a path, as far as they and not the permissions decide it; the session's own may be among
   * them, and is none that `leadsTo` leads to.
   */
  candidates(path: EscalationPath): readonly Onward[];
  /** Whether the session holds all permissions of the path for this target. */
  leadsTo(path: EscalationPath, candidate: Onward): Truth;
  /** Whether the path may lead to a role that nobody has seen. */
  leadsElsewhere(path: EscalationPath): boolean;
}

/** Every known path, matched against what the session holds: resources, conditions, Deny and all layers respected. */
export function escalationOf(question: EscalationQuestion): Escalation {
  return matchingOf(question).escalation;
}

/** `isWanted`: the paths that are looked at, all unless it is given. */
export function matchingOf(question: EscalationQuestion, isWanted = (_: EscalationPath) => true): Matching {
  const { world, self, caged, stack } = question;
  const setting: Setting = {
    ...question,
    holdings: holdingsOf(stack, world),
    untargeted: new Map(),
    meant: new Map(),
    isElse: arn => arn !== self.arn || caged,
  };
  const open: OpenPath[] = [];
  const latent: LatentPath[] = [];
  for (const { path, actions } of prepared()) {
    if (!isWanted(path) || !mayHold(actions, stack)) continue;
    const found = isImpersonal(path) ? matchForTwins(path, setting) : matchPath(path, setting);
    if (found?.kind === 'latent') latent.push({ path, certain: found.certain });
    else if (found !== undefined) open.push(found.open);
  }
  return {
    escalation: { ...folded(open), latent },
    candidates: path => candidatesOf(path, setting),
    leadsTo(path, candidate) {
      const found = isTarget(path, candidate, setting) ? opened(path, setting, { candidate }) : undefined;
      return found === undefined ? false : found.certain || undefined;
    },
    leadsElsewhere: path => !world.complete && opened(path, setting, {}) !== undefined,
  };
}

/** Most paths are settled by the actions that may be allowed at all. */
function mayHold(actions: readonly Action[], stack: Stack): boolean {
  const isAllWithin = (set: ActionSet) => actions.every(action => has(set, action));
  return isAllWithin(actionsMentioned(stack)) && (actions.length === 0 || isAllWithin(allowedActions(stack).possible));
}

/** Whether some path may be open for certain to a session with these actions, and with a trust policy that names it. */
export function isAnyWithin(certain: ActionSet, assumable: readonly Onward[]): boolean {
  if (assumable.some(each => each.certain)) return true;
  return prepared().some(({ actions }) => actions.length > 0 && actions.every(action => has(certain, action)));
}

interface Setting extends EscalationQuestion {
  readonly holdings: Holdings;
  /** Found out of a path already. */
  readonly untargeted: Map<EscalationPath, readonly Held[] | undefined>;
  /** The roles that an action may be about, see rolesMeant. */
  readonly meant: Map<string, RolesMeant>;
  /** Whether a role is something else than what the session has already. */
  readonly isElse: (arn: string | undefined) => boolean;
}

interface Prepared {
  readonly path: EscalationPath;
  /** Without sts:AssumeRole, which can come from the other side alone: a trust policy that names the role. */
  readonly actions: readonly Action[];
}

const prepared = once((): readonly Prepared[] =>
  escalationPaths.map(path => ({
    path,
    actions: path.permissions
      .filter(({ action }) => action !== 'sts:AssumeRole')
      .map(({ action }) => actionNamed(action))
      .filter(action => action !== undefined),
  })),
);

/** Whether it is the same for all twins whether the path is open: it is not about the session's own role, nor may that be its target. */
function isImpersonal(path: EscalationPath): boolean {
  return !isAboutItself(path) && !['role', 'any-role', 'role-trusting-session'].includes(path.target.kind);
}

function matchForTwins(path: EscalationPath, setting: Setting): Match {
  const { stack, world } = setting;
  return foundOnce(matches(stack, world), path.id, stack, () => matchPath(path, setting));
}

const matches = findings<{ readonly value: Match }>();

function isAboutItself({ permissions }: EscalationPath): boolean {
  return permissions.some(({ on }) => on.startsWith('own-'));
}

type Match =
  | { readonly kind: 'open'; readonly open: OpenPath }
  | { readonly kind: 'latent'; readonly certain: boolean }
  | undefined;

function matchPath(path: EscalationPath, setting: Setting): Match {
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

/**
 * The roles that a path may lead to, for all that they say themselves and that the session's policies mean, sorted by ARN. Where
 * these mean all of them it is the same list for all sessions of a world, so the session's own role is among them, see `isTarget`.
 */
function candidatesOf(path: EscalationPath, setting: Setting): readonly Onward[] {
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
function meantBy(permissions: readonly Permission[], { stack, world, meant }: Setting): RolesMeant {
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
function isTarget({ target }: EscalationPath, { role }: Onward, { isElse }: Setting): boolean {
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

interface Supposed {
  readonly candidate?: Onward;
  /** ARN of something of Roles Anywhere. */
  readonly gate?: string;
  readonly assuming?: string;
}

function opened(path: EscalationPath, setting: Setting, supposed: Supposed): OpenPath | undefined {
  const { candidate, gate, assuming } = supposed;
  const untargeted = heldUntargeted(path, setting);
  if (untargeted === undefined) return undefined;
  const targeted = heldForAll(groupsOf(path).targeted, { ...setting, path, candidate, gate });
  if (targeted === undefined) return undefined;
  const held = [...targeted, ...untargeted];
  return {
    path,
    certain: held.every(each => each.certain) && (candidate?.certain ?? true),
    held,
    targets: gate === undefined ? (candidate === undefined ? [] : [candidate.role.arn]) : [gate],
    assuming: assuming ?? assumingPolicy(held, setting),
  };
}

/** The same for every target. */
function heldUntargeted(path: EscalationPath, setting: Setting): readonly Held[] | undefined {
  const { untargeted } = setting;
  if (!untargeted.has(path)) {
    const looking = { ...setting, path, candidate: undefined, gate: undefined };
    untargeted.set(path, heldForAll(groupsOf(path).untargeted, looking));
  }
  return untargeted.get(path);
}

function heldForAll(groups: Groups, looking: Looking): readonly Held[] | undefined {
  const held: Held[] = [];
  for (const permissions of groups) {
    const some = heldFor(permissions, looking);
    if (some === undefined) return undefined;
    held.push(...some);
  }
  return held;
}

type Groups = readonly (readonly Permission[])[];

interface Grouped {
  readonly targeted: Groups;
  readonly untargeted: Groups;
}

const grouped = new WeakMap<EscalationPath, Grouped>();

function groupsOf(path: EscalationPath): Grouped {
  const known = grouped.get(path);
  if (known !== undefined) return known;
  const all = sharing(path.permissions);
  const isTargeted = ([first]: readonly Permission[]) => first?.on.startsWith('target-') === true;
  const made = { targeted: all.filter(isTargeted), untargeted: all.filter(group => !isTargeted(group)) };
  grouped.set(path, made);
  return made;
}

/** Permissions that must be held on the same target, in the order of the path. */
function sharing(permissions: readonly Permission[]): Groups {
  const groups: Permission[][] = [];
  for (const permission of permissions) {
    const group = SHARED.has(permission.on) ? groups.find(([first]) => first?.on === permission.on) : undefined;
    if (group === undefined) groups.push([permission]);
    else group.push(permission);
  }
  return groups;
}

const SHARED: ReadonlySet<Reach> = new Set([
  'new-role',
  'new-user',
  'target-role',
  'target-user',
  'target-group',
  'target-resource',
]);

interface Looking extends Setting {
  readonly path: EscalationPath;
  readonly candidate: Onward | undefined;
  readonly gate: string | undefined;
}

/** Several permissions are held on one resource together. */
function heldFor(permissions: readonly Permission[], looking: Looking): readonly Held[] | undefined {
  const { holdings, world, path, candidate, gate } = looking;
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
  const { holdings, world } = looking;
  const made = holdings.together(permissions, place, CHOSEN_BOUNDARY);
  if (!made?.some(({ resource }) => world.byArn.has(resource))) return made;
  const there = meantBy(permissions, looking) ?? world.roles;
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
  { holdings, path }: Looking,
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
function onOwnRole(permission: Permission, { holdings, self, stack }: Looking): Held | undefined {
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
function onPolicy(permission: Permission, { holdings, world, self, path }: Looking): Held | undefined {
  const own = holdings.on(permission, self.customerPolicies?.map(exactly) ?? []);
  if (own !== undefined || (path.gives !== 'admin' && self.customerPolicies !== undefined)) return own;
  return holdings.on(permission, [placeAt(ANY_POLICY, permission.action, world)]);
}

/** AWS's own policies nobody can rewrite. */
function onBoundary(permission: Permission, { holdings, world, self: { boundary } }: Looking): Held | undefined {
  if (boundary.kind === 'absent') return undefined;
  if (boundary.kind === 'unknown') return holdings.on(permission, [placeAt(ANY_POLICY, permission.action, world)]);
  return holdings.on(permission, boundary.values.filter(arn => !/^arn:[^:]*:iam::aws:/.test(arn)).map(exactly));
}

function onTargetPolicy(permission: Permission, { holdings, world, candidate }: Looking): Held | undefined {
  const policies = candidate?.role.customerPolicies;
  if (policies !== undefined) return holdings.on(permission, policies.map(exactly));
  const held = holdings.on(permission, [placeAt(ANY_POLICY, permission.action, world)]);
  return held && { ...held, certain: held.certain && candidate === undefined };
}

function assumingPolicy(held: readonly Held[], { self }: Setting): string | undefined {
  const written = held.find(({ permission }) => permission.on === 'own-policy');
  if (written === undefined || self.customerPolicies?.includes(written.resource)) return undefined;
  return self.customerPolicies === undefined
    ? 'if the policy is attached to this role'
    : 'if the policy is attached to somebody else';
}
