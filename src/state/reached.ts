import { lookupsOf } from '../rules/lookups.ts';
import type { Rule } from '../rules/rule.ts';
import { type EventLookup, isCovered } from '../snapshot/lookups.ts';
import { rulePrint } from './rulePrint.ts';
import type { Reached } from './state.ts';

/** How long after an event it may be until LookupEvents has it (CloudTrail user guide, "Viewing events with event history"). */
export const DELAY_MS = 15 * 60_000;

/** LookupEvents goes back 90 days and no further. */
export const HISTORY_MS = 90 * 86_400_000;

/**
 * Up to when a rule has judged all of a region's events that are `asked` for now, milliseconds; undefined where it has not: the
 * region is new, or the rule is, or the rule's query, or some of its events were not asked for in the region before.
 */
export function judgedUntil(
  reached: Reached | undefined,
  rule: Rule,
  asked: readonly EventLookup[],
): number | undefined {
  if (reached === undefined || !Object.hasOwn(reached.rules, rule.id)) return undefined;
  if (reached.rules[rule.id] !== rulePrint(rule)) return undefined;
  const hadAll = lookupsOf(rule)
    .filter(lookup => isCovered(lookup, asked))
    .every(lookup => isCovered(lookup, reached.lookups));
  return hadAll ? Date.parse(reached.until) : undefined;
}

/** Whether any of the rule's events are asked for. */
export function isAsked(rule: Rule, asked: readonly EventLookup[]): boolean {
  return lookupsOf(rule).some(lookup => isCovered(lookup, asked));
}
