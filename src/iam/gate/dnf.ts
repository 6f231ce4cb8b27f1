import { joinedWays } from './joinWays.ts';
import { implies } from './meet.ts';
import type { Reason } from './reason.ts';
import { ANY, isWithin, meet, type Way, withReasons } from './way.ts';

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
  const joined = joinedWays(ways);
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
