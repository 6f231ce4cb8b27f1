import { joinLiterals } from './join.ts';
import type { Literal } from './literal.ts';
import { implies } from './meet.ts';
import { opening, type Reason } from './reason.ts';
import { ANY, isWithin, meet, type Way, wayOf, withReasons } from './way.ts';

/** Ways in, each enough by itself: none is nobody. Undefined: there are too many to tell. */
export type Ways = readonly Way[] | undefined;

/** What something takes, and why that is nobody where it is. */
export interface Clause {
  readonly ways: Ways;
  readonly closes: readonly Reason[];
}

export const NOBODY: Ways = [];
export const ANYBODY: Ways = [ANY];

/** More ways in than this are not told apart any more. */
const WAYS_CAP = 256;

const PAIRS_CAP = 10_000;
const TERMS_CAP = 50_000;
const ABSORB_CAP = 1_000;

/** One of them must hold. */
export function anyOf(choices: readonly Ways[]): Ways {
  if (choices.some(ways => ways?.some(isFree))) return ANYBODY;
  if (choices.includes(undefined)) return undefined;
  const [only] = choices;
  return choices.length === 1 ? only : simplified(choices.flatMap(ways => ways!));
}

function isFree({ literals, assumptions, reasons }: Way): boolean {
  return literals.length === 0 && assumptions.length === 0 && reasons.length === 0;
}

/** All of them must hold. */
export function allOf(needs: readonly Ways[]): Ways {
  if (needs.some(ways => ways?.length === 0)) return NOBODY;
  const single = meet(needs.flatMap(ways => (ways?.length === 1 ? ways : [])));
  if (single === undefined) return NOBODY;
  const rest = distinctNeeds(needs.filter(ways => ways?.length !== 1));
  return rest.includes(undefined) ? undefined : productOf([[single], ...rest]);
}

/** Halved again and again, so that long lists are joined early; given up as soon as a part is too much. */
function productOf(needs: readonly Ways[]): Ways {
  if (needs.length === 1) return needs[0];
  const half = needs.length >> 1;
  const left = productOf(needs.slice(0, half));
  return left === undefined || left.length === 0 ? left : product(left, productOf(needs.slice(half)));
}

/** Each once, in an order that does not hang on the order of statements. */
function distinctNeeds(needs: readonly Ways[]): readonly Ways[] {
  const byId = new Map<string, Ways>();
  for (const ways of needs) {
    const id = ways?.map(way => way.id).join('\n\n') ?? '';
    const known = byId.get(id);
    byId.set(id, known?.map((way, at) => withReasons(way, ways![at]!.reasons)) ?? ways);
  }
  return [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ways]) => ways);
}

function product(a: Ways, b: Ways): Ways {
  if (a?.length === 0 || b?.length === 0) return NOBODY;
  if (a === undefined || b === undefined || a.length * b.length > PAIRS_CAP) return undefined;
  return simplified(a.flatMap(one => b.map(other => meet([one, other])).filter(way => way !== undefined)));
}

/** As few ways as it can: equal ones, those that differ in one literal, and those within another become one. */
function simplified(ways: readonly Way[]): Ways {
  if (ways.length <= 1) return ways;
  if (ways.length > TERMS_CAP) return undefined;
  const joined = joinedWays(once(ways));
  if (joined.length > ABSORB_CAP) return undefined;
  const widest = widestOf(joined);
  return widest.length > WAYS_CAP ? undefined : widest;
}

/** Those that are within no other one. */
export function widestOf(ways: readonly Way[]): readonly Way[] {
  return ways.filter((way, at) => !ways.some((other, by) => by !== at && absorbs(other, way, by < at)));
}

/** Of two that are within each other the first one stays. */
function absorbs(wide: Way, narrow: Way, first: boolean): boolean {
  return isWithin(narrow, wide, implies) && (first || !isWithin(wide, narrow, implies));
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

function excuses({ reasons }: Way): number {
  return reasons.filter(reason => reason.effect === 'opens').length;
}

/** Joins ways that differ in what they ask of one part, or in one assumption, until none do. */
function joinedWays(ways: readonly Way[]): readonly Way[] {
  let left = ways;
  for (let size = Number.POSITIVE_INFINITY; left.length < size; ) {
    size = left.length;
    left = once(joinRound(joinAssumptions(left)));
  }
  return left;
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
  if (joined === 'anything') return [wayOf({ ...rest, reasons: [...reasons, together(fact)] })];
  if (joined.length === literals.length) return group;
  return joined.map(literal =>
    wayOf({ ...rest, literals: [...rest.literals, literal], reasons: reasonsOf(literal, group) }),
  );
}

function reasonsOf(literal: Literal, group: readonly Way[]): readonly Reason[] {
  const own = group.filter(way => way.reasons.length > 0 && way.literals.some(each => implies(each, literal)));
  return own.flatMap(way => way.reasons);
}

function together(fact: string): Reason {
  const text = `what is asked of ${fact} in one place and in another lets in every certificate between them`;
  return opening('tautology', fact, text);
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
