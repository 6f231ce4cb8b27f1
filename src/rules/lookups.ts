import type { EventLookup } from '../documents/gaps.ts';
import type { Query } from '../query/query.ts';
import type { Rule, Run } from './rule.ts';

const OWN_SOURCE = 'rolesanywhere.amazonaws.com';

/**
 * The events that the runnable activity rules can match, by source, sorted. A query that does not pin its
 * `event.provider` is looked up among Roles Anywhere's own events only: CloudTrail's other sources are too many to fetch.
 */
export function lookupsFor(rules: readonly Rule[]): readonly EventLookup[] {
  const wanted = new Map<string, ReadonlySet<string>>();
  for (const { source, names } of rules.flatMap(lookupsOf)) {
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

/** What an event may be asked: the rule's query, or those of a sequence's steps and of what ends it. */
export function queriesOf(run: Run): readonly Query[] {
  if ('unsupported' in run) return [];
  if ('query' in run) return [run.query];
  const { steps, until } = run.sequence;
  return [...new Set(until === undefined ? steps : [...steps, until])].map(step => step.query);
}

/** The values one of which an event must have in a field to be of any use to the rule; undefined: any. */
export function pinsOf(run: Run, field: string): ReadonlySet<string> | undefined {
  const pins = queriesOf(run).map(query => query.pins(field));
  return pins.every(values => values !== undefined) ? new Set(pins.flat()) : undefined;
}
