/** The same function, that remembers its newest `limit` answers. */
export function remembering<K, V>(answer: (key: K) => V, limit = Number.POSITIVE_INFINITY): (key: K) => V {
  const answers = new Map<K, { readonly value: V }>();
  return key => {
    const known = answers.get(key);
    if (known !== undefined) return known.value;
    const value = answer(key);
    answers.set(key, { value });
    dropOldest(answers, limit);
    return value;
  };
}

/** Leaves the newest `limit` of them. */
export function dropOldest<K>(known: Map<K, unknown>, limit: number): void {
  for (const oldest of known.keys()) {
    if (known.size <= limit) break;
    known.delete(oldest);
  }
}
