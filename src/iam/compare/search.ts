import type { Budget } from '../budget.ts';
import { type Area, EVERYWHERE, type Ground, inside, meet, touches } from './area.ts';
import type { Demand, Term } from './demand.ts';
import { type Demands, demanding, NO_DEMANDS } from './demands.ts';
import type { Entry } from './entry.ts';
import { isTooMuch, resourceOf, type Searching, type Spot, searchingOn, spotWith } from './searching.ts';
import { leave } from './settling.ts';

/** A request is looked for to which one statement of each list applies, and none of `none`. All cover its action. */
export interface Goal {
  readonly each: readonly (readonly Entry[])[];
  readonly none: readonly Entry[];
  readonly ground: Ground;
  /** What every request meets. */
  readonly given: readonly Demand[];
}

export interface Found {
  readonly kind: 'found';
  readonly area: Area;
  /** The shortest of the area. */
  readonly resource: string;
  readonly demands: Demands;
  /** One of each list. */
  readonly chosen: readonly Entry[];
}

export type Finding =
  | Found
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly because: ReadonlySet<string> };

/**
 * Exact. A statement is kept from applying by leaving its resources or by failing one of its conditions; both are tried as
 * far as needed. Exponential at worst, in the number of conditions that get in each other's way: hence the budget. `none`
 * is a proof.
 */
export function search(goal: Goal, budget: Budget): Finding {
  const searching = searchingOn(goal.ground, budget);
  const demands = demanding(NO_DEMANDS, goal.given, budget);
  const found = demands && enter(searching, goal, { area: EVERYWHERE, demands, chosen: [] });
  if (found === undefined) return nothingIn(searching);
  const resource = resourceOf(searching, found.area);
  return resource.kind === 'found' ? { kind: 'found', ...found, resource: resource.text } : nothingIn(searching);
}

function nothingIn({ doubts }: Searching): Finding {
  return doubts.size > 0 ? { kind: 'unknown', because: doubts } : { kind: 'none' };
}

/** Chooses a statement of the next list, and a place in it, until there is one of each. */
function enter(searching: Searching, goal: Goal, spot: Spot): Spot | undefined {
  const list = goal.each[spot.chosen.length];
  if (list === undefined) return leave(searching, goal.none, spot);
  for (const entry of list) {
    if (isTooMuch(searching)) return undefined;
    const areas = areasIn(searching, entry, spot).filter(area => canEnter(searching, goal, { ...spot, area }));
    const held = areas.length === 0 ? undefined : spotWith(searching, spot, entry.reading.terms().map(must));
    if (held === undefined) continue;
    for (const area of areas) {
      const found = enter(searching, goal, { ...held, area, chosen: [...spot.chosen, entry] });
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function areasIn({ setting }: Searching, { reading }: Entry, { area }: Spot): readonly Area[] {
  return inside(reading.resources(), setting.ground)
    .map(way => meet(area, way, setting))
    .filter(met => met !== undefined);
}

/** Whether the lists after the next one have something to say of the area. */
function canEnter({ setting }: Searching, { each }: Goal, { area, chosen }: Spot): boolean {
  const later = each.slice(chosen.length + 1);
  return later.every(list => list.some(({ reading }) => touches(reading.resources(), area, setting)));
}

function must(term: Term): Demand {
  return { term, holds: true };
}
