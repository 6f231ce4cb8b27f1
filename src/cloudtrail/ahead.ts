/**
 * The same items in the same order; up to `most` of them are made, from now on, while an earlier one is in use. What goes wrong
 * in the making is thrown where its item would come. To be read to its end, or to be ended with `return`.
 */
export function ahead<T>(items: AsyncIterable<T>, most: number): AsyncIterableIterator<T> {
  const iterator = items[Symbol.asyncIterator]();
  const coming = Array.from({ length: most }, begun);

  function begun(): Promise<IteratorResult<T>> {
    const item = iterator.next();
    // Whoever comes to it hears of it; nobody may.
    item.catch(() => {});
    return item;
  }

  return {
    next() {
      const item = coming.shift() ?? begun();
      coming.push(begun());
      return item;
    },
    return() {
      // Not waited for: what is in the making may never come.
      iterator.return?.().catch(() => {});
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
