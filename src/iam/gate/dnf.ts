import { type Budget, ENDLESS } from '../budget.ts';
import { joinedWays } from './joinWays.ts';
import type { Reason } from './reason.ts';
import { covers } from './restrictions.ts';
import { unnamedAmong, unnamedWay } from './unnamed.ts';
import { ANY, meet, type Way, withReasons } from './way.ts';

/** Ways in, each enough by itself: none is nobody. */
export type Ways = readonly Way[] | TooMany;

/** There are more ways in than are told apart. */
export interface TooMany {
  /** One of them, where one was found that names nobody but whom all name, see unnamedWay. Where it assumes something all do. */
  readonly known: Way | undefined;
}

/** What something takes, and why that is nobody where it is. */
export interface Clause {
  readonly ways: Ways;
  readonly closes: readonly Reason[];
}

export const NOBODY: readonly Way[] = [];
export const ANYBODY: readonly Way[] = [ANY];

/** More ways in than this are not told apart any more. */
const WAYS_CAP = 256;

const PAIRS_CAP = 10_000;
const TERMS_CAP = 50_000;
const ABSORB_CAP = 1_000;

export function areTold(ways: Ways): ways is readonly Way[] {
  return Array.isArray(ways);
}

export function areNobody(ways: Ways): boolean {
  return areTold(ways) && ways.length === 0;
}

/** One of them must hold. */
export function anyOf(choices: readonly Ways[]): Ways {
  if (choices.some(ways => areTold(ways) && ways.some(isFree))) return ANYBODY;
  const [only] = choices;
  if (choices.length === 1) return only!;
  const ways = choices.flatMap(knownIn);
  const told = choices.every(areTold) ? simplified(ways) : undefined;
  return told ?? { known: unnamedAmong(ways)[0] };
}

/** All of them, or the one that is known. */
function knownIn(ways: Ways): readonly Way[] {
  if (areTold(ways)) return ways;
  return ways.known === undefined ? [] : [ways.known];
}

function isFree({ literals, assumptions, reasons }: Way): boolean {
  return literals.length === 0 && assumptions.length === 0 && reasons.length === 0;
}

/** All of them must hold. The budget pays for pairs of ways that are held against each other: where it is spent there are too many. */
export function allOf(needs: readonly Ways[], budget = ENDLESS): Ways {
  if (needs.some(areNobody)) return NOBODY;
  const single = meet(needs.flatMap(ways => (isSingle(ways) ? ways : [])));
  if (single === undefined) return NOBODY;
  const rest = [[single], ...distinctNeeds(needs.filter(ways => !isSingle(ways)))];
  const told = rest.every(areTold) ? productOf(rest, budget) : undefined;
  return told ?? { known: unnamedWay(rest.map(knownIn)) };
}

/** Whether that is one way. */
export function isSingle(ways: Ways): ways is readonly Way[] {
  return areTold(ways) && ways.length === 1;
}

/** Ways that are few enough to be told apart, or undefined. */
type Told = readonly Way[] | undefined;

/** Halved again and again, so that long lists are joined early; given up as soon as a part is too much. */
function productOf(needs: readonly (readonly Way[])[], budget: Budget): Told {
  if (needs.length === 1) return needs[0];
  const half = needs.length >> 1;
  const left = productOf(needs.slice(0, half), budget);
  return left === undefined || left.length === 0 ? left : product(left, productOf(needs.slice(half), budget), budget);
}

/** Each once, in an order that does not hang on the order of statements. */
function distinctNeeds(needs: readonly Ways[]): readonly Ways[] {
  const byId = new Map<string, Ways>();
  for (const ways of needs) {
    const id = idOf(ways);
    byId.set(id, together(ways, byId.get(id)));
  }
  return [...byId].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ways]) => ways);
}

function idOf(ways: Ways): string {
  return areTold(ways) ? ways.map(way => way.id).join('\n\n') : `more\n\n${ways.known?.id}`;
}

/** The reasons of both, where both are the same ways. */
function together(ways: Ways, same: Ways | undefined): Ways {
  if (same === undefined || !areTold(ways) || !areTold(same)) return same ?? ways;
  return same.map((way, at) => withReasons(way, ways[at]!.reasons));
}

function product(a: readonly Way[], b: Told, budget: Budget): Told {
  if (b?.length === 0) return NOBODY;
  if (b === undefined || a.length * b.length > PAIRS_CAP) return undefined;
  if (!budget.spend(a.length * b.length)) return undefined;
  return simplified(a.flatMap(one => b.map(other => meet([one, other])).filter(way => way !== undefined)));
}

/** As few ways as it can: equal ones, those that differ in one literal, and those within another become one. */
function simplified(ways: readonly Way[]): Told {
  if (ways.length <= 1) return ways;
  if (ways.length > TERMS_CAP) return undefined;
  const joined = joinedWays(ways);
  if (joined.length > ABSORB_CAP) return undefined;
  const widest = widestOf(joined);
  return widest.length > WAYS_CAP ? undefined : widest;
}

/** Those that are within no other one. */
export function widestOf(ways: readonly Way[]): readonly Way[] {
  return ways.filter((way, at) => !ways.some((other, by) => by !== at && absorbs(other, way, by < at)));
}

/** Of two that cover each other the first one stays. */
function absorbs(wide: Way, narrow: Way, first: boolean): boolean {
  return covers(wide, narrow) && (first || !covers(narrow, wide));
}
