import type { Witness } from '../witness.ts';
import {
  type Area,
  type AreaSetting,
  EVERYWHERE,
  type Ground,
  inside,
  meet,
  outside,
  resourceIn,
  touches,
} from './area.ts';
import type { Budget } from './budget.ts';
import type { Demand, Term } from './demand.ts';
import { type Demands, demanding, doubtfulIn, NO_DEMANDS } from './demands.ts';
import type { Entry } from './entry.ts';

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

/** Where the search has come to. */
interface Spot {
  readonly area: Area;
  readonly demands: Demands;
  readonly chosen: readonly Entry[];
}

/** A statement that is still to be kept from applying. */
interface Open {
  readonly entry: Entry;
  /** Those of its conditions that may still fail. */
  readonly terms: readonly Term[];
  /** Whether all that is left of the area is among its resources. */
  readonly stuck: boolean;
}

/**
 * Exact. A statement is kept from applying by leaving its resources or by failing one of its conditions; both are tried as
 * far as needed. Exponential at worst, in the number of conditions that get in each other's way: hence the budget. `none`
 * is a proof.
 */
export function search(goal: Goal, budget: Budget): Finding {
  const because = new Set<string>();
  const setting: AreaSetting = { ground: goal.ground, budget };
  const asked = new WeakMap<Area, Witness>();
  const given = demanding(NO_DEMANDS, goal.given, budget);
  const found = given && enter(0, { area: EVERYWHERE, demands: given, chosen: [] });
  const resource = found && resourcesOf(found.area);
  if (resource?.kind === 'found') return { kind: 'found', ...found!, resource: resource.text };
  return because.size > 0 ? { kind: 'unknown', because } : { kind: 'none' };

  /** Chooses a statement of each list, and a place in it. */
  function enter(at: number, spot: Spot): Spot | undefined {
    const list = goal.each[at];
    if (list === undefined) return leave(spot);
    for (const entry of list) {
      if (isTooMuch()) return undefined;
      const areas = inside(entry.reading.resources(), goal.ground)
        .map(way => meet(spot.area, way, setting))
        .filter(area => area !== undefined && canEnter(at + 1, area));
      const demands = areas.length === 0 ? undefined : demanding(spot.demands, entry.reading.terms().map(must), budget);
      if (demands === undefined) continue;
      for (const area of areas) {
        const found = area && enter(at + 1, { area, demands, chosen: [...spot.chosen, entry] });
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  function canEnter(from: number, area: Area): boolean {
    return goal.each.slice(from).every(list => list.some(entry => touches(entry.reading.resources(), area, setting)));
  }

  /** Keeps out of the statements that apply to every request, then of the others. */
  function leave(spot: Spot): Spot | undefined {
    const near = goal.none.filter(entry => touches(entry.reading.resources(), spot.area, setting));
    const [always, sometimes] = parted(near, entry => entry.reading.terms().length === 0);
    return leaveAreas(always, spot, left => leaveOthers(sometimes, left));
  }

  /** `Resource` is left in one way; `NotResource` in as many as it has patterns, so those come last. */
  function leaveAreas(
    statements: readonly Entry[],
    spot: Spot,
    then: (spot: Spot) => Spot | undefined,
  ): Spot | undefined {
    const [listing, excepting] = parted(statements, ({ reading }) => waysOut(reading).length === 1);
    let area: Area | undefined = spot.area;
    for (const { reading } of listing) area = area && meet(area, waysOut(reading)[0]!, setting);
    return area && leaveExcepting(excepting, { ...spot, area }, then);
  }

  function leaveExcepting(
    statements: readonly Entry[],
    spot: Spot,
    then: (spot: Spot) => Spot | undefined,
  ): Spot | undefined {
    const [first, ...rest] = statements;
    if (first === undefined) return isEmpty(spot.area) ? undefined : then(spot);
    if (isTooMuch()) return undefined;
    for (const way of waysOut(first.reading)) {
      const area = meet(spot.area, way, setting);
      const found = area && leaveExcepting(rest, { ...spot, area }, then);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  function waysOut(reading: Entry['reading']): readonly Area[] {
    return outside(reading.resources(), goal.ground);
  }

  function leaveOthers(statements: readonly Entry[], spot: Spot): Spot | undefined {
    const found = leaveAll(statements, spot);
    if (found !== undefined || statements.length === 0) return found;
    const { left, demands } = failedAtOnce(statements, spot.demands, budget);
    return settle(
      left.map(entry => ({ entry, terms: entry.reading.terms(), stuck: isStuck(entry, spot.area) })),
      { ...spot, demands },
    );
  }

  /** The quick way: there are resources that none of them is about. */
  function leaveAll(statements: readonly Entry[], spot: Spot): Spot | undefined {
    if (statements.some(({ reading }) => waysOut(reading).length !== 1)) return undefined;
    return leaveAreas(statements, spot, sure);
  }

  /** Decides one condition after the other, those first that have to fail. */
  function settle(open: readonly Open[], spot: Spot): Spot | undefined {
    if (isTooMuch()) return undefined;
    const forced = open.filter(({ stuck, terms }) => stuck && terms.length === 1).map(({ terms }) => terms[0]!);
    if (forced.length > 0) return failing(forced, open, spot);
    const found = leaveAll(
      open.map(({ entry }) => entry),
      spot,
    );
    const next = shortest(open.filter(({ stuck }) => stuck)) ?? open[0];
    if (found !== undefined || next === undefined) return found;
    const term = next.terms[0]!;
    return failing([term], open, spot) ?? holding(term, open, spot);
  }

  function failing(terms: readonly Term[], open: readonly Open[], spot: Spot): Spot | undefined {
    const demands = demanding(
      spot.demands,
      terms.map(term => ({ term, holds: false })),
      budget,
    );
    if (demands === undefined) return undefined;
    const failed = new Set(terms.map(({ identity }) => identity));
    const left = open.filter(each => !each.terms.some(({ identity }) => failed.has(identity)));
    return settle(left, { ...spot, demands });
  }

  /** Statements of which every condition holds are left by their resources. */
  function holding(term: Term, open: readonly Open[], spot: Spot): Spot | undefined {
    const demands = demanding(spot.demands, [{ term, holds: true }], budget);
    if (demands === undefined) return undefined;
    const fewer = open.map(each => ({
      ...each,
      terms: each.terms.filter(({ identity }) => identity !== term.identity),
    }));
    const [applying, others] = parted(fewer, ({ terms }) => terms.length === 0);
    if (applying.some(({ stuck }) => stuck)) return undefined;
    if (applying.length === 0) return settle(others, { ...spot, demands });
    return leaveAreas(
      applying.map(({ entry }) => entry),
      { ...spot, demands },
      left =>
        settle(
          others.map(each => ({ ...each, stuck: each.stuck || isStuck(each.entry, left.area) })),
          left,
        ),
    );
  }

  function isStuck({ reading }: Entry, area: Area): boolean {
    return waysOut(reading).every(way => {
      const left = meet(area, way, setting);
      return left === undefined || isEmpty(left);
    });
  }

  /** Only what is known for certain to be a request. */
  function sure(spot: Spot): Spot | undefined {
    const doubtful = doubtfulIn(spot.demands);
    for (const { term } of doubtful) because.add(doubtOf(term));
    const { kind } = resourcesOf(spot.area);
    if (kind === 'unknown') because.add(budget.spent() ? CAP : PATTERNS);
    return doubtful.length === 0 && kind === 'found' ? spot : undefined;
  }

  /** What is not known to be empty is looked into. */
  function isEmpty(area: Area): boolean {
    return resourcesOf(area).kind === 'none';
  }

  function resourcesOf(area: Area): Witness {
    const known = asked.get(area);
    if (known !== undefined) return known;
    const witness = resourceIn(area, setting);
    asked.set(area, witness);
    return witness;
  }

  function isTooMuch(): boolean {
    if (budget.spend(16)) return false;
    because.add(CAP);
    return true;
  }
}

function shortest(open: readonly Open[]): Open | undefined {
  return open.reduce<Open | undefined>(
    (best, each) => (best === undefined || each.terms.length < best.terms.length ? each : best),
    undefined,
  );
}

export const CAP = 'The search was given up at its cap.';
const PATTERNS =
  'Resource patterns that are too long, have too many stars, or hang on policy variables could not be told apart.';

function doubtOf({ condition: { operator, key, values } }: Term): string {
  return `The condition ${operator} ${key} ${values.join(', ')} could not be weighed.`;
}

function must(term: Term): Demand {
  return { term, holds: true };
}

function parted<T>(items: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(test), items.filter(item => !test(item))];
}

/**
 * Keys on which the request so far wants nothing, and one value of which fails every condition on them: nothing is lost by
 * taking it, so no other way is tried for those statements.
 */
function failedAtOnce(
  open: readonly Entry[],
  demands: Demands,
  budget: Budget,
): { readonly left: readonly Entry[]; readonly demands: Demands } {
  const byKey = new Map<string, Demand[]>();
  for (const { reading } of open) {
    for (const term of reading.terms()) {
      const wanted = byKey.get(term.key);
      if (wanted === undefined) byKey.set(term.key, [{ term, holds: false }]);
      else wanted.push({ term, holds: false });
    }
  }
  let [left, all] = [open, demands];
  for (const [key, wanted] of byKey) {
    const failing = all.has(key) ? undefined : demanding(all, wanted, budget);
    if (failing === undefined || doubtfulIn(failing).length > doubtfulIn(all).length) continue;
    all = failing;
    left = left.filter(({ reading }) => !reading.terms().some(term => term.key === key));
  }
  return { left, demands: all };
}
