import type { Query } from '../query/query.ts';
import type { Run } from './rule.ts';

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
