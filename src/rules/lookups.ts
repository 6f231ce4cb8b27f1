import { ANY_SOURCE, type EventLookup } from '../documents/gaps.ts';
import { isAboutDataEvents } from './dataEvents.ts';
import { queriesOf } from './pins.ts';
import type { Rule } from './rule.ts';

const OWN_SOURCE = 'rolesanywhere.amazonaws.com';

/**
 * The events that LookupEvents is asked for, by source, sorted: those that the runnable activity rules can match. A query that
 * pins no `event.provider` is looked up by the names of its events, whatever their source; one that pins neither among Roles
 * Anywhere's own events, for CloudTrail's are too many to fetch: such a rule is not evaluated for the others.
 */
export function lookupsFor(rules: readonly Rule[]): readonly EventLookup[] {
  const wanted = new Map<string, ReadonlySet<string>>();
  for (const lookup of rules.filter(({ run }) => !isAboutDataEvents(run)).flatMap(lookupsOf)) {
    const { source, names } = isEverything(lookup) ? { source: OWN_SOURCE, names: [] } : lookup;
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
    return (query.pins('event.provider') ?? [ANY_SOURCE]).map(source => ({ source, names }));
  });
}

/** Events of any source and any name. */
export function isEverything({ source, names }: EventLookup): boolean {
  return source === ANY_SOURCE && names.length === 0;
}
