import { distinct } from '../../lists.ts';
import type { Query, Vocabulary } from '../../query/query.ts';
import type { Threshold } from '../rule.ts';
import { type Detection, detection, type Judge, type Judged, missingIn, type ThresholdResult } from './detector.ts';
import { keyOf, type Tuple, termsReader, valuesReader } from './terms.ts';
import { type Counted, type Counter, counter, type Window } from './window.ts';

export interface ThresholdOptions {
  readonly vocabulary: Vocabulary;
  readonly most?: number | undefined;
}

const MOST_WAITING = 500_000;

/**
 * As many matching events as `value`, alike in the rule's fields, in a window as long as Elastic's runs look back; and with as
 * many values of one more field where the rule says so (counted exactly). The window slides: where some window holds enough, the one
 * that begins with the first event of it is told, whole, and its events count for no other. Elastic looks every few minutes;
 * what it finds is found here, and bursts that fall between two of its looks are too.
 *
 * Told with the last event of the window. An event with several values in a field counts for each combination, one without a
 * value for none. Not evaluated where there are enough only if events count of which that is not known; events whose
 * fields are not known are counted by themselves.
 *
 * Memory: the events that wait for others, about 500,000 at most; beyond that the groups that had one longest ago are given up.
 */
export function threshold<E extends Judged>(
  query: Query,
  rule: Threshold,
  { vocabulary, most = MOST_WAITING }: ThresholdOptions,
): Judge<E> {
  const { fields, cardinality } = rule;
  const termsOf = termsReader(fields, vocabulary);
  const valuesOf = cardinality === undefined ? () => [] : valuesReader(cardinality.field, vocabulary);
  const counted = cardinality === undefined ? [] : [cardinality.field];
  const read = distinct([...query.fields, ...fields, ...counted]);
  const groups = new Map<string, Group<E>>();
  let added = 0;
  let room = 1024;
  let forgotten = 0;

  function take(tuple: Tuple, counted: Counted<E>, isCertain: boolean): readonly Detection<E>[] {
    const { time } = counted.event;
    const group = groups.get(keyOf(tuple)) ?? newGroup(tuple);
    const told = closed(group, time);
    if (isCertain) group.certain.add({ ...counted, values: counted.values === 'unknown' ? [] : counted.values });
    group.possible.add(counted);
    group.time = time;
    added += 1;
    return added > room ? [...told, ...makeRoom(time)] : told;
  }

  function newGroup(tuple: Tuple): Group<E> {
    const group = { tuple, certain: counter<E>(rule), possible: counter<E>(rule), time: 0 };
    groups.set(keyOf(tuple), group);
    return group;
  }

  /** What may be enough is told when nothing certain covers it. */
  function closed(group: Group<E>, now: number): readonly Detection<E>[] {
    const possible = group.possible.close(now);
    const { latest } = group.certain;
    const isCovered =
      possible !== undefined &&
      (possible.missing.length === 0 || (latest !== undefined && latest.last.time >= possible.from));
    const certain = group.certain.close(now);
    return [
      ...(possible === undefined || isCovered ? [] : [told(group.tuple, possible, possible.missing)]),
      ...(certain === undefined ? [] : [told(group.tuple, certain, undefined)]),
    ];
  }

  function told(tuple: Tuple, window: Window<E>, missing: readonly string[] | undefined): Detection<E> {
    const result: ThresholdResult = {
      terms: fields.map((field, at) => ({ field, value: tuple[at] ?? null })),
      count: window.count,
      cardinality: cardinality === undefined ? [] : [{ field: cardinality.field, value: window.distinct }],
      from: new Date(window.from).toISOString(),
    };
    return detection(window.last, missing, { threshold_result: result });
  }

  /** Looks through all groups only when as many events have come as were waiting. */
  function makeRoom(now: number): readonly Detection<E>[] {
    const detections: Detection<E>[] = [];
    let waiting = 0;
    for (const [key, group] of groups) {
      detections.push(...closed(group, now));
      const here = group.certain.waiting(now) + group.possible.waiting(now);
      if (here === 0 && !group.certain.isOpen && !group.possible.isOpen) groups.delete(key);
      waiting += here;
    }
    if (waiting > 2 * most) giveUp(now, waiting - most);
    added = 0;
    room = Math.max(1024, groups.size + waiting / 2);
    return detections;
  }

  function giveUp(now: number, surplus: number): void {
    const oldestFirst = [...groups].sort(([, a], [, b]) => a.time - b.time);
    for (const [key, group] of oldestFirst) {
      if (surplus <= 0) return;
      surplus -= group.certain.waiting(now) + group.possible.waiting(now);
      groups.delete(key);
      forgotten += 1;
    }
  }

  return {
    order: 'time',
    ready(document) {
      const answer = query.ask(document);
      if (answer === 'no') return undefined;
      const { tuples, missing: unknownTerms } = termsOf(document);
      if (tuples.length === 0) return undefined;
      const values = valuesOf(document);
      const isSure = answer === 'yes' && unknownTerms.length === 0;
      const missing = isSure && values !== 'unknown' ? [] : missingIn(document, read);
      return event => tuples.flatMap(tuple => take(tuple, { event, values, missing }, isSure));
    },
    end() {
      return [...groups.values()].flatMap(group => closed(group, Number.POSITIVE_INFINITY));
    },
    *held() {
      for (const { certain, possible } of groups.values()) yield* [...certain.held(), ...possible.held()];
    },
    get forgotten() {
      return forgotten;
    },
  };
}

/** The windows that are certainly enough, and those that are if what is not known turns out so. */
interface Group<E extends Judged> {
  readonly tuple: Tuple;
  readonly certain: Counter<E>;
  readonly possible: Counter<E>;
  time: number;
}
