import { inOrder, type Timed } from './detector.ts';

/**
 * A time in which something was seen: first with this event, then never longer than the span without it, until `last` (ms).
 * Which events lie in between is of no use: whatever comes within the span after one of them does so after another.
 */
export interface Spell<E extends Timed> {
  readonly first: E;
  readonly last: number;
}

export interface Spells<E extends Timed> {
  /** In order. */
  readonly all: readonly Spell<E>[];
  /** Takes an event; they may come in any order. */
  add(event: E): void;
  /** The spell with an event in the span before this one. */
  lastBefore(event: Timed): Spell<E> | undefined;
}

export function spells<E extends Timed>(span: number): Spells<E> {
  const all: Spell<E>[] = [];

  /** How many of the spells begin before the event. */
  function before(event: Timed): number {
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (inOrder(all[middle]!.first, event) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function lastBefore(event: Timed): Spell<E> | undefined {
    const spell = all[before(event) - 1];
    return spell !== undefined && event.time - spell.last <= span ? spell : undefined;
  }

  return {
    all,
    lastBefore,
    add(event) {
      const at = before(event);
      const earlier = lastBefore(event);
      const later = at < all.length && all[at]!.first.time - event.time <= span ? all[at] : undefined;
      const first = earlier?.first ?? event;
      const last = Math.max(event.time, earlier?.last ?? event.time, later?.last ?? event.time);
      const joined = [earlier, later].filter(each => each !== undefined).length;
      all.splice(earlier === undefined ? at : at - 1, joined, { first, last });
    },
  };
}
