import { groupedBy } from '../../lists.ts';
import { oncePer } from '../../memo/oncePer.ts';

/** Where in a list of ARNs these stand, which are in lower case. */
export function placesOf(arns: readonly string[], named: Iterable<string>): readonly number[] {
  const all = placesByName(arns);
  return [...named].flatMap(name => all.get(name) ?? []).sort((a, b) => a - b);
}

/** Every role asks for the trust anchors that it names. */
const placesByName = oncePer((arns: readonly string[]) => groupedBy([...arns.keys()], at => arns[at]!.toLowerCase()));

/** All but these; all of a list are one list of places. */
export function placesBut(apart: ReadonlySet<number>, arns: readonly string[]): readonly number[] {
  const all = allPlaces(arns);
  return apart.size === 0 ? all : all.filter(at => !apart.has(at));
}

const allPlaces = oncePer((arns: readonly string[]): readonly number[] => [...arns.keys()]);

/** The ARNs that stand there: the same list for the same places. */
export function arnsAt(arns: readonly string[], places: readonly number[]): readonly string[] {
  return taken(arns)(places);
}

const taken = oncePer((arns: readonly string[]) => oncePer((places: readonly number[]) => places.map(at => arns[at]!)));
