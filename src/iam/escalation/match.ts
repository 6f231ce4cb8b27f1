import { placeAt } from '../access/place.ts';
import { type Action, actionNamed } from '../catalog/action.ts';
import { type ActionSet, has } from '../catalog/actionSet.ts';
import { once } from '../catalog/once.ts';
import type { PlacedStatement } from '../layer.ts';
import type { Actor, Onward } from './assumable.ts';
import { exactly, type Held, type Holdings, holdingsOf } from './holding.ts';
import type { EscalationPath, Permission, Reach } from './path.ts';
import { escalationPaths } from './paths.ts';
import type { KnownRole, World } from './world.ts';

/** A path that stands open to a session. */
export interface OpenPath {
  readonly path: EscalationPath;
  /** False: it hangs on conditions or policies that are not known. Whether a target exists is another matter. */
  readonly certain: boolean;
  /** By permission. Without sts:AssumeRole where the trust policy of the target is permission enough. */
  readonly held: readonly Held[];
  /** ARNs of the roles it leads to, where they are known; sorted. */
  readonly targets: readonly string[];
  /** What must be there besides, where nobody can tell: `if a role exists that trusts lambda.amazonaws.com`. */
  readonly assuming: string | undefined;
}

export interface Escalation {
  /** Minimal ones, by id: none of them needs all that another one needs, and more. */
  readonly open: readonly OpenPath[];
  /** Open too, though a shorter one of `open` leads there. */
  readonly dominated: readonly OpenPath[];
  /** The permissions are there, and the target is not; ids. */
  readonly latent: readonly string[];
}

/** The session's role, as far as its own policies are a way up. */
export interface Self {
  readonly arn: string;
  /** Undefined: not read. */
  readonly customerPolicies: readonly string[] | undefined;
}

export interface EscalationQuestion extends Actor {
  /** Where it can go at once, see assumableBy. */
  readonly assumable: readonly Onward[];
  /** The actions that may be allowed, see allowedActions: most paths are settled by them. */
  readonly possible: ActionSet;
  readonly self: Self;
  readonly world: World;
}

/** Every known path, matched against what the session holds: resources, conditions, Deny and all layers respected. */
export function escalationOf(question: EscalationQuestion): Escalation {
  const { world, self, caged, stack } = question;
  const setting: Setting = {
    ...question,
    holdings: holdingsOf(stack, world),
    isElse: role => role.arn !== self.arn || caged,
  };
  const open: OpenPath[] = [];
  const latent: string[] = [];
  for (const { path, actions } of prepared()) {
    if (!actions.every(action => has(question.possible, action))) continue;
    const found = matchPath(path, setting);
    if (found === 'latent') latent.push(path.id);
    else if (found !== undefined) open.push(found);
  }
  return { ...folded(open), latent };
}

interface Setting extends EscalationQuestion {
  readonly holdings: Holdings;
  /** Whether a role is something else than what the session has already. */
  readonly isElse: (role: KnownRole) => boolean;
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

type Match = OpenPath | 'latent' | undefined;

function matchPath(path: EscalationPath, setting: Setting): Match {
  switch (path.target.kind) {
    case 'role':
      return overRoles(path, setting, {
        candidates: trusting(path.target.trusts, setting),
        assuming: `if a role exists that trusts ${path.target.trusts.join(' or ')}`,
      });
    case 'role-trusting-session':
      return overRoles(path, setting, {
        candidates: setting.assumable,
        assuming: 'if a role exists whose trust policy lets this role assume it',
      });
    case 'any-role':
      return overRoles(path, setting, {
        candidates: others(setting.world.roles, setting),
        assuming: 'if another role exists',
      });
    case 'none':
      return path.gives === 'own' && !isHeldBack(path, setting) ? undefined : opened(path, setting, {});
    case 'user':
      return opened(path, setting, { assuming: 'if such a user exists' });
    case 'group':
      return opened(path, setting, { assuming: 'if such a group exists' });
    case 'resource':
      return opened(path, setting, { assuming: `if there is ${path.target.what}` });
  }
}

/** Taking away a boundary or a Deny is no way up for a role that has none. */
function isHeldBack({ permissions }: EscalationPath, { stack }: Setting): boolean {
  const [{ action } = { action: '' }] = permissions;
  if (action.endsWith('PermissionsBoundary')) return stack.layers.some(layer => layer.name === 'boundary');
  if (action === 'iam:SetDefaultPolicyVersion') return true;
  const inManaged = action === 'iam:DetachRolePolicy';
  return stack.layers
    .filter(layer => layer.name === 'identity')
    .some(layer => layer.statements.some(placed => isDeny(placed) && isManaged(placed) === inManaged));
}

function isDeny({ statement }: PlacedStatement): boolean {
  return statement.effect === 'Deny';
}

/** See NamedPolicy. */
function isManaged({ policy }: PlacedStatement): boolean {
  return policy.startsWith('arn:');
}

function trusting(services: readonly string[], setting: Setting): Iterable<Onward> {
  const found = new Set(services.flatMap(service => setting.world.byPrincipal.get(service) ?? []));
  return others(services.length > 1 ? [...found].sort((a, b) => (a.arn < b.arn ? -1 : 1)) : found, setting);
}

function* others(roles: Iterable<KnownRole>, { isElse }: Setting): Generator<Onward, void> {
  for (const role of roles) if (isElse(role)) yield { role, certain: true };
}

interface Targets {
  readonly candidates: Iterable<Onward>;
  readonly assuming: string;
}

/** How many targets are named; one is enough to be open. */
const NAMED = 20;

/** Open through a role that is there; or through one that may be, where not all roles are known; else latent. */
function overRoles(path: EscalationPath, setting: Setting, { candidates, assuming }: Targets): Match {
  const inGeneral = opened(path, setting, { assuming });
  if (inGeneral === undefined && path.target.kind !== 'role-trusting-session') return undefined;
  const found: OpenPath[] = [];
  for (const candidate of candidates) {
    const match = opened(path, setting, { candidate });
    if (match !== undefined) found.push(match);
    if (found.length === NAMED) break;
  }
  const best = found.find(each => each.certain) ?? found[0];
  if (best !== undefined) return { ...best, targets: found.flatMap(each => each.targets) };
  return inGeneral !== undefined && setting.world.complete ? 'latent' : inGeneral;
}

interface Supposed {
  readonly candidate?: Onward;
  readonly assuming?: string;
}

function opened(path: EscalationPath, setting: Setting, { candidate, assuming }: Supposed): OpenPath | undefined {
  const looking: Looking = { ...setting, path, candidate };
  const held: Held[] = [];
  for (const permissions of sharing(path.permissions)) {
    const some = heldFor(permissions, looking);
    if (some === undefined) return undefined;
    held.push(...some);
  }
  return {
    path,
    certain: held.every(each => each.certain) && (candidate?.certain ?? true),
    held,
    targets: candidate === undefined ? [] : [candidate.role.arn],
    assuming: assuming ?? assumingPolicy(path, held, setting),
  };
}

/** Permissions that must be held on the same target, in the order of the path. */
function sharing(permissions: readonly Permission[]): readonly (readonly Permission[])[] {
  const groups: Permission[][] = [];
  for (const permission of permissions) {
    const group = SHARED.has(permission.on) ? groups.find(([first]) => first?.on === permission.on) : undefined;
    if (group === undefined) groups.push([permission]);
    else group.push(permission);
  }
  return groups;
}

const SHARED: ReadonlySet<Reach> = new Set(['target-role', 'target-user', 'target-group', 'target-resource']);

interface Looking extends Setting {
  readonly path: EscalationPath;
  readonly candidate: Onward | undefined;
}

/** Several permissions are held on one resource together. */
function heldFor(permissions: readonly Permission[], looking: Looking): readonly Held[] | undefined {
  const { holdings, world, self, path, candidate } = looking;
  const [permission] = permissions;
  if (permission === undefined) return [];
  const single = (held: Held | undefined) => held && [held];
  const anyOf = (template: string) => placeAt(template, permission.action, world);
  switch (permission.on) {
    case 'any':
      return single(holdings.anywhere(permission));
    case 'own-role':
      return single(holdings.on(permission, [exactly(self.arn)]));
    case 'own-policy':
      return single(onPolicy(permission, looking));
    case 'target-policy':
      return single(holdings.on(permission, candidate?.role.customerPolicies?.map(exactly) ?? [anyOf(ANY_POLICY)]));
    case 'target-role':
      return candidate === undefined
        ? holdings.together(permissions, anyOf('arn:*:iam::*:role/*'))
        : onRole(permissions, candidate, looking);
    case 'target-user':
      return holdings.together(permissions, anyOf('arn:*:iam::*:user/*'));
    case 'target-group':
      return holdings.together(permissions, anyOf('arn:*:iam::*:group/*'));
    case 'target-resource':
      return path.target.kind === 'resource' ? holdings.together(permissions, anyOf(path.target.template)) : undefined;
  }
}

const ANY_POLICY = 'arn:*:iam::*:policy/*';

/** That the session can assume it was found out already: for certain, and it may take no permission, or perhaps. */
function onRole(
  permissions: readonly Permission[],
  { role, certain }: Onward,
  { holdings, path }: Looking,
): readonly Held[] | undefined {
  const held: Held[] = [];
  for (const permission of permissions) {
    const one = holdings.on(permission, [exactly(role.arn)]);
    const found = path.target.kind === 'role-trusting-session' && permission.action === 'sts:AssumeRole';
    if (one === undefined && !found) return undefined;
    if (one?.certain || (one && !(found && certain))) held.push(one);
  }
  return held;
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

function assumingPolicy({ permissions }: EscalationPath, held: readonly Held[], { self }: Setting): string | undefined {
  const at = permissions.findIndex(({ on }) => on === 'own-policy');
  if (at < 0 || self.customerPolicies?.includes(held[at]!.resource)) return undefined;
  return self.customerPolicies === undefined
    ? 'if the policy is attached to this role'
    : 'if the policy is attached to somebody else';
}

/**
 * Of two paths that are open, the one that needs less is the one to speak of. A path of our own never hides a published
 * one, which readers know by its id.
 */
function folded(open: readonly OpenPath[]): Pick<Escalation, 'open' | 'dominated'> {
  const needs = open.map(({ path }) => new Set(path.permissions.map(({ action }) => action)));
  const dominated = (at: number) =>
    open.some(
      (other, by) =>
        by !== at &&
        needs[by]!.size < needs[at]!.size &&
        (other.path.published || !open[at]!.path.published) &&
        (other.certain || !open[at]!.certain) &&
        [...needs[by]!].every(action => needs[at]!.has(action)),
    );
  return { open: open.filter((_, at) => !dominated(at)), dominated: open.filter((_, at) => dominated(at)) };
}
