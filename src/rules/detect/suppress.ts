import type { JsonObject } from '../../documents/document.ts';
import type { Vocabulary } from '../../query/query.ts';
import type { Suppression } from '../rule.ts';
import type { Detection, Judge, Judged } from './detector.ts';
import { combinations, keyOf, type Values, valuesReader } from './terms.ts';

export interface SuppressOptions {
  readonly vocabulary: Vocabulary;
  /** Each value of a list is a group of its own, as for Elastic's custom queries; else the list is one value. */
  readonly perValue: boolean;
  readonly most?: number | undefined;
}

const MOST_OPEN = 100_000;

/**
 * Of the matches of one group, within `durationMs` of the first (the end included), tells the first, and with it how many came
 * after. A match of several events has a group's value where all of them have it. A match whose group is not known says so and
 * stands for itself, and so does what is not evaluated.
 *
 * Memory: 100,000 groups with a match; beyond that the oldest are told early, and what comes later of them is told again:
 * `forgotten` counts them.
 */
export function suppressing<E extends Judged>(
  judge: Judge<E>,
  { groupBy, durationMs, missing }: Suppression,
  { vocabulary, perValue, most = MOST_OPEN }: SuppressOptions,
): Judge<E> {
  const readers = groupBy.map(field => valuesReader(field, vocabulary));
  const valuesIn = (document: JsonObject) => readers.map(read => read(document));
  const valuesOf = new WeakMap<E['about'], readonly Values[]>();
  const groups = new Map<string, Group<E>>();
  /** Those whose time is not over, the earliest first. */
  const open: Group<E>[] = [];
  /** How many were told before it was. */
  let early = 0;

  function take(found: readonly Detection<E>[]): readonly Detection<E>[] {
    return found.flatMap(one => {
      if (one.status !== 'match') return [one];
      const ungrouped = unknownOf(one);
      if (ungrouped.length > 0) return [{ ...one, told: { ...one.told, suppressed: 0, ungrouped } }];
      const keys = keysOf(one);
      if (keys.length === 0) return [counting(one, 0)];
      const told = closed(one.event.time);
      const group = keys.map(key => groups.get(key)).find(each => each !== undefined && !isOver(each, one.event.time));
      if (group === undefined) begin(one, keys);
      else group.count += 1;
      return told;
    });
  }

  function begin(first: Detection<E>, keys: readonly string[]): void {
    const group = { first, keys, count: 0 };
    for (const key of keys) groups.set(key, group);
    open.push(group);
  }

  function closed(now: number): readonly Detection<E>[] {
    let count = 0;
    while (count < open.length && (isOver(open[count]!, now) || open.length - count > most)) {
      if (!isOver(open[count]!, now)) early += 1;
      count += 1;
    }
    return count === 0 ? [] : open.splice(0, count).map(end);
  }

  function isOver({ first }: Group<E>, now: number): boolean {
    return first.event.time + durationMs < now;
  }

  function end(group: Group<E>): Detection<E> {
    for (const key of group.keys) if (groups.get(key) === group) groups.delete(key);
    return counting(group.first, group.count);
  }

  /** The fields whose values are not known of all its events. */
  function unknownOf({ events }: Detection<E>): readonly string[] {
    return groupBy.filter((_, at) => events.some(event => valuesOf.get(event)![at] === 'unknown'));
  }

  /** None for a match that stands for itself. */
  function keysOf({ events, told }: Detection<E>): readonly string[] {
    if (groupBy.length === 0) return [keyOf((told.threshold_result?.terms ?? []).map(term => term.value))];
    const values = groupBy.map((_, at) => shared(events.map(event => valuesOf.get(event)![at]!)));
    if (missing === 'doNotSuppress' && values.some(each => each.length === 0)) return [];
    if (!perValue) return [keyOf(values)];
    return combinations(values.map(each => (each.length === 0 ? 'unknown' : each))).map(keyOf);
  }

  return {
    order: judge.order === 'any' ? 'any' : 'time',
    ready(document) {
      const turn = judge.ready(document);
      if (turn === undefined) return undefined;
      const values = valuesIn(document);
      return event => {
        valuesOf.set(event.about, values);
        return take(turn(event));
      };
    },
    end: () => [...take(judge.end()), ...closed(Number.POSITIVE_INFINITY)],
    *held() {
      yield* judge.held();
      for (const { first } of open) yield first.event;
    },
    get forgotten() {
      return judge.forgotten + early;
    },
  };
}

interface Group<E extends Judged> {
  readonly first: Detection<E>;
  readonly keys: readonly string[];
  count: number;
}

function counting<E extends Judged>(first: Detection<E>, suppressed: number): Detection<E> {
  return { ...first, told: { ...first.told, suppressed } };
}

/** What all have; none where they differ. */
function shared(all: readonly Values[]): Values {
  if (all.includes('unknown')) return 'unknown';
  return all.every(each => keyOf([each]) === keyOf([all[0]])) ? all[0]! : [];
}
