import type { EventLookup } from '../documents/gaps.ts';
import { isAboutDataEvents } from './dataEvents.ts';
import { queriesOf } from './pins.ts';
import type { Rule } from './rule.ts';

const OWN_SOURCE = 'rolesanywhere.amazonaws.com';

/**
 * The events that LookupEvents is asked for, by source, sorted: those that the runnable activity rules can match. A query that does not pin its
 * `event.provider` is looked up among Roles Anywhere's own events only: CloudTrail's other sources are too many to fetch.
 */
export function lookupsFor(rules: readonly Rule[]): readonly EventLookup[] {
  const wanted = new Map<string, ReadonlySet<string>>();
  for (const { source, names } of rules.filter(({ run }) => !isAboutDataEvents(run)).flatMap(lookupsOf)) {
    const before = wanted.get(source);
    const all = names.length === 0 || before?.size === 0;
    wanted.set(source, new Set(all ? [] : [...(before ?? []), ...names]));
  }
  return [...wanted.keys()].sort().map(source => ({ source, names: [...(wanted.get(source) ?? [])].sort() }));
}

/** The events that one rule can match; none for a rule about resources, or one that cannot run. */
export function lookupsOf({ kind, run }: Pick<Rule, 'kind' | 'run'>): readonly EventLookup[] {
  if (kind !== 'event') return [];
  return queriesOf(run).flatMap(query => {
    const names = query.pins('event.action') ?? [];
    return (query.pins('event.provider') ?? [OWN_SOURCE]).map(source => ({ source, names }));
  });
}
