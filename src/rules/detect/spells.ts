import { inOrder, type Timed } from './detector.ts';

/**
 * A time in which something was seen: first with this event, then never longer than the span without it, until `last` (ms).
 * Which events lie in between is of no use: whatever comes within the span after one of them does so after another.
 */
export interface Spell<E extends Timed> {
  readonly first: E;
  readonly last: number;
}

/** The spells of a span. There are as many of these as a log has values, most of them with one spell or none. */
export class Spells<E extends Timed> {
  #all: Spell<E>[] | undefined;
  readonly #span: number;

  constructor(span: number) {
    this.#span = span;
  }

  /** In order. */
  get all(): readonly Spell<E>[] {
    return this.#all ?? NONE;
  }

  /** Takes an event; they may come in any order. */
  add(event: E): void {
    const at = this.#before(event);
    const earlier = this.lastBefore(event);
    const next = this.all[at];
    const later = next !== undefined && next.first.time - event.time <= this.#span ? next : undefined;
    const first = earlier?.first ?? event;
    const last = Math.max(event.time, earlier?.last ?? event.time, later?.last ?? event.time);
    const joined = [earlier, later].filter(each => each !== undefined).length;
    const spell = { first, last };
    // A list that is pushed to for the first time makes room for sixteen more.
    if (this.#all === undefined) this.#all = [spell];
    else this.#all.splice(earlier === undefined ? at : at - 1, joined, spell);
  }

  /** The spell with an event in the span before this one. */
  lastBefore(event: Timed): Spell<E> | undefined {
    const spell = this.all[this.#before(event) - 1];
    return spell !== undefined && event.time - spell.last <= this.#span ? spell : undefined;
  }

  /** How many of the spells begin before the event. */
  #before(event: Timed): number {
    const { all } = this;
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (inOrder(all[middle]!.first, event) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const NONE: readonly never[] = [];
