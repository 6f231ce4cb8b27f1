/** The values, each once, sorted by their code units. Most lists have one or none. */
export function distinct<T extends string>(values: readonly T[]): readonly T[] {
  return values.length < 2 ? values : [...new Set(values)].sort();
}
