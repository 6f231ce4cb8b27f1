/** The same function, that remembers its newest `limit` answers. */
export function remembering<K, V>(answer: (key: K) => V, limit = Number.POSITIVE_INFINITY): (key: K) => V {
  const answers = new Map<K, { readonly value: V }>();
  return key => {
    const known = answers.get(key);
    if (known !== undefined) return known.value;
    const value = answer(key);
    answers.set(key, { value });
    for (const oldest of answers.keys()) {
      if (answers.size <= limit) break;
      answers.delete(oldest);
    }
    return value;
  };
}
