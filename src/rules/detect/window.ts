import type { Threshold } from '../rule.ts';
import type { Judged } from './detector.ts';
import type { Values } from './terms.ts';

/** An event as a threshold counts it. `values`: those of the field whose values are counted. */
export interface Counted<E extends Judged> {
  readonly event: E;
  readonly values: Values;
  readonly missing: readonly string[];
}

/** Events of one group that are enough: from the first of them as long as a window is, both ends included. */
export interface Window<E extends Judged> {
  readonly from: number;
  readonly last: E;
  readonly count: number;
  readonly distinct: number;
  readonly missing: readonly string[];
}

export interface Counter<E extends Judged> {
  /** The window that was open and is over now. */
  close(now: number): Window<E> | undefined;
  /** Takes the group's next event, after `close`. */
  add(counted: Counted<E>): void;
  /** How many events wait for others. */
  waiting(now: number): number;
  readonly isOpen: boolean;
  /** The events that may still be told: every one that waits may be the last of a window. */
  held(): readonly E[];
  /** The newest window, open or closed. */
  readonly latest: Window<E> | undefined;
}

/** Counts the events of one group. Those of a window count for no other. */
export function counter<E extends Judged>({ value, cardinality, windowMs }: Threshold): Counter<E> {
  let queue = waitingQueue<E>();
  let open: OpenWindow<E> | undefined;
  let latest: OpenWindow<E> | undefined;
  return {
    close(now) {
      if (open === undefined || now <= open.from + windowMs) return undefined;
      const closed = open;
      open = undefined;
      return closed;
    },
    add(counted) {
      if (open !== undefined) return open.take(counted);
      queue.dropBefore(counted.event.time - windowMs);
      queue.add(counted);
      if (queue.size < value || (cardinality !== undefined && queue.distinct < cardinality.value)) return;
      open = openWindow(queue.all());
      latest = open;
      queue = waitingQueue();
    },
    waiting(now) {
      queue.dropBefore(now - windowMs);
      return queue.size;
    },
    held() {
      return open === undefined ? queue.all().map(({ event }) => event) : [open.last];
    },
    get isOpen() {
      return open !== undefined;
    },
    get latest() {
      return latest;
    },
  };
}

/** The events that may still make a window, and how often each value is among them. */
function waitingQueue<E extends Judged>() {
  const events: Counted<E>[] = [];
  const times = new Map<string, number>();
  let first = 0;
  /** Events whose value is not known: each may have one of its own. */
  let unknown = 0;

  function count({ values }: Counted<E>, by: 1 | -1): void {
    if (values === 'unknown') unknown += by;
    else
      for (const value of values) {
        const left = (times.get(value) ?? 0) + by;
        if (left === 0) times.delete(value);
        else times.set(value, left);
      }
  }

  return {
    add(counted: Counted<E>) {
      events.push(counted);
      count(counted, 1);
    },
    dropBefore(time: number) {
      for (let next = events[first]; next !== undefined && next.event.time < time; next = events[first]) {
        count(next, -1);
        first += 1;
      }
      if (first > 64 && first * 2 > events.length) first -= events.splice(0, first).length;
    },
    all: () => events.slice(first),
    get size() {
      return events.length - first;
    },
    get distinct() {
      return times.size + unknown;
    },
  };
}

interface OpenWindow<E extends Judged> extends Window<E> {
  take(counted: Counted<E>): void;
}

function openWindow<E extends Judged>(events: readonly Counted<E>[]): OpenWindow<E> {
  const values = new Set<string>();
  const missing = new Set<string>();
  let count = 0;
  let unknown = 0;
  let last = events[0]!.event;

  function take(counted: Counted<E>): void {
    count += 1;
    last = counted.event;
    if (counted.values === 'unknown') unknown += 1;
    else for (const value of counted.values) values.add(value);
    for (const field of counted.missing) missing.add(field);
  }

  events.forEach(take);
  return {
    from: events[0]!.event.time,
    take,
    get last() {
      return last;
    },
    get count() {
      return count;
    },
    get distinct() {
      return values.size + unknown;
    },
    get missing() {
      return [...missing].sort();
    },
  };
}
