/** The same function, that remembers its newest `limit` answers. */
export function remembering<K, V extends object>(limit: number, answer: (key: K) => V): (key: K) => V {
  const answers = new Map<K, V>();
  return key => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const value = answer(key);
    answers.set(key, value);
    for (const oldest of answers.keys()) {
      if (answers.size <= limit) break;
      answers.delete(oldest);
    }
    return value;
  };
}
