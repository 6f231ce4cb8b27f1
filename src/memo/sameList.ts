/** Gives one list for the same objects in the same order, as long as somebody holds them, so that it can stand for them. */
export function sameList<T extends object>(): (items: readonly T[]) => readonly T[] {
  const empty: Known<T> = { items: [], longer: new WeakMap() };
  return items => {
    let known = empty;
    for (const item of items) known = longer(known, item);
    return known.items;
  };
}

interface Known<T extends object> {
  readonly items: readonly T[];
  /** Those with one more. */
  readonly longer: WeakMap<T, Known<T>>;
}

function longer<T extends object>({ items, longer }: Known<T>, item: T): Known<T> {
  const known = longer.get(item) ?? { items: [...items, item], longer: new WeakMap() };
  longer.set(item, known);
  return known;
}
