/** What was last seen under each of many keys. */
export interface Recent<V> {
  /** The last value under the key, when that is not longer ago than the span. */
  last(key: string, now: number): V | undefined;
  saw(key: string, time: number, value: V): void;
  /** Keys that were still of interest and were given up for want of room. */
  readonly forgotten: number;
}

/** Times come in order. Of more than `most` keys, the half that was seen longest ago is given up. */
export function recent<V>(span: number, most: number): Recent<V> {
  const seen = new Map<string, { readonly time: number; readonly value: V }>();
  let room = Math.min(most, 1024);
  let forgotten = 0;

  /** Looks through all of them only when they have doubled: on average a key costs the same, however many there are. */
  function makeRoom(now: number): void {
    for (const [key, { time }] of seen) if (time < now - span) seen.delete(key);
    if (seen.size > most) {
      const oldestFirst = [...seen].sort(([, a], [, b]) => a.time - b.time);
      const surplus = oldestFirst.slice(0, seen.size - Math.floor(most / 2));
      for (const [key] of surplus) seen.delete(key);
      forgotten += surplus.length;
    }
    room = Math.min(most, Math.max(1024, seen.size * 2));
  }

  return {
    last(key, now) {
      const found = seen.get(key);
      return found === undefined || found.time < now - span ? undefined : found.value;
    },
    saw(key, time, value) {
      seen.set(key, { time, value });
      if (seen.size > room) makeRoom(time);
    },
    get forgotten() {
      return forgotten;
    },
  };
}
