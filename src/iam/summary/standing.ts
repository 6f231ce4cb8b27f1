import { allowedActions } from '../access/actions.ts';
import { adminOf } from '../access/admin.ts';
import { isAnyWithin } from '../escalation/match.ts';
import { questionOfRole } from '../escalation/roleItself.ts';
import type { KnownRole, World } from '../escalation/world.ts';
import { some, type Truth } from '../truth.ts';
import { type Promises, promisesOf, throughRoles } from './promise.ts';
import { isReadWhole, type Lead, type Others, type Prospect, waysUp, whatEachIsAlone } from './prospect.ts';

/**
 * What leads promise, given whether each role of the account is an administrator, or can make itself one, or can get to one
 * over any number of roles. That is found out once for a role and for all those that it may lead to.
 */
export function promisesIn(world: World, now: Date): Promises {
  const known = remembered.get(world) ?? promisesOf({ world, now, standing: standingsIn(world, now) });
  remembered.set(world, known);
  return known;
}

const remembered = new WeakMap<World, Promises>();

function standingsIn(world: World, now: Date): Others['standing'] {
  const settled = new Map<KnownRole, Truth>();
  return role => {
    if (!settled.has(role)) settle(role, { world, now, settled });
    return settled.get(role);
  };
}

interface Settling {
  readonly world: World;
  readonly now: Date;
  readonly settled: Map<KnownRole, Truth>;
}

/** A role that is not an administrator by itself, and where it leads. */
interface Waiting {
  readonly prospects: readonly Prospect[];
  truth: Truth;
}

/** What each makes of itself comes first; then truths are handed back from role to role until none changes any more. */
function settle(first: KnownRole, { world, now, settled }: Settling): void {
  const waiting = new Map<KnownRole, Waiting>();
  const found = new Set([first]);
  const seen = new Set<Lead['candidates']>();
  for (const role of found) {
    if (settled.has(role)) continue;
    const { truth, prospects } = byItself(role, world, now);
    if (truth === true || prospects.length === 0) settled.set(role, truth);
    else waiting.set(role, { prospects, truth });
    for (const { candidates } of truth === true ? [] : prospects.flatMap(prospect => prospect.leads())) {
      if (seen.has(candidates)) continue;
      seen.add(candidates);
      for (const candidate of candidates) found.add(candidate.role);
    }
  }
  const standing = (role: KnownRole) => (settled.has(role) ? settled.get(role) : waiting.get(role)?.truth);
  for (let changed = true; changed; ) {
    changed = false;
    let promised = promisesOf({ world, now, standing });
    for (const each of waiting.values()) {
      if (each.truth === true) continue;
      const truth = some([each.truth, some(whereEachLeads(each.prospects, promised))]);
      if (truth === each.truth) continue;
      changed = true;
      each.truth = truth;
      promised = promisesOf({ world, now, standing });
    }
  }
  for (const [role, { truth }] of waiting) settled.set(role, truth);
}

function* whereEachLeads(prospects: readonly Prospect[], promised: Promises): Generator<Truth, void> {
  for (const prospect of prospects) yield throughRoles(prospect, promised);
}

/** Nothing is known of a role whose policies nobody read. */
function byItself(role: KnownRole, world: World, now: Date): Waiting {
  if (role.layers === undefined) return { truth: undefined, prospects: [] };
  const question = questionOfRole(role, world, now);
  const { stack } = question;
  const admin = adminOf(stack).truth;
  if (admin === true || (admin === undefined && !isReadWhole(stack))) return { truth: admin, prospects: [] };
  if (admin === undefined && !isAnyWithin(allowedActions(stack).certain, question.assumable))
    return { truth: admin, prospects: [] };
  const { prospects } = waysUp(question);
  const truth = some([admin, some(whatEachIsAlone(prospects))]);
  return { truth, prospects: truth === true ? [] : prospects.filter(prospect => prospect.leads().length > 0) };
}
