import { dropOldest } from './remembering.ts';

/** Keeps the newest `limit` values by their keys; makes one that it does not have. */
export function recalling<K, V>(limit: number): (key: K, make: () => V) => V {
  const known = new Map<K, { readonly value: V }>();
  return (key, make) => {
    const before = known.get(key);
    if (before !== undefined) return before.value;
    const value = make();
    known.set(key, { value });
    dropOldest(known, limit);
    return value;
  };
}
