/**
 * From how many of these all others are reached, at the least: `a -> b -> c` one, a circle and one beside it two. Without
 * recursion: there may be thousands in a row.
 */
export function fewestToReachAll(nodes: readonly string[], next: (node: string) => readonly string[]): number {
  const left: string[] = [];
  const met = new Set<string>();
  for (const node of nodes) walk(node, next, met, each => left.push(each));
  // Who is left last is reached by nobody, or in a circle with all that reach it.
  const reached = new Set<string>();
  let starts = 0;
  for (const node of left.toReversed()) {
    if (reached.has(node)) continue;
    starts++;
    walk(node, next, reached, () => undefined);
  }
  return starts;
}

/** Depth first, over what was not met yet; tells each when all behind it is done. */
function walk(
  start: string,
  next: (node: string) => readonly string[],
  met: Set<string>,
  leave: (node: string) => void,
) {
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
