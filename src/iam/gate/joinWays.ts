import { joinLiterals } from './join.ts';
import type { Literal } from './literal.ts';
import { implies } from './meet.ts';
import { opening, type Reason } from './reason.ts';
import { excuses } from './restrictions.ts';
import { type Way, wayOf } from './way.ts';

/** Each once; those that differ in what they ask of one part, or in one assumption, become one, until none do. */
export function joinedWays(ways: readonly Way[]): readonly Way[] {
  let left = once(ways);
  for (let size = Number.POSITIVE_INFINITY; left.length < size; ) {
    size = left.length;
    left = once(joinRound(joinAssumptions(left)));
  }
  return left;
}

/** Of equal ways the one that needs the least excuse. */
function once(ways: readonly Way[]): readonly Way[] {
  const byId = new Map<string, Way>();
  for (const way of ways) {
    const known = byId.get(way.id);
    if (known === undefined || excuses(way) < excuses(known)) byId.set(way.id, way);
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function joinRound(ways: readonly Way[]): readonly Way[] {
  let left = ways;
  for (const fact of new Set(ways.flatMap(way => way.literals.map(literal => literal.fact)))) left = joinOn(fact, left);
  return left;
}

function joinOn(fact: string, ways: readonly Way[]): readonly Way[] {
  const groups = new Map<string, Way[]>();
  const others: Way[] = [];
  for (const way of ways) {
    const rest = restWithout(fact, way);
    if (rest === undefined) others.push(way);
    else if (groups.has(rest.id)) groups.get(rest.id)!.push(way);
    else groups.set(rest.id, [way]);
  }
  return [...others, ...[...groups.values()].flatMap(group => joinGroup(fact, group))];
}

/** Undefined: it does not ask exactly one thing of the part. */
function restWithout(fact: string, way: Way): Way | undefined {
  const others = way.literals.filter(literal => literal.fact !== fact);
  return others.length === way.literals.length - 1 ? wayOf({ ...way, literals: others }) : undefined;
}

function joinGroup(fact: string, group: readonly Way[]): readonly Way[] {
  if (group.length === 1) return group;
  const rest = restWithout(fact, group[0]!)!;
  const literals = group.map(way => way.literals.find(literal => literal.fact === fact)!);
  const joined = joinLiterals(literals);
  const reasons = group.flatMap(way => way.reasons);
  if (joined === 'anything') return [wayOf({ ...rest, reasons: [...reasons, completing(fact)] })];
  if (joined.length === literals.length) return group;
  return joined.map(literal =>
    wayOf({ ...rest, literals: [...rest.literals, literal], reasons: reasonsOf(literal, group) }),
  );
}

function reasonsOf(literal: Literal, group: readonly Way[]): readonly Reason[] {
  const own = group.filter(way => way.reasons.length > 0 && way.literals.some(each => implies(each, literal)));
  return own.flatMap(way => way.reasons);
}

function completing(fact: string): Reason {
  const text = `what is asked of ${fact} in one place and in another lets in every certificate between them`;
  return opening('completed', fact, text);
}

/** Whether an assumption is true or not does not matter where the rest is the same. */
function joinAssumptions(ways: readonly Way[]): readonly Way[] {
  const byId = new Map(ways.map(way => [way.id, way]));
  return ways.map(way => {
    const idle = way.assumptions.find(({ id }) => byId.has(turned(way, id).id));
    return idle === undefined ? way : wayOf({ ...way, assumptions: without(way, idle.id) });
  });
}

function turned(way: Way, id: string): Way {
  const assumptions = way.assumptions.map(each => (each.id === id ? { ...each, holds: !each.holds } : each));
  return wayOf({ ...way, assumptions });
}

function without({ assumptions }: Way, id: string): Way['assumptions'] {
  return assumptions.filter(each => each.id !== id);
}
