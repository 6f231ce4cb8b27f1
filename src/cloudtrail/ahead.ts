/** Items that are made before somebody asks for them. */
export interface Ahead<T> extends AsyncIterableIterator<T> {
  /** The first item, where it is the last one too; undefined otherwise, or where something went wrong. Takes nothing. */
  only(): Promise<T | undefined>;
  return(): Promise<IteratorResult<T>>;
}

/**
 * The same items in the same order; up to `most` of them (two at least) are made, from now on, while an earlier one is in use. What
 * goes wrong in the making is thrown where its item would come. To be read to its end, or to be ended with `return`.
 */
export function ahead<T>(items: AsyncIterable<T>, most: number): Ahead<T> {
  const iterator = items[Symbol.asyncIterator]();
  const coming = Array.from({ length: Math.max(2, most) }, begun);

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
    async only() {
      try {
        const [first, second] = await Promise.all(coming.slice(0, 2));
        return first?.done !== true && second?.done === true ? first?.value : undefined;
      } catch {
        return undefined;
      }
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
