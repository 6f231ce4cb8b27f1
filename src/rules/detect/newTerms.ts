import { distinct } from '../../lists.ts';
import type { Query, Vocabulary } from '../../query/query.ts';
import type { NewTerms } from '../rule.ts';
import { type Detection, detection, inOrder, type Judge, type Judged, missingIn, type Timed } from './detector.ts';
import { Spells } from './spells.ts';
import { keyOf, type Tuple, termsReader } from './terms.ts';

export interface NewTermsOptions {
  readonly vocabulary: Vocabulary;
  /** The time of the first record there is; asked when a rule speaks. */
  readonly begins: () => number;
  readonly most?: number | undefined;
}

const MOST_KEPT = 100_000;

/**
 * An event that matches, when in the time H before it no event that matches had the same values: Elastic's new terms with the
 * events' own times for the clock and without the grid of runs. H is [t - H, t); of two events at one time the one with the
 * smaller id comes first. An event with several values in a field is asked about each combination; one without a value in one
 * of the fields is left out.
 *
 * Not evaluated where it hangs on an event of which it is not known whether it matches, or which values it has. An event whose own
 * values are not known is told at once; the others at the end, so that they may come in any order.
 *
 * Memory: the events that may have to be told, at most 100,000; beyond that half of the values are told, those that were seen
 * longest ago, and are new when they come again.
 */
export function newTerms<E extends Judged>(
  query: Query,
  { fields, historyMs }: NewTerms,
  { vocabulary, begins, most = MOST_KEPT }: NewTermsOptions,
): Judge<E> {
  const termsOf = termsReader(fields, vocabulary);
  const read = distinct([...query.fields, ...fields]);
  const histories = new Map<string, History<E>>();
  /** When there were events that may have had any values. */
  const anything = new Spells<Sighting<E>>(historyMs);
  let kept = 0;
  let forgotten = 0;

  function take(sighting: Sighting<E>): readonly Detection<E>[] {
    const { tuple, missing, time } = sighting;
    if (tuple.includes(null)) {
      anything.add(sighting);
      return [detection(sighting.event, missing, { new_terms: { fields, values: tuple } })];
    }
    const history = historyOf(tuple);
    kept -= sizeOf(history);
    if (missing.length === 0) history.certain.add(sighting);
    else {
      history.possible.add(sighting);
      history.doubtful.push(sighting);
    }
    history.latest = Math.max(history.latest, time);
    kept += sizeOf(history);
    return kept > most ? giveUp() : [];
  }

  function historyOf(tuple: Tuple): History<E> {
    const key = keyOf(tuple);
    const known = histories.get(key);
    if (known !== undefined) return known;
    const history: History<E> = {
      certain: new Spells(historyMs),
      possible: new Spells(historyMs),
      doubtful: [],
      latest: 0,
    };
    histories.set(key, history);
    return history;
  }

  function told(all: Iterable<History<E>>): readonly Detection<E>[] {
    const words: Word<E>[] = [];
    for (const { certain, possible, doubtful } of all) {
      for (const { first: sighting } of certain.all) {
        const doubt = possible.lastBefore(sighting) ?? anything.lastBefore(sighting);
        words.push({ sighting, missing: doubt?.first.missing });
      }
      for (const sighting of doubtful)
        if (certain.lastBefore(sighting) === undefined) words.push({ sighting, missing: sighting.missing });
    }
    return words.sort((a, b) => inOrder(a.sighting, b.sighting) || a.sighting.place - b.sighting.place).map(wordOf);
  }

  function wordOf({ sighting: { event, tuple }, missing }: Word<E>): Detection<E> {
    const isShort = begins() > event.time - historyMs;
    const history = isShort ? { history: 'insufficient' as const } : {};
    return detection(event, missing, { new_terms: { fields, values: tuple }, ...history });
  }

  function giveUp(): readonly Detection<E>[] {
    const oldestFirst = [...histories].sort(([, a], [, b]) => a.latest - b.latest);
    const given = oldestFirst.slice(0, Math.ceil(oldestFirst.length / 2));
    for (const [key, history] of given) {
      histories.delete(key);
      kept -= sizeOf(history);
    }
    forgotten += given.length;
    return told(given.map(([, history]) => history));
  }

  return {
    order: 'any',
    ready(document) {
      const answer = query.ask(document);
      if (answer === 'no') return undefined;
      const { tuples, missing: unknownTerms } = termsOf(document);
      if (tuples.length === 0) return undefined;
      const missing = answer === 'yes' ? unknownTerms : missingIn(document, read);
      return event =>
        tuples.flatMap((tuple, place) => take({ event, time: event.time, id: event.id, tuple, place, missing }));
    },
    end: () => told(histories.values()),
    *held() {
      for (const { certain, doubtful } of histories.values()) {
        for (const { first } of certain.all) yield first.event;
        for (const { event } of doubtful) yield event;
      }
    },
    get forgotten() {
      return forgotten;
    },
  };
}

/** An event with one combination of its values. */
interface Sighting<E extends Judged> extends Timed {
  readonly event: E;
  readonly tuple: Tuple;
  /** Which of the event's combinations it is. */
  readonly place: number;
  readonly missing: readonly string[];
}

/** When one combination was seen. */
interface History<E extends Judged> {
  readonly certain: Spells<Sighting<E>>;
  /** When it may have been seen: of each of those events it has to be said. */
  readonly possible: Spells<Sighting<E>>;
  readonly doubtful: Sighting<E>[];
  latest: number;
}

interface Word<E extends Judged> {
  readonly sighting: Sighting<E>;
  readonly missing: readonly string[] | undefined;
}

function sizeOf<E extends Judged>({ certain, doubtful }: History<E>): number {
  return certain.all.length + doubtful.length;
}
