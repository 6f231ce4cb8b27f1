import { inOrder, type Timed } from './detect/detector.ts';

/** Puts events in order that come in any. */
export interface Timeline<E extends Timed> {
  /** Takes an event, and gives those whose turn has come: none, until there are too many to keep. */
  add(event: E): readonly E[];
  /** All that are left. */
  end(): readonly E[];
  /** Those that wait, in no order. */
  held(): readonly E[];
  /** How many came too late: they lie before one that had to be given already. */
  readonly late: number;
}

/** Keeps at most `most` events; then it gives the earlier half, and what comes after and lies before those is late. */
export function timeline<E extends Timed>(most: number): Timeline<E> {
  let kept: E[] = [];
  let given: E | undefined;
  let late = 0;

  function give(count: number): readonly E[] {
    kept.sort(inOrder);
    const events = kept.slice(0, count);
    kept = kept.slice(count);
    given = events.at(-1) ?? given;
    return events;
  }

  return {
    add(event) {
      if (given !== undefined && inOrder(event, given) < 0) {
        late += 1;
        return [];
      }
      kept.push(event);
      return kept.length < most ? [] : give(Math.ceil(kept.length / 2));
    },
    end: () => give(kept.length),
    held: () => kept,
    get late() {
      return late;
    },
  };
}
