import type { Query } from '../query.ts';
import type { JoinKey } from './join-key.ts';

export type EqlQuery = { readonly kind: 'event'; readonly query: Query } | EqlSequence;

export interface EqlSequence {
  readonly kind: 'sequence';
  readonly by: readonly string[];
  readonly maxspanMs: number | undefined;
  /** `with runs=3` is three steps. */
  readonly steps: readonly EqlStep[];
  readonly until: EqlStep | undefined;
  /** What any step reads or is joined by, and the tiebreaker; sorted. */
  readonly fields: readonly string[];
  readonly timestampField: string;
  readonly tiebreakerField: string | undefined;
}

export interface EqlStep {
  readonly query: Query;
  /** The step's own join fields, after those of the whole sequence. */
  readonly by: readonly string[];
  /** What joins an event to the others: the values of the sequence's fields and of the step's own. */
  joinKey(document: object): JoinKey;
}
