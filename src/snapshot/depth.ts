/** Deeper than anything AWS sends, and far from where a recursive reader would run out of stack. */
export const DEEPEST = 500;

/** Whether JSON is nested deeper than DEEPEST levels. Does not recurse itself. */
export function isTooDeep(json: unknown): boolean {
  let level: readonly unknown[] = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap(value => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return false;
}
