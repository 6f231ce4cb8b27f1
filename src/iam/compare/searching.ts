import type { Budget } from '../budget.ts';
import type { Witness } from '../witness.ts';
import { type Area, type AreaSetting, type Ground, resourceIn } from './area.ts';
import type { Demand, Term } from './demand.ts';
import { type Demands, demanding, doubtfulIn } from './demands.ts';
import type { Entry } from './entry.ts';

/** Where a search has come to. */
export interface Spot {
  readonly area: Area;
  readonly demands: Demands;
  readonly chosen: readonly Entry[];
}

/** One search: how far it may go, what it has found out on its way, and why it may have missed something. */
export interface Searching {
  readonly setting: AreaSetting;
  /** Gets a line for whatever was not looked into. */
  readonly doubts: Set<string>;
  /** The resources that areas were found to have. */
  readonly asked: WeakMap<Area, Witness>;
}

export function searchingOn(ground: Ground, budget: Budget): Searching {
  return { setting: { ground, budget }, doubts: new Set(), asked: new WeakMap() };
}

/** Each turn costs something. */
export function isTooMuch({ setting: { budget }, doubts }: Searching): boolean {
  if (budget.spend(16)) return false;
  doubts.add(CAP);
  return true;
}

/** What is not known to be empty is looked into. */
export function isEmpty(searching: Searching, area: Area): boolean {
  return resourceOf(searching, area).kind === 'none';
}

/** The shortest of an area; found out once. */
export function resourceOf({ setting, asked }: Searching, area: Area): Witness {
  const known = asked.get(area);
  if (known !== undefined) return known;
  const witness = resourceIn(area, setting);
  asked.set(area, witness);
  return witness;
}

/** The same with more demands; undefined when no request meets all of them. */
export function spotWith({ setting }: Searching, spot: Spot, more: readonly Demand[]): Spot | undefined {
  const demands = demanding(spot.demands, more, setting.budget);
  return demands && { ...spot, demands };
}

/** Only what is known for certain to be a request. */
export function sure(searching: Searching, spot: Spot): Spot | undefined {
  const { setting, doubts } = searching;
  const doubtful = doubtfulIn(spot.demands);
  for (const { term } of doubtful) doubts.add(doubtOf(term));
  const { kind } = resourceOf(searching, spot.area);
  if (kind === 'unknown') doubts.add(setting.budget.spent() ? CAP : PATTERNS);
  return doubtful.length === 0 && kind === 'found' ? spot : undefined;
}

export const CAP = 'The search was given up at its cap.';
const PATTERNS =
  'Resource patterns that are too long, have too many stars, or hang on policy variables could not be told apart.';

function doubtOf({ condition: { operator, key, values } }: Term): string {
  return `The condition ${operator} ${key} ${values.join(', ')} could not be weighed.`;
}
