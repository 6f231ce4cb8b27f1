import type { Query, Vocabulary } from '../../query/query.ts';
import type { NewTerms } from '../rule.ts';
import { type Detection, detection, type Judge, missingIn, type Timed } from './detector.ts';
import { recent } from './recent.ts';
import { keyOf, type Tuple, termsReader } from './terms.ts';

export interface NewTermsOptions {
  readonly vocabulary: Vocabulary;
  /** The time of the first record there is. */
  readonly begins: () => number;
  readonly most?: number | undefined;
}

const MOST_TUPLES = 500_000;

/**
 * An event that matches, when in the time H before it no event that matches had the same values: Elastic's new terms with the
 * events' own times for the clock and without the grid of runs. H is [t - H, t); of two events at one time the one with the
 * smaller id comes first. An event with several values in a field is asked about each combination; one without a value in one
 * of the fields is left out.
 *
 * Not evaluated where it hangs on an event of which it is not known whether it matches, or which values it has.
 *
 * Memory: at most 500,000 combinations; beyond that the half seen longest ago is given up, and what comes back is new.
 */
export function newTerms<E extends Timed>(
  query: Query,
  { fields, historyMs }: NewTerms,
  { vocabulary, begins, most = MOST_TUPLES }: NewTermsOptions,
): Judge<E> {
  const termsOf = termsReader(fields, vocabulary);
  const read = [...new Set([...query.fields, ...fields])].sort();
  const old = recent<true>(historyMs, most);
  /** What may be old, and what was missing to say so. */
  const perhapsOld = recent<readonly string[]>(historyMs, most);
  const anything = recent<readonly string[]>(historyMs, 1);

  function judge(event: E, tuple: Tuple, missing: readonly string[]): readonly Detection<E>[] {
    const { time } = event;
    const isSeen = old.last(keyOf(tuple), time) !== undefined;
    const doubt = missing.length > 0 ? missing : (perhapsOld.last(keyOf(tuple), time) ?? anything.last('', time));
    remember(tuple, time, missing);
    if (isSeen) return [];
    const isShort = begins() > time - historyMs;
    const told = { new_terms: { fields, values: tuple }, ...(isShort ? { history: 'insufficient' as const } : {}) };
    return [detection(event, doubt, told)];
  }

  function remember(tuple: Tuple, time: number, missing: readonly string[]): void {
    if (tuple.includes(null)) anything.saw('', time, missing);
    else if (missing.length > 0) perhapsOld.saw(keyOf(tuple), time, missing);
    else old.saw(keyOf(tuple), time, true);
  }

  return {
    ready(document) {
      const answer = query.ask(document);
      if (answer === 'no') return undefined;
      const { tuples, missing: unknownTerms } = termsOf(document);
      if (tuples.length === 0) return undefined;
      const missing = answer === 'yes' ? unknownTerms : missingIn(document, read);
      return event => tuples.flatMap(tuple => judge(event, tuple, missing));
    },
    end: () => [],
    get forgotten() {
      return old.forgotten + perhapsOld.forgotten;
    },
  };
}
