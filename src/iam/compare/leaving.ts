import { type Area, meet, outside } from './area.ts';
import type { Entry } from './entry.ts';
import { isEmpty, isTooMuch, type Searching, type Spot } from './searching.ts';

/** What is tried from a spot on. */
export type Continuation = (spot: Spot) => Spot | undefined;

/**
 * Keeps statements from applying by leaving their resources. `Resource` is left in one way; `NotResource` in as many as it has
 * patterns, so those come last.
 */
export function leaveAreas(
  searching: Searching,
  statements: readonly Entry[],
  spot: Spot,
  then: Continuation,
): Spot | undefined {
  const [listing, excepting] = parted(statements, entry => waysOut(searching, entry).length === 1);
  let area: Area | undefined = spot.area;
  for (const entry of listing) area = area && meet(area, waysOut(searching, entry)[0]!, searching.setting);
  return area && leaveExcepting(searching, excepting, { ...spot, area }, then);
}

function leaveExcepting(
  searching: Searching,
  statements: readonly Entry[],
  spot: Spot,
  then: Continuation,
): Spot | undefined {
  const [first, ...rest] = statements;
  if (first === undefined) return isEmpty(searching, spot.area) ? undefined : then(spot);
  if (isTooMuch(searching)) return undefined;
  for (const way of waysOut(searching, first)) {
    const area = meet(spot.area, way, searching.setting);
    const found = area && leaveExcepting(searching, rest, { ...spot, area }, then);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether all that is left of the area is among the statement's resources. */
export function isStuck(searching: Searching, entry: Entry, area: Area): boolean {
  return waysOut(searching, entry).every(way => {
    const left = meet(area, way, searching.setting);
    return left === undefined || isEmpty(searching, left);
  });
}

export function waysOut({ setting }: Searching, { reading }: Entry): readonly Area[] {
  return outside(reading.resources(), setting.ground);
}

/** Those that pass the test, and the others. */
export function parted<T>(items: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(test), items.filter(item => !test(item))];
}
