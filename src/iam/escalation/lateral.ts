import { type Actor, assumableBy, type Onward } from './assumable.ts';
import { onwardFrom } from './roleItself.ts';
import type { KnownRole, World } from './world.ts';

/** The most roles that are listed for one; past that the picture is "everywhere". */
export const MOST_ROLES = 500;

/**
 * Where it leads, hop by hop: a role that was assumed goes on with its own policies alone, for session policies do not
 * come along (STS API, "Role chaining"). So the session's own role is somewhere else when a session policy holds it back.
 * `first`: where it can go at once. Sorted by ARN, and no more than MOST_ROLES.
 */
export function lateral(actor: Actor, world: World, first = assumableBy(actor, world)): readonly Onward[] {
  if (first.length === 0) return [];
  const hops = hopsIn(world, actor.stack.now);
  const certain = hops.from(
    first.filter(each => each.certain),
    'certain',
  );
  const isElse = (role: KnownRole) => actor.caged || role.arn !== actor.roleArn;
  return hops
    .rolesIn(hops.from(first, 'possible'))
    .filter(isElse)
    .slice(0, MOST_ROLES)
    .map(role => ({ role, certain: hops.has(certain, role) }));
}

/** Some of the world's roles: one bit a role, in words of 32. */
type Roles = Uint32Array;

/** Where each role leads at once, found out when somebody gets there. */
interface Hops {
  /** All that can be reached from these, and they. */
  from(first: readonly Onward[], how: 'certain' | 'possible'): Roles;
  rolesIn(roles: Roles): readonly KnownRole[];
  has(roles: Roles, role: KnownRole): boolean;
}

const known = new WeakMap<World, Hops>();

function hopsIn(world: World, now: Date): Hops {
  const hops = known.get(world) ?? makeHops(world, now);
  known.set(world, hops);
  return hops;
}

function makeHops(world: World, now: Date): Hops {
  const { roles } = world;
  const places = new Map(roles.map((role, at) => [role, at]));
  const setOf = (onward: readonly Onward[]) => {
    const set = new Uint32Array(Math.ceil(roles.length / 32));
    for (const { role } of onward) {
      const at = places.get(role)!;
      set[at >>> 5]! |= 1 << (at & 31);
    }
    return set;
  };
  const next: { readonly certain: Roles; readonly possible: Roles }[] = [];
  const nextTo = (at: number) => {
    const onward = onwardFrom(roles[at]!, world, now);
    next[at] ??= { certain: setOf(onward.filter(each => each.certain)), possible: setOf(onward) };
    return next[at];
  };
  const reached = new Map<string, Roles>();
  const closure = (first: Roles, how: 'certain' | 'possible') => {
    const seen = first.slice();
    const pending = [...placesIn(seen)];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      pending.push(...placesIn(added(seen, nextTo(at)[how])));
    }
    return seen;
  };
  return {
    from(onward, how) {
      const first = setOf(onward);
      const key = `${how} ${first.join()}`;
      const all = reached.get(key) ?? closure(first, how);
      reached.set(key, all);
      return all;
    },
    rolesIn: set => Array.from(placesIn(set), at => roles[at]!),
    has(set, role) {
      const at = places.get(role)!;
      return ((set[at >>> 5]! >>> (at & 31)) & 1) === 1;
    },
  };
}

/** Adds these, and gives those that are new. */
function added(to: Roles, more: Roles): Roles {
  const news = new Uint32Array(to.length);
  for (let at = 0; at < to.length; at++) {
    news[at] = more[at]! & ~to[at]!;
    to[at]! |= more[at]!;
  }
  return news;
}

function* placesIn(roles: Roles): Generator<number, void> {
  for (let at = 0; at < roles.length; at++) {
    for (let rest = roles[at]!; rest !== 0; rest &= rest - 1) yield at * 32 + 31 - Math.clz32(rest & -rest);
  }
}
