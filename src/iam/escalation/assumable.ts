import { reach } from '../access/reach.ts';
import { callContext, type Stack, type StackLayer, stackOf } from '../access/stack.ts';
import { coversAction } from '../action.ts';
import { evaluateConditions } from '../condition/evaluate.ts';
import { type Context, layered } from '../context.ts';
import { literal } from '../glob.ts';
import type { Layers, PlacedStatement } from '../layer.ts';
import type { Statement } from '../policy.ts';
import { principalContext, resourceContext } from '../session.ts';
import { all, not, some, type Truth } from '../truth.ts';
import { type KnownRole, principalKey, type World } from './world.ts';

/** A role that this session can go on to. */
export interface Onward {
  readonly role: KnownRole;
  /** False: it hangs on something that is not known. */
  readonly certain: boolean;
}

/** Who asks: the session's role, all that bounds it, and whether a session policy does. */
export interface Actor {
  readonly roleArn: string;
  readonly stack: Stack;
  readonly caged: boolean;
}

/** The roles whose trust policy lets this role assume them, where this session's policies let it too. By ARN. */
export function assumableBy({ roleArn, stack, caged }: Actor, world: World): readonly Onward[] {
  const names = namesOf(roleArn, world);
  const keys = [names.role, names.session, ...names.account, '*'];
  const candidates = new Set(keys.flatMap(key => world.byPrincipal.get(key) ?? []));
  return [...candidates]
    .filter(role => role.arn !== roleArn || caged)
    .toSorted((a, b) => (a.arn < b.arn ? -1 : 1))
    .flatMap(role => {
      const can = canAssume(role, { names, stack });
      return can === false ? [] : [{ role, certain: can === true }];
    });
}

/** What a trust policy can call the session. */
interface Names {
  readonly role: string;
  readonly session: string;
  readonly account: readonly string[];
}

function namesOf(roleArn: string, { account, partition }: World): Names {
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return {
    role: roleArn,
    session: `arn:${partition}:sts::${account}:assumed-role/${name}`,
    account: [`arn:${partition}:iam::${account}:root`, account],
  };
}

interface Assuming {
  readonly names: Names;
  readonly stack: Stack;
}

/**
 * In the same account a trust policy that names the role (or everyone) is permission enough, as far as boundary and session
 * policy let it; one that names the account leaves it to the identity policies; one that names the session, whose name
 * nobody knows, leaves nothing to anyone. An explicit Deny counts in any case (IAM user guide, "Policy evaluation logic").
 */
function canAssume(role: KnownRole, { names, stack }: Assuming): Truth {
  const statements = (role.trust?.statements ?? []).filter(each => coversAction(each.actions, 'sts:AssumeRole'));
  const context = layered(resourceContext(role.arn), callContext(stack, 'sts:AssumeRole'));
  const admits = (effect: Statement['effect'], who: (principal: string) => Truth) =>
    some(statements.filter(each => each.effect === effect).map(each => appliesTo(each, names, { who, context })));
  const denied = admits('Deny', principal => isOneOf(principal, names));
  if (denied === true) return false;
  const byAccount = admits('Allow', principal => names.account.includes(principal));
  const byRole = admits('Allow', principal => principal === names.role || principal === '*');
  const bySession = admits('Allow', principal =>
    isSession(principal, names) || principal === '*' ? undefined : false,
  );
  return all([
    not(denied),
    some([
      both(byAccount, () => allows(stack, role.arn)),
      both(byRole, () => allows(without(stack, ['identity']), role.arn)),
      both(bySession, () => allows(without(stack, ['identity', 'boundary', 'session']), role.arn)),
    ]),
  ]);
}

/** The second is worked out where the first leaves it open. */
function both(first: Truth, second: () => Truth): Truth {
  return first === false ? false : all([first, second()]);
}

function isOneOf(principal: string, names: Names): Truth {
  if (principal === names.role || principal === '*' || names.account.includes(principal)) return true;
  return isSession(principal, names) ? undefined : false;
}

function isSession(principal: string, { session }: Names): boolean {
  return principalKey(principal) === session;
}

interface Applying {
  readonly who: (principal: string) => Truth;
  readonly context: Context;
}

/** NotPrincipal, which no trust policy should have, leaves open whom it means, save that it is not whom it names. */
function appliesTo({ principals, conditions, variables }: Statement, names: Names, { who, context }: Applying): Truth {
  const members = (principals?.members ?? []).filter(({ type }) => type === 'AWS').map(({ value }) => value);
  if (principals?.negated && members.some(value => isOneOf(value, names) === true)) return false;
  const meant = principals?.negated ? undefined : some(members.map(who));
  return meant === false ? false : all([meant, evaluateConditions(conditions, { context, variables }).truth]);
}

function allows(stack: Stack, roleArn: string): Truth {
  const { possible, certain } = reach(stack, { action: 'sts:AssumeRole', on: literal(roleArn) });
  if (certain.kind === 'found') return true;
  return possible.kind === 'none' ? false : undefined;
}

/** The same, with layers that stop nothing but what they deny. */
function without(stack: Stack, names: readonly StackLayer['name'][]): Stack {
  return {
    ...stack,
    layers: stack.layers.map(layer => (names.includes(layer.name) ? withAllowed(layer) : layer)),
  };
}

function withAllowed(layer: StackLayer): StackLayer {
  const everything: PlacedStatement = { layer: layer.name, policy: '', statement: EVERYTHING };
  return { ...layer, statements: [everything, ...layer.statements], about: new Map() };
}

const EVERYTHING: Statement = {
  sid: undefined,
  effect: 'Allow',
  actions: { negated: false, values: ['*'] },
  resources: { negated: false, values: ['*'] },
  principals: undefined,
  conditions: [],
  variables: false,
  at: 0,
  text: '',
};

/** The most roles that are followed from one; past that the picture is "everywhere". */
const MOST = 500;

/**
 * Where it leads, hop by hop: a role that was assumed goes on with its own policies alone, for session policies do not
 * come along (STS API, "Role chaining"). So the session's own role is somewhere else when a session policy holds it back.
 * Sorted by ARN.
 */
export function lateral(actor: Actor, world: World): readonly Onward[] {
  const found = new Map<string, Onward>();
  const pending = [...assumableBy(actor, world)];
  while (pending.length > 0 && found.size < MOST) {
    const next = pending.shift()!;
    const known = found.get(next.role.arn);
    if (known !== undefined && (known.certain || !next.certain)) continue;
    found.set(next.role.arn, next);
    for (const onward of onwardFrom(next.role, world, actor.stack.now))
      pending.push({ role: onward.role, certain: onward.certain && next.certain });
  }
  if (!actor.caged) found.delete(actor.roleArn);
  return [...found.values()].sort((a, b) => (a.role.arn < b.role.arn ? -1 : 1));
}

const remembered = new WeakMap<World, Map<string, readonly Onward[]>>();

/** The same for everyone who gets there. */
function onwardFrom(role: KnownRole, world: World, now: Date): readonly Onward[] {
  const byRole = remembered.get(world) ?? new Map<string, readonly Onward[]>();
  remembered.set(world, byRole);
  const known = byRole.get(role.arn);
  if (known !== undefined) return known;
  const principal = principalContext({ roleArn: role.arn, roleTags: role.tags, mappings: [], now });
  const stack = stackOf(role.layers ?? NOT_READ, { principal, now });
  const onward = assumableBy({ roleArn: role.arn, stack, caged: false }, world);
  byRole.set(
    role.arn,
    role.layers === undefined ? onward.filter(each => trustsByName(each.role, role, world)) : onward,
  );
  return byRole.get(role.arn)!;
}

/** Of a role whose policies nobody read a trust policy that names it says enough; that it may go anywhere says nothing. */
const NOT_READ: Layers = [
  { name: 'identity', policies: [], complete: false },
  { name: 'boundary', policies: [], complete: false },
];

function trustsByName(role: KnownRole, named: KnownRole, world: World): boolean {
  return world.byPrincipal.get(named.arn)?.includes(role) ?? false;
}
