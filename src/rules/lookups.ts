import type { EventLookup } from '../documents/gaps.ts';
import type { Rule } from './rule.ts';

const OWN_SOURCE = 'rolesanywhere.amazonaws.com';

/**
 * The events that the runnable activity rules can match, by source, sorted. A query that does not pin its
 * `event.provider` is looked up among Roles Anywhere's own events only: CloudTrail's other sources are too many to fetch.
 */
export function lookupsFor(rules: readonly Rule[]): readonly EventLookup[] {
  const wanted = new Map<string, Set<string> | 'all'>();
  for (const rule of rules) {
    if (rule.kind !== 'event' || !('query' in rule.run)) continue;
    const { query } = rule.run;
    const names = query.pins('event.action') ?? 'all';
    for (const source of query.pins('event.provider') ?? [OWN_SOURCE]) add(wanted, source, names);
  }
  return [...wanted]
    .map(([source, names]) => ({ source, names: names === 'all' ? [] : [...names].sort() }))
    .toSorted((a, b) => (a.source < b.source ? -1 : 1));
}

function add(wanted: Map<string, Set<string> | 'all'>, source: string, names: readonly string[] | 'all'): void {
  const before = wanted.get(source);
  if (names === 'all' || before === 'all') wanted.set(source, 'all');
  else wanted.set(source, new Set([...(before ?? []), ...names]));
}
