import { touches } from './area.ts';
import type { Demand, Term } from './demand.ts';
import { doubtfulIn } from './demands.ts';
import type { Entry } from './entry.ts';
import { isStuck, leaveAreas, parted, waysOut } from './leaving.ts';
import { isTooMuch, type Searching, type Spot, spotWith, sure } from './searching.ts';

/** A statement that is still to be kept from applying. */
interface Open {
  readonly entry: Entry;
  /** Those of its conditions that may still fail. */
  readonly terms: readonly Term[];
  /** Whether all that is left of the area is among its resources. */
  readonly stuck: boolean;
}

/**
 * Keeps out of all these statements, by leaving their resources or failing one of their conditions: of those that apply to
 * every request first, then of the others.
 */
export function leave(searching: Searching, statements: readonly Entry[], spot: Spot): Spot | undefined {
  const near = statements.filter(({ reading }) => touches(reading.resources(), spot.area, searching.setting));
  const [always, sometimes] = parted(near, ({ reading }) => reading.terms().length === 0);
  return leaveAreas(searching, always, spot, left => leaveOthers(searching, sometimes, left));
}

function leaveOthers(searching: Searching, statements: readonly Entry[], spot: Spot): Spot | undefined {
  const found = leaveAll(searching, statements, spot);
  if (found !== undefined || statements.length === 0) return found;
  const { left, spot: failed } = failedAtOnce(searching, statements, spot);
  const open = left.map(entry => ({
    entry,
    terms: entry.reading.terms(),
    stuck: isStuck(searching, entry, spot.area),
  }));
  return settle(searching, open, failed);
}

/** The quick way: there are resources that none of them is about. */
function leaveAll(searching: Searching, statements: readonly Entry[], spot: Spot): Spot | undefined {
  if (statements.some(entry => waysOut(searching, entry).length !== 1)) return undefined;
  return leaveAreas(searching, statements, spot, left => sure(searching, left));
}

/** Decides one condition after the other, those first that have to fail. */
function settle(searching: Searching, open: readonly Open[], spot: Spot): Spot | undefined {
  if (isTooMuch(searching)) return undefined;
  const forced = open.filter(({ stuck, terms }) => stuck && terms.length === 1).map(({ terms }) => terms[0]!);
  if (forced.length > 0) return failing(searching, forced, open, spot);
  const found = leaveAll(searching, open.map(entryOf), spot);
  const next = shortest(open.filter(({ stuck }) => stuck)) ?? open[0];
  if (found !== undefined || next === undefined) return found;
  const term = next.terms[0]!;
  return failing(searching, [term], open, spot) ?? holding(searching, term, open, spot);
}

function failing(searching: Searching, terms: readonly Term[], open: readonly Open[], spot: Spot): Spot | undefined {
  const failed = spotWith(searching, spot, terms.map(mustNot));
  if (failed === undefined) return undefined;
  const identities = new Set(terms.map(({ identity }) => identity));
  const left = open.filter(each => !each.terms.some(({ identity }) => identities.has(identity)));
  return settle(searching, left, failed);
}

/** Statements of which every condition holds are left by their resources. */
function holding(searching: Searching, term: Term, open: readonly Open[], spot: Spot): Spot | undefined {
  const held = spotWith(searching, spot, [{ term, holds: true }]);
  if (held === undefined) return undefined;
  const fewer = open.map(each => ({ ...each, terms: each.terms.filter(({ identity }) => identity !== term.identity) }));
  const [applying, others] = parted(fewer, ({ terms }) => terms.length === 0);
  if (applying.some(({ stuck }) => stuck)) return undefined;
  if (applying.length === 0) return settle(searching, others, held);
  return leaveAreas(searching, applying.map(entryOf), held, left => settle(searching, lookedAt(others, left), left));

  function lookedAt(statements: readonly Open[], { area }: Spot): readonly Open[] {
    return statements.map(each => ({ ...each, stuck: each.stuck || isStuck(searching, each.entry, area) }));
  }
}

function entryOf({ entry }: Open): Entry {
  return entry;
}

function shortest(open: readonly Open[]): Open | undefined {
  return open.reduce<Open | undefined>(
    (best, each) => (best === undefined || each.terms.length < best.terms.length ? each : best),
    undefined,
  );
}

function mustNot(term: Term): Demand {
  return { term, holds: false };
}

/**
 * Keys on which the request so far wants nothing, and one value of which fails every condition on them: nothing is lost by
 * taking it, so no other way is tried for those statements.
 */
function failedAtOnce(
  searching: Searching,
  open: readonly Entry[],
  start: Spot,
): { readonly left: readonly Entry[]; readonly spot: Spot } {
  let [left, spot] = [open, start];
  for (const [key, wanted] of failuresByKey(open)) {
    const failed = spot.demands.has(key) ? undefined : spotWith(searching, spot, wanted);
    if (failed === undefined || doubtfulIn(failed.demands).length > doubtfulIn(spot.demands).length) continue;
    spot = failed;
    left = left.filter(({ reading }) => !reading.terms().some(term => term.key === key));
  }
  return { left, spot };
}

function failuresByKey(open: readonly Entry[]): ReadonlyMap<string, readonly Demand[]> {
  const byKey = new Map<string, Demand[]>();
  for (const term of open.flatMap(({ reading }) => reading.terms())) {
    const wanted = byKey.get(term.key);
    if (wanted === undefined) byKey.set(term.key, [mustNot(term)]);
    else wanted.push(mustNot(term));
  }
  return byKey;
}
