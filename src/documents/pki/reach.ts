/** The nodes that each is followed by. */
export type Next = (node: string) => readonly string[];

/**
 * The fewest of these from which all others are reached: of `a -> b -> c` the first, of a circle any one. Without recursion: there
 * may be thousands in a row.
 */
export function startsOf(nodes: readonly string[], next: Next): readonly string[] {
  const left: string[] = [];
  const met = new Set<string>();
  for (const node of nodes) walk(node, next, met, each => left.push(each));
  // Who is left last is reached by nobody, or in a circle with all that reach it.
  const reached = new Set<string>();
  const starts: string[] = [];
  for (const node of left.toReversed()) {
    if (reached.has(node)) continue;
    starts.push(node);
    walk(node, next, reached, () => undefined);
  }
  return starts;
}

/** These and all that is reached from them. */
export function reachedFrom(nodes: readonly string[], next: Next): ReadonlySet<string> {
  const reached = new Set<string>();
  for (const node of nodes) walk(node, next, reached, () => undefined);
  return reached;
}

/** Depth first, over what was not met yet; tells each when all behind it is done. */
function walk(start: string, next: Next, met: Set<string>, leave: (node: string) => void) {
  if (met.has(start)) return;
  met.add(start);
  const path = [{ node: start, ahead: next(start).values() }];
  for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
    const { value, done } = at.ahead.next();
    if (done === true) {
      leave(at.node);
      path.pop();
    } else if (!met.has(value)) {
      met.add(value);
      path.push({ node: value, ahead: next(value).values() });
    }
  }
}
