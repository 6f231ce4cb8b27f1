import type { Rule } from '../rules/rule.ts';
import type { EventLookup } from '../snapshot/lookups.ts';
import { BROUGHT_BY } from '../snapshot/operations.ts';
import type { RegionSnapshot } from '../snapshot/snapshot.ts';
import { judgedUntil } from './reached.ts';
import type { Reached } from './state.ts';

/** A region that is read, and how far it was before. */
export interface Trail {
  readonly region: string;
  /** The events that are asked for there now. */
  readonly asked: readonly EventLookup[];
  readonly reached: Reached | undefined;
}

/**
 * From when on a rule goes on judging in a region, milliseconds; undefined: from the beginning. What counts or chains events takes
 * them from all regions: where one of these was not read for a while, it goes on from there in all of them. A region that never was
 * read is no reason to begin again in all others.
 */
export function goesOnFrom(rule: Rule, region: string, trails: readonly Trail[]): number | undefined {
  const own = trails.find(trail => trail.region === region);
  const until = own && judgedUntil(own.reached, rule, own.asked);
  if (until === undefined || !countsOrChains(rule)) return until;
  return Math.min(...trails.flatMap(trail => chainedUntil(rule, trail) ?? []));
}

function chainedUntil(rule: Rule, { reached, asked }: Trail): number | undefined {
  const until = judgedUntil(reached, rule, asked);
  return until === undefined ? undefined : Math.min(until, Date.parse(reached?.chainedUntil ?? reached!.until));
}

/** Suppression counts too; what is new is so by the history before it, whichever region was late. */
function countsOrChains({ run, suppression }: Rule): boolean {
  return 'sequence' in run || ('over' in run && run.over.kind === 'threshold') || suppression !== undefined;
}

/** Whether the list of a region's events came to its end. One that could not be read is told, and is no reason to begin again. */
export function isReadWhole({ notAsked, unread }: RegionSnapshot): boolean {
  const isCut = unread.some(({ operation, resource }) => operation === BROUGHT_BY.events && resource === '*');
  return !isCut && !notAsked.includes('events');
}
